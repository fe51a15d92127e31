/** The one error an import ends with: what is wrong with which file, where, and what to do about it. */

/** Stable names of what can be wrong with a file as a whole. Rows that are wrong are skipped and counted instead. */
export type ImportErrorCode =
  | "not-found"
  | "directory"
  | "unreadable-file"
  | "empty-file"
  | "header-only"
  | "no-header"
  | "binary-file"
  | "spreadsheet-file"
  | "pdf-file"
  | "image-file"
  | "archive-file"
  | "web-page"
  | "json-array"
  | "wrong-encoding"
  | "truncated-file"
  | "damaged-file"
  | "row-too-long"
  | "unclosed-quote"
  | "missing-columns"
  | "unknown-column"
  | "no-orders";

/** Where an error stands and what the merchant can do. */
export interface ImportErrorPlace {
  readonly file: string;
  /** Physical line, counted from 1. */
  readonly line?: number | undefined;
  /** What to do, as a sentence. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** A file cannot be imported. */
export class ImportError extends Error {
  override readonly name = "ImportError";
  readonly code: ImportErrorCode;
  readonly file: string;
  readonly line: number | undefined;
  readonly hint: string;
  /** Rows that could be read before the file broke off. */
  readonly rowsRead: number;

  /**
   * @param problem what is wrong, as a sentence without the file's name
   * @example
   * throw new ImportError("empty-file", "The file is empty.", { file: "orders.csv", hint: "Export the orders again." });
   */
  constructor(code: ImportErrorCode, problem: string, place: ImportErrorPlace, rowsRead = 0) {
    const { file, line, hint, cause } = place;
    super(`${file}${line === undefined ? "" : `, line ${line}`}: ${problem} ${hint}`, { cause });
    this.code = code;
    this.file = file;
    this.line = line;
    this.hint = hint;
    this.rowsRead = rowsRead;
  }
}
