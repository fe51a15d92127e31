/**
 * Rows that repeat an earlier one in every mapped column: same order, product, price, quantity, time and all the rest.
 *
 * What they are cannot be told from the file: a till that writes a line per scan, or two exports that overlap and were put
 * together. Which products go together is the same either way. Money is not: counting a repetition that is none
 * overstates what the shop earned, leaving out a real one understates it. The default is therefore to leave repetitions
 * out, to count them and to say so; a file with line numbers has none, for those set real lines apart.
 */
import type { StagedColumn } from "./staged-table.ts";

/**
 * @param columns all of one length
 * @returns for each row whether an earlier one is equal to it
 */
export function findRepeatedRows(columns: readonly StagedColumn[], rows: number): Uint8Array {
  const repeated = new Uint8Array(rows);
  const codes = columns.map((column) => column.codes);
  const mask = 2 ** Math.ceil(Math.log2(rows * 2 + 2)) - 1;
  /** Open addressing; a slot holds a row plus one. */
  const slots = new Uint32Array(mask + 1);
  for (let row = 0; row < rows; row++) {
    let slot = hashOf(codes, row) & mask;
    while (slots[slot] !== 0 && !isEqual(codes, slots[slot] - 1, row)) slot = (slot + 1) & mask;
    if (slots[slot] === 0) slots[slot] = row + 1;
    else repeated[row] = 1;
  }
  return repeated;
}

function hashOf(columns: readonly Uint32Array[], row: number): number {
  let hash = 0x811c9dc5;
  for (const column of columns) hash = Math.imul(hash ^ column[row], 0x01000193) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function isEqual(columns: readonly Uint32Array[], a: number, b: number): boolean {
  for (const column of columns) if (column[a] !== column[b]) return false;
  return true;
}
