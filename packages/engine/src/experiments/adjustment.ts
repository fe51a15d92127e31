/**
 * From sums to what is compared. A mean may be adjusted for what the same units did before the experiment (CUPED: Deng, Xu,
 * Kohavi and Walker, "Improving the sensitivity of online controlled experiments by utilizing pre-experiment data", WSDM
 * 2013): the spread that was there before is taken out, the effect stays.
 *   theta    = cov(outcome, covariate) / var(covariate), over the units of both arms
 *   mean     = mean(outcome) - theta mean(covariate)
 *   variance = var(outcome) + theta^2 var(covariate) - 2 theta cov(outcome, covariate)
 */
import type { ArmMoments, CompareOptions, Effect } from "./effects.ts";
import { compareMeans } from "./effects.ts";
import { momentsOfRatio, momentsOfShare } from "./metrics.ts";
import { mergeStatistics, type AdjustedStatistic, type Statistic, type Sums } from "./statistic.ts";

/**
 * Compares two arms by their sums.
 * @throws InvalidInput when the statistics are not of one kind, an arm has fewer than two units, the denominator of a ratio
 * is zero, or a relative difference to zero is asked for
 * @example
 * compareStatistics(meanStatistic(revenueOfHoldout), meanStatistic(revenueOfTreatment), { difference: "absolute" });
 */
export function compareStatistics(control: Statistic, treatment: Statistic, options: CompareOptions = {}): Effect {
  const [ofControl, ofTreatment] = momentsOfArms([control, treatment]);
  return compareMeans(ofControl, ofTreatment, options);
}

/**
 * The moments of each arm, adjusted by one coefficient where there is something to adjust for.
 * @param arms of one kind
 * @throws InvalidInput when they are not of one kind, or the denominator of a ratio is zero
 * @example
 * const [holdout, treatment] = momentsOfArms([sumsOfHoldout, sumsOfTreatment]);
 */
export function momentsOfArms(arms: readonly Statistic[]): ArmMoments[] {
  const pooled = arms.reduce((one, other) => mergeStatistics(one, other));
  const theta = pooled.kind === "adjusted" ? adjustmentOf(pooled) : 0;
  return arms.map((arm) => momentsOfStatistic(arm, theta));
}

/** What a unit of the covariate says of the outcome; 0 where it says nothing. */
export function adjustmentOf({ count, outcome, covariate, sumOfProducts }: AdjustedStatistic): number {
  const spread = varianceOf(covariate, count);
  if (!(spread > 0) || !(varianceOf(outcome, count) > 0)) return 0;
  return covarianceOf(outcome, covariate, sumOfProducts, count) / spread;
}

/** @param theta see `adjustmentOf`; for adjusted statistics only */
export function momentsOfStatistic(statistic: Statistic, theta: number): ArmMoments {
  const { count } = statistic;
  switch (statistic.kind) {
    case "proportion":
      return momentsOfShare(count, statistic.successes);
    case "mean":
      return { count, ...meanAndVariance(statistic, count) };
    case "ratio": {
      const { numerator, denominator, sumOfProducts } = statistic;
      return momentsOfRatio({
        count,
        numerator: meanAndVariance(numerator, count),
        denominator: meanAndVariance(denominator, count),
        covariance: covarianceOf(numerator, denominator, sumOfProducts, count),
      });
    }
    case "adjusted":
      return adjusted(statistic, theta);
  }
}

function adjusted({ count, outcome, covariate, sumOfProducts }: AdjustedStatistic, theta: number): ArmMoments {
  const covariance = covarianceOf(outcome, covariate, sumOfProducts, count);
  const variance = varianceOf(outcome, count) + theta ** 2 * varianceOf(covariate, count) - 2 * theta * covariance;
  const unadjustedMean = outcome.sum / count;
  return {
    count,
    mean: unadjustedMean - (theta * covariate.sum) / count,
    variance: Math.max(0, variance),
    unadjustedMean,
  };
}

function meanAndVariance(sums: Sums, count: number): { readonly mean: number; readonly variance: number } {
  return { mean: sums.sum / count, variance: varianceOf(sums, count) };
}

function varianceOf({ sum, sumOfSquares }: Sums, count: number): number {
  return Math.max(0, sumOfSquares - sum ** 2 / count) / (count - 1);
}

function covarianceOf(one: Sums, other: Sums, sumOfProducts: number, count: number): number {
  return (sumOfProducts - (one.sum * other.sum) / count) / (count - 1);
}
