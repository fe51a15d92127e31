/** A figure with its interval, from draws of what could be true. */
import { quantileOf, type Interval } from "../statistics/index.ts";

/** Mean over the draws, and the ends of the central interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

/**
 * @param level coverage, in (0, 1)
 * @example
 * estimateOf([1, 2, 3], 0.95).value; // 2
 */
export function estimateOf(draws: ArrayLike<number>, level: number): Estimate {
  let sum = 0;
  for (let draw = 0; draw < draws.length; draw++) sum += draws[draw];
  return {
    value: sum / draws.length,
    lower: quantileOf(draws, (1 - level) / 2),
    upper: quantileOf(draws, (1 + level) / 2),
  };
}
