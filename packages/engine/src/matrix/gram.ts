/**
 * The Gram matrix of an incidence with weighed rows, S = X' diag(w) X, one row at a time: an inverted index with a
 * dense accumulator, never stored whole. S(i, j) sums the weights of the rows that hold both columns.
 */
import type { Accumulator } from "./accumulator.ts";
import type { InPieces } from "./pieces.ts";
import type { Incidence } from "./sparse.ts";

/** An incidence, its transpose and a weight for each of its rows. */
export interface WeighedRows {
  readonly byRow: Incidence;
  readonly byColumn: Incidence;
  readonly weights: Float64Array;
}

/** Rows that are read between two pauses. */
const rowsAPiece = 256;

/**
 * Adds row `column` of the Gram matrix to `into`, its diagonal entry included. Costs the cells of the rows that hold
 * the column.
 * @param into an accumulator over the columns
 * @example
 * atOnce(addGramRowInPieces({ byRow: baskets, byColumn: transpose(baskets), weights }, 7, scores));
 */
export function* addGramRowInPieces(
  { byRow, byColumn, weights }: WeighedRows,
  column: number,
  into: Accumulator,
): InPieces<void> {
  const { offsets, indices } = byRow;
  const begin = byColumn.offsets[column];
  const end = byColumn.offsets[column + 1];
  for (let cell = begin; cell < end; cell++) {
    const row = byColumn.indices[cell];
    const weight = weights[row];
    const rowEnd = offsets[row + 1];
    for (let i = offsets[row]; i < rowEnd; i++) into.add(indices[i], weight);
    if ((cell - begin) % rowsAPiece === rowsAPiece - 1) yield;
  }
}

/**
 * The diagonal of the Gram matrix: for each column the weights of the rows that hold it.
 * @example
 * const lengths = gramDiagonal(rows).map(Math.sqrt);
 */
export function gramDiagonal({ byColumn: { rows, offsets, indices }, weights }: WeighedRows): Float64Array {
  const diagonal = new Float64Array(rows);
  for (let column = 0; column < rows; column++) {
    for (let i = offsets[column]; i < offsets[column + 1]; i++) diagonal[column] += weights[indices[i]];
  }
  return diagonal;
}
