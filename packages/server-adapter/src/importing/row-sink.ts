/** Where the rows of a file go, one by one. */

/** Rows that no table can hold. */
export type BrokenRow = "row-too-long" | "column-count" | "not-json";

/** Where rows go. */
export interface RowSink {
  /**
   * The columns.
   * @param mayGrow true for JSON lines: this is called again when they bring new columns, which stand behind the old ones
   */
  onHeader(names: readonly string[], mayGrow: boolean): void;
  /** @param line physical line on which the row begins, from 1 */
  onRow(cells: readonly string[], line: number): void;
  onBroken(reason: BrokenRow, line: number, example: string): void;
}
