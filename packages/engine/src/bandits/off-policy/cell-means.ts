/** Means by cell, drawn towards their common mean as far as their own uncertainty calls for (see `shrinkMeans`). */
import { momentsOf, shrinkMeans } from "../../statistics/index.ts";

/**
 * @param values at least one
 * @param cellOf cell of each value, from 0
 * @returns a mean for every cell; the common one for those without a value
 * @example
 * cellMeans(Float64Array.of(1, 0, 1), Uint32Array.of(0, 0, 1), 3);
 */
export function cellMeans(values: Float64Array, cellOf: Uint32Array, cells: number): Float64Array {
  const count = new Float64Array(cells);
  const sum = new Float64Array(cells);
  for (const [row, cell] of cellOf.entries()) {
    count[cell]++;
    sum[cell] += values[row];
  }
  const { mean, variance } = momentsOf(values);
  const means = new Float64Array(cells).fill(mean);
  if (!(variance > 0)) return means;
  const known = Uint32Array.from(count.keys()).filter((cell) => count[cell] > 0);
  const shrunk = shrinkMeans(
    Float64Array.from(known, (cell) => sum[cell] / count[cell]),
    Float64Array.from(known, (cell) => variance / count[cell]),
  );
  means.fill(shrunk.centre);
  for (const [index, cell] of known.entries()) means[cell] = shrunk.mean[index];
  return means;
}
