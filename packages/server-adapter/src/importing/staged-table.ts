/**
 * Rows of a file as columns of codes: each distinct text of a column is kept once, a row is one number per column. So a
 * million rows cost a few dozen megabytes, and what needs the evidence of the whole file (encoding, decimal comma, order
 * of day and month) is decided afterwards, on distinct values only.
 */
import { createIdentifiers, type GrowingIdentifiers } from "@basketlift/engine/catalogue";
import type { ColumnMap } from "./columns.ts";
import { decideEncoding, type EncodingEvidence } from "./encoding.ts";

/** One column: row `r` reads `texts[codes[r]]`. Code 0 is the blank text. */
export interface StagedColumn {
  readonly codes: Uint32Array;
  readonly texts: readonly string[];
}

/** A whole file. */
export interface StagedRows<Field extends string> {
  readonly rows: number;
  /** Physical line on which each row begins. */
  readonly line: Uint32Array;
  /** The column of a field; blank throughout where the file has none. */
  column(field: Field): StagedColumn;
  has(field: Field): boolean;
  readonly encoding: EncodingEvidence;
}

export interface StagedTable<Field extends string> {
  readonly rows: number;
  push(cells: readonly string[], map: ColumnMap<Field>, line: number): void;
  /** @param cellsAreBytes whether texts are byte strings that still have to be decoded */
  finish(cellsAreBytes: boolean): StagedRows<Field>;
}

interface GrowingColumn {
  codes: Uint32Array;
  readonly texts: GrowingIdentifiers;
  lastText: string;
  lastCode: number;
}

/** Words with which databases and scripts write that there is nothing. */
const nothing = new Set(["null", "NULL", "nan", "NaN", "None", "N/A", "n/a", "#N/A", String.raw`\N`, "undefined"]);

/**
 * @param fields all that may be mapped; a column costs memory only once a row has it
 * @param paragraphs fields whose texts keep their line breaks
 */
export function createStagedTable<Field extends string>(
  fields: readonly Field[],
  paragraphs: readonly Field[] = [],
): StagedTable<Field> {
  let capacity = 1024;
  let rows = 0;
  let line = new Uint32Array(capacity);
  const columns = new Map<Field, GrowingColumn>();

  function columnOf(field: Field) {
    let column = columns.get(field);
    if (!column)
      columns.set(
        field,
        (column = { codes: new Uint32Array(capacity), texts: createIdentifiers([""]), lastText: "", lastCode: 0 }),
      );
    return column;
  }
  function grow(): void {
    capacity *= 2;
    line = enlarged(line, capacity);
    for (const column of columns.values()) column.codes = enlarged(column.codes, capacity);
  }
  return {
    get rows() {
      return rows;
    },
    push(cells, map, physicalLine) {
      if (rows === capacity) grow();
      line[rows] = physicalLine;
      for (const field of fields) {
        const at = map[field];
        if (at === undefined) continue;
        const column = columnOf(field);
        const text = cells[at] ?? "";
        // The lines of an order stand together: most rows say again what the row above said.
        if (text !== column.lastText) {
          column.lastText = text;
          column.lastCode = column.texts.intern(text);
        }
        column.codes[rows] = column.lastCode;
      }
      rows++;
    },
    finish(cellsAreBytes) {
      const texts = [...columns.values()].flatMap((column) => (cellsAreBytes ? column.texts.all : []));
      const { evidence, decode } = decideEncoding(texts);
      const finished = new Map<Field, StagedColumn>();
      for (const [field, { codes, texts }] of columns) {
        const clean = paragraphs.includes(field) ? cleanParagraphs : cleanText;
        const read = (text: string): string => clean(cellsAreBytes ? decode(text) : text);
        finished.set(field, recoded(codes.subarray(0, rows), texts.all, read));
      }
      const blank: StagedColumn = { codes: new Uint32Array(rows), texts: [""] };
      return {
        rows,
        line: line.subarray(0, rows),
        column: (field) => finished.get(field) ?? blank,
        has: (field) => finished.has(field),
        encoding: evidence,
      };
    },
  };
}

/** Rows that have each text of a column. */
export function rowsPerText({ codes, texts }: StagedColumn): Uint32Array {
  const rows = new Uint32Array(texts.length);
  for (const code of codes) rows[code]++;
  return rows;
}

/** Texts that are the same once cleaned get one code. */
function recoded(codes: Uint32Array, texts: readonly string[], read: (text: string) => string): StagedColumn {
  const clean = createIdentifiers([""]);
  const codeOf = Uint32Array.from(texts, (text) => clean.intern(read(text)));
  return { codes: codes.map((code) => codeOf[code]), texts: clean.all };
}

function cleanText(text: string): string {
  const trimmed = text.replaceAll(/[\p{Cc}\u200b\ufeff]+/gu, " ").trim();
  return nothing.has(trimmed) ? "" : trimmed;
}

function cleanParagraphs(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map(cleanText)
    .join("\n")
    .trim();
}

function enlarged(from: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const to = new Uint32Array(capacity);
  to.set(from);
  return to;
}
