/** Poisson tails for evidence, and exact intervals for a rate. */
import { requireInteger, requireNumber } from "../errors.ts";
import { gammaQuantile } from "./gamma-quantile.ts";
import { logRegularisedGammaP } from "./incomplete-gamma.ts";

/** A range that covers the true value with the confidence it was made for. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * P[Poisson(mean) >= count]: how likely chance alone gives at least `count` events.
 * @param count a whole number, zero or more
 * @param mean zero or more
 * @throws InvalidOption when an argument is out of range
 * @example
 * poissonUpperTail(3, 1); // 0.0803014
 */
export function poissonUpperTail(count: number, mean: number): number {
  return Math.exp(logPoissonUpperTail(count, mean));
}

/**
 * Natural log of `poissonUpperTail`: keeps overwhelming evidence in order below the smallest float.
 * @example
 * logPoissonUpperTail(200, 10); // log P[Poisson(10) >= 200]
 */
export function logPoissonUpperTail(count: number, mean: number): number {
  requireInteger("count", count, 0);
  if (count > 0) return logRegularisedGammaP(count, mean);
  requireNumber("mean", mean, 0);
  return 0;
}

/**
 * Exact two-sided interval for the mean of a Poisson count. Garwood, "Fiducial limits for the Poisson distribution",
 * Biometrika 28 (1936).
 * @param confidence coverage, in (0, 1); each side misses with half of the rest
 * @throws InvalidOption when `count` is not a whole number of at least zero, or `confidence` is not inside (0, 1)
 * @example
 * poissonRateInterval(10, 0.95); // { lower: 4.795389, upper: 18.39036 }
 */
export function poissonRateInterval(count: number, confidence = 0.95): Interval {
  requireInteger("count", count, 0);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const miss = (1 - confidence) / 2;
  return {
    lower: count === 0 ? 0 : gammaQuantile(miss, count),
    upper: gammaQuantile(1 - miss, count + 1),
  };
}
