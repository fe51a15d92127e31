/** From log odds to a chance, and what a chance costs that was wrong. */

/**
 * @returns 1 / (1 + e^-logOdds), from 0 to 1
 * @example
 * logistic(0); // 0.5
 */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * log(1 + e^score) without overflow: the loss of saying "yes" with these log odds where the answer is no.
 * @example
 * softplus(1000); // 1000
 */
export function softplus(score: number): number {
  return Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));
}
