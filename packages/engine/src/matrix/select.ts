/**
 * The bar that the k best of many numbers pass, without sorting them: Hoare's selection, O(n) on average. For loops that
 * need to know who is among the best and not in which order; `TopK` ranks them.
 */

/**
 * The `k`-th largest of the first `count` numbers.
 * @param values none of them NaN; their order is used up
 * @param k from 1 to `count`
 * @example
 * kthLargest(Float64Array.of(3, 9, 4, 4), 4, 2); // 4
 */
export function kthLargest(values: Float64Array, count: number, k: number): number {
  const place = k - 1;
  let left = 0;
  let right = count - 1;
  while (left < right) {
    const pivot = middleOf(values[left], values[(left + right) >> 1], values[right]);
    let up = left;
    let down = right;
    while (up <= down) {
      while (values[up] > pivot) up++;
      while (values[down] < pivot) down--;
      if (up > down) break;
      const moved = values[up];
      values[up++] = values[down];
      values[down--] = moved;
    }
    // Between `down` and `up` stand numbers equal to the pivot.
    if (place <= down) right = down;
    else if (place >= up) left = up;
    else return pivot;
  }
  return values[place];
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
