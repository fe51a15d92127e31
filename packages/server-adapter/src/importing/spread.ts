/** A sum shared out to the cent. */

/**
 * Shares `total` out in proportion to `weights` by largest remainders. No share is above its weight; what does not fit is
 * dropped.
 * @param weights whole numbers, zero or more
 * @returns whole numbers that add up to `total`, or to the sum of the weights when that is less
 * @example
 * spread(100, [300, 300, 300]); // [34, 33, 33]
 */
export function spread(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const given = Math.min(total, sum);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (given * weight) / sum);
  const shares = exact.map(Math.floor);
  let left = given - shares.reduce((a, b) => a + b, 0);
  const byRemainder = [...exact.keys()].toSorted((a, b) => exact[b] - shares[b] - (exact[a] - shares[a]) || a - b);
  for (const index of byRemainder) {
    if (left <= 0) break;
    if (shares[index] >= weights[index]) continue;
    shares[index]++;
    left--;
  }
  return shares;
}
