/** Metrics that are no plain mean of a column, in the form that `compareMeans` takes. */
import { InvalidInput, requireInteger } from "../errors.ts";
import type { Moments } from "../statistics/index.ts";

/**
 * What is known of a share: `count` units, of which `successes` did it.
 * @throws InvalidOption when a number is no count; InvalidInput when there are no units, or more successes than units
 * @example
 * compareMeans(momentsOfShare(1000, 30), momentsOfShare(19_000, 640)); // conversion
 */
export function momentsOfShare(count: number, successes: number): Moments {
  requireInteger("count", count, 1);
  requireInteger("successes", successes, 0);
  if (successes > count) throw new InvalidInput("successes", successes, `at most the number of units (${count})`);
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
 * @throws InvalidInput when the denominator's mean is zero, or a figure is not finite
 * @example
 * compareMeans(momentsOfRatio(holdout), momentsOfRatio(treatment)); // average order value
 */
export function momentsOfRatio({ count, numerator, denominator, covariance }: PairedMoments): Moments {
  if (!(count >= 1 && count < Infinity)) throw new InvalidInput("count", count, "a number of units");
  if (!(denominator.mean !== 0)) {
    throw new InvalidInput("denominator.mean", denominator.mean, "another value than zero");
  }
  const ratio = numerator.mean / denominator.mean;
  const spread = numerator.variance - 2 * ratio * covariance + ratio ** 2 * denominator.variance;
  const variance = Math.max(0, spread) / denominator.mean ** 2;
  if (!Number.isFinite(ratio)) throw new InvalidInput("numerator.mean", numerator.mean, "a finite number");
  if (!Number.isFinite(variance))
    throw new InvalidInput("covariance", covariance, "finite, as the variances beside it");
  return { count, mean: ratio, variance };
}
