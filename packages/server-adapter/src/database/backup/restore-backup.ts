/** Fills an empty database from a backup, wholly or not at all, and brings its tables to this version. */
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { escapeIdentifier, type Pool, type PoolClient } from "pg";
import { countApplied, migrate, readMigrations, type Migration } from "../migrate.ts";
import { inTransaction } from "../transaction.ts";
import { BackupError, BackupReader, type BackupFooter, type BackupHeader, type TableLine } from "./format.ts";
import { listTables, type Table } from "./tables.ts";

/** What a backup holds. */
export interface BackupFacts {
  readonly createdAt: string;
  readonly rows: Readonly<Record<string, number>>;
}

export interface RestoreOptions {
  /** This version's migrations. */
  migrations?: readonly Migration[];
  /** Makes the tables that libraries keep beside ours, before anything is filled in. */
  prepare?: (pool: Pool) => Promise<void>;
}

/** Rows, and characters of them, in one insert. */
const [rowsAtOnce, charactersAtOnce] = [1000, 4_000_000];

/**
 * Reads the whole file and checks it, without a database.
 * @throws BackupError when it is damaged, cut off or no backup
 */
export async function verifyBackup(path: string): Promise<BackupFacts> {
  const { header, footer } = await scan(path);
  return { createdAt: header.createdAt, rows: footer.rows };
}

/**
 * @throws BackupError when the file is damaged, comes from a newer version, or the database holds data already
 * @example
 * await restoreBackup(pool, "shop.backup");
 */
export async function restoreBackup(
  pool: Pool,
  path: string,
  { migrations = readMigrations(), prepare }: RestoreOptions = {},
): Promise<BackupFacts> {
  const { header, footer } = await scan(path);
  const until = header.migrations.length;
  if (header.migrations.some((hash, index) => migrations[index]?.hash !== hash)) {
    throw new BackupError("The backup was made by a newer version of Basketlift. Restore it with that version.");
  }
  await migrate(pool, { migrations, until });
  if ((await countApplied(pool, migrations)) !== until) {
    throw new BackupError("The database is newer than the backup. Restore into a new, empty one.");
  }
  await prepare?.(pool);
  await fill(pool, path);
  await migrate(pool, { migrations });
  return { createdAt: header.createdAt, rows: footer.rows };
}

/** Header and footer of a file that is whole. */
async function scan(path: string): Promise<{ header: BackupHeader; footer: BackupFooter }> {
  let header: BackupHeader | undefined;
  let footer: BackupFooter | undefined;
  const reader = new BackupReader();
  for await (const text of linesOf(path)) {
    const line = reader.read(text);
    if (line.kind === "header") header = line.header;
    if (line.kind === "footer") footer = line.footer;
  }
  reader.finish();
  if (!header || !footer) throw new BackupError("The file is no backup of Basketlift.");
  return { header, footer };
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unpacked = file.pipe(createGunzip());
  file.on("error", (error) => unpacked.destroy(error));
  try {
    yield* splitLines(unpacked.setEncoding("utf8"));
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (missing) throw new BackupError(`There is no file ${path}.`);
    throw new BackupError(`${path} cannot be unpacked: it is damaged, cut off or no backup.`, { cause: error });
  } finally {
    file.destroy();
  }
}

/** At line feeds only: values may hold every other separator of lines. */
async function* splitLines(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of texts) {
    const lines = text.split("\n");
    lines[0] = rest + lines[0];
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

/** In one transaction: a restore that fails leaves the database empty. */
function fill(pool: Pool, path: string): Promise<void> {
  return inTransaction(pool, async (client) => {
    const tables = await listTables(client);
    await requireEmpty(client, tables);
    await insertAll(client, tables, path);
  });
}

async function requireEmpty(client: PoolClient, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    const { rowCount } = await client.query(`select 1 from ${escapeIdentifier(name)} limit 1`);
    if (rowCount) {
      throw new BackupError(`The database holds data already (in ${name}). Restore into a new, empty one.`);
    }
  }
}

async function insertAll(client: PoolClient, tables: readonly Table[], path: string): Promise<void> {
  const reader = new BackupReader();
  let insert: ((rows: readonly string[]) => Promise<void>) | undefined;
  let rows: string[] = [];
  let characters = 0;
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await insert?.(rows);
    rows = [];
    characters = 0;
  };
  for await (const text of linesOf(path)) {
    const line = reader.read(text);
    if (line.kind === "row") {
      rows.push(line.text);
      characters += line.text.length;
      if (rows.length >= rowsAtOnce || characters >= charactersAtOnce) await flush();
      continue;
    }
    await flush();
    if (line.kind === "table") insert = insertInto(client, line.table, tables);
  }
  reader.finish();
}

/** Values travel as one JSON text, and become what they were by the input functions of their columns. */
function insertInto(
  client: PoolClient,
  { table, columns }: TableLine,
  tables: readonly Table[],
): (rows: readonly string[]) => Promise<void> {
  const target = tables.find(({ name }) => name === table);
  const types = columns.map((column) => target?.columns.find(({ name }) => name === column)?.type);
  const strange = target ? columns.find((_, index) => types[index] === undefined) : table;
  if (strange !== undefined) throw new BackupError(`The database has no place for "${strange}" of the backup.`);
  const names = columns.map((column) => escapeIdentifier(column)).join(", ");
  const values = types.map((type, index) => `(line->>${index})::${type}`).join(", ");
  const statement = `insert into ${escapeIdentifier(table)} (${names}) select ${values} from json_array_elements($1::json) line`;
  return async (rows) => void (await client.query(statement, [`[${rows.join(",")}]`]));
}
