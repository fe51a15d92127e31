/** Interactions as item and user neighbours read them: with values, checked, and without the rows of machines. */
import { InvalidInput } from "../errors.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Incidence, SparseMatrix } from "../matrix/sparse.ts";

/** Rows are short or left out, and weighing one takes a few logarithms. */
export const rowsAPiece = 1024;

/**
 * A copy with values, 1 where there were none, and long rows emptied.
 * @throws InvalidInput when a value is negative or not finite
 */
export function* withoutLongRows(
  interactions: Incidence & { readonly values?: Float64Array },
  longest: number,
): InPieces<SparseMatrix> {
  const { rows, columns, values } = interactions;
  const offsets = new Uint32Array(rows + 1);
  const indices = new Uint32Array(interactions.indices.length);
  const kept = new Float64Array(indices.length);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    const begin = interactions.offsets[row];
    const end = interactions.offsets[row + 1];
    for (let i = begin; i < end && end - begin <= longest; i++) {
      const value = values ? values[i] : 1;
      if (!Number.isFinite(value) || value < 0) {
        throw new InvalidInput(`interactions.values[${i}]`, value, "a finite number of at least 0");
      }
      indices[length] = interactions.indices[i];
      kept[length++] = value;
    }
    offsets[row + 1] = length;
    if (row % rowsAPiece === 0) yield;
  }
  return { rows, columns, offsets, indices: indices.subarray(0, length), values: kept.subarray(0, length) };
}
