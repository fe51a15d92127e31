/** Metrics that are no plain mean of a column, in the form that `compareMeans` takes. */
import { InvalidInput, requireInteger } from "../errors.ts";
import type { Moments } from "../statistics/index.ts";

/**
 * What is known of a share: `count` units, of which `successes` did it.
 * @example
 * compareMeans(momentsOfShare(1000, 30), momentsOfShare(19_000, 640)); // conversion
 */
export function momentsOfShare(count: number, successes: number): Moments {
  requireInteger("count", count, 0);
  requireInteger("successes", successes, 0);
  const mean = successes / count;
  return { count, mean, variance: mean * (1 - mean) };
}

/** Two columns of the same units, for example revenue and orders of each visitor. */
export interface PairedMoments {
  /** Units. */
  readonly count: number;
  readonly numerator: Omit<Moments, "count">;
  readonly denominator: Omit<Moments, "count">;
  readonly covariance: number;
}

/**
 * A ratio of two means, such as revenue for each order, with the variance a unit contributes, by the delta method: orders
 * of one visitor are alike, so visitors are the units even where the figure is per order. Deng, Knoblich and Lu, "Applying
 * the delta method in metric analytics", KDD 2018, eq. 4.
 * @throws InvalidInput when the denominator's mean is zero
 * @example
 * compareMeans(momentsOfRatio(holdout), momentsOfRatio(treatment)); // average order value
 */
export function momentsOfRatio({ count, numerator, denominator, covariance }: PairedMoments): Moments {
  if (!(denominator.mean !== 0)) {
    throw new InvalidInput("denominator.mean", denominator.mean, "another value than zero");
  }
  const ratio = numerator.mean / denominator.mean;
  const spread = numerator.variance - 2 * ratio * covariance + ratio ** 2 * denominator.variance;
  return { count, mean: ratio, variance: Math.max(0, spread) / denominator.mean ** 2 };
}
