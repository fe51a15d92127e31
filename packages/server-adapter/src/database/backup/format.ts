/**
 * A backup is one gzip file of JSON lines: a header, then for each table a line with its columns followed by a line for
 * each row, and a last line with the SHA-256 of everything before it. Values are PostgreSQL's own texts, so that every
 * type comes back exactly, whichever database wrote it.
 */
import { createHash, type Hash } from "node:crypto";

/** First line. */
export interface BackupHeader {
  readonly format: "basketlift-backup";
  readonly formatVersion: 1;
  /** RFC 3339. */
  readonly createdAt: string;
  /** Hashes of the migrations the database had, oldest first. */
  readonly migrations: readonly string[];
}

/** Opens a table; rows follow as arrays in the order of its columns. */
export interface TableLine {
  readonly table: string;
  readonly columns: readonly string[];
}

/** Last line. */
export interface BackupFooter {
  readonly rows: Readonly<Record<string, number>>;
  /** Of all lines before this one, each with its line end. */
  readonly sha256: string;
}

/** The file is not a whole backup, or does not fit the database. The message says why and what to do. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** One line of a backup. Rows stay text: they are passed on, never read. */
export type BackupLine =
  | { readonly kind: "header"; readonly header: BackupHeader }
  | { readonly kind: "table"; readonly table: TableLine }
  | { readonly kind: "row"; readonly text: string }
  | { readonly kind: "footer"; readonly footer: BackupFooter };

/** Reads the lines of a backup and checks as it goes: the last one must agree with all before it. */
export class BackupReader {
  readonly #hash: Hash = createHash("sha256");
  readonly #rows: Record<string, number> = {};
  #table: string | undefined;
  #started = false;
  #ended = false;

  /** @throws BackupError when the line does not belong here */
  read(line: string): BackupLine {
    if (this.#ended) throw new BackupError("The file goes on after its end. It is damaged.");
    const parsed = line.startsWith("[") ? this.#row(line) : this.#object(line);
    if (parsed.kind === "footer") this.#check(parsed.footer);
    else this.#hash.update(line).update("\n");
    return parsed;
  }

  /** @throws BackupError when the last line is missing: the file was cut off */
  finish(): void {
    if (!this.#started) throw new BackupError("The file is empty or no backup of Basketlift.");
    if (!this.#ended) throw new BackupError("The file ends too early. It was cut off; use another backup.");
  }

  #row(text: string): BackupLine {
    if (this.#table === undefined) throw new BackupError("There is a row outside any table. The file is damaged.");
    this.#rows[this.#table] += 1;
    return { kind: "row", text };
  }

  #object(line: string): BackupLine {
    const value = parse(line);
    if (!this.#started) {
      if (!isHeader(value)) throw new BackupError("The file is no backup of Basketlift, or one of a newer version.");
      this.#started = true;
      return { kind: "header", header: value };
    }
    if (isTable(value)) {
      this.#table = value.table;
      this.#rows[value.table] = 0;
      return { kind: "table", table: value };
    }
    if (isFooter(value)) return { kind: "footer", footer: value };
    throw new BackupError("A line of the file is not understood. It is damaged.");
  }

  #check({ rows, sha256 }: BackupFooter): void {
    this.#ended = true;
    const counted = Object.entries(this.#rows).every(([table, count]) => rows[table] === count);
    if (!counted || this.#hash.digest("hex") !== sha256) {
      throw new BackupError("The file is not what was written: it is damaged or was changed. Use another backup.");
    }
  }
}

function parse(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    // Told below, with every other line that is not an object.
  }
  throw new BackupError("The file is no backup of Basketlift, or it is damaged.");
}

function isHeader(value: object): value is BackupHeader {
  if (!("format" in value && value.format === "basketlift-backup")) return false;
  return "formatVersion" in value && value.formatVersion === 1 && "migrations" in value && isTexts(value.migrations);
}

function isTable(value: object): value is TableLine {
  return "table" in value && typeof value.table === "string" && "columns" in value && isTexts(value.columns);
}

function isFooter(value: object): value is BackupFooter {
  if (!("sha256" in value && typeof value.sha256 === "string")) return false;
  return "rows" in value && typeof value.rows === "object" && value.rows !== null;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
