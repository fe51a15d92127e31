/** From log odds to a chance. */

/**
 * @returns 1 / (1 + e^-logOdds), from 0 to 1
 * @example
 * logistic(0); // 0.5
 */
export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
