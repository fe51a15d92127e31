/** Bisection in ascending columns. */

/**
 * How many entries of an ascending column are below `value`: the place of the first one that is not.
 * @returns from 0 to `column.length`; O(log length)
 * @example
 * countBelow([2, 3, 5, 5, 8], 5); // 2
 */
export function countBelow(column: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (column[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
