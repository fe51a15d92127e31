/**
 * Many means or rates at once, each drawn towards their common centre as far as its own uncertainty calls for: the few
 * lucky ones do not lead the list. The spread between them is estimated by moments. DerSimonian and Laird,
 * "Meta-analysis in clinical trials", Controlled Clinical Trials 7 (1986), for means; Clayton and Kaldor, "Empirical Bayes
 * estimates of age-standardized relative risks for use in disease mapping", Biometrics 43 (1987), for ratios of counts.
 */
import { InvalidInput } from "../errors.ts";

/** Means drawn towards their centre. */
export interface ShrunkMeans {
  readonly centre: number;
  /** Variance between the true means. 0 where chance explains all differences: then all means are the centre. */
  readonly spread: number;
  /** Posterior mean and variance of each. */
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * @param means observed means
 * @param variances of those means, above zero
 * @throws InvalidInput when lengths differ, a mean is not finite or a variance is not above zero
 * @example
 * shrinkMeans([4, 9, 2], [1, 4, 1]).mean;
 */
export function shrinkMeans(means: ArrayLike<number>, variances: ArrayLike<number>): ShrunkMeans {
  const count = means.length;
  if (variances.length !== count)
    throw new InvalidInput("variances", `${variances.length} entries`, `${count} entries`);
  let weight = 0;
  let squares = 0;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!Number.isFinite(means[i])) throw new InvalidInput(`means[${i}]`, means[i], "a finite number");
    if (!(variances[i] > 0)) throw new InvalidInput(`variances[${i}]`, variances[i], "a number above 0");
    weight += 1 / variances[i];
    squares += 1 / variances[i] ** 2;
    sum += means[i] / variances[i];
  }
  const centreOfFixed = sum / weight;
  let excess = 1 - count;
  for (let i = 0; i < count; i++) excess += (means[i] - centreOfFixed) ** 2 / variances[i];
  const spread = count > 1 ? Math.max(0, excess / (weight - squares / weight)) : 0;

  weight = 0;
  sum = 0;
  for (let i = 0; i < count; i++) {
    weight += 1 / (variances[i] + spread);
    sum += means[i] / (variances[i] + spread);
  }
  const centre = count > 0 ? sum / weight : NaN;
  const keep = Float64Array.from(variances, (variance) => spread / (spread + variance));
  return {
    centre,
    spread,
    mean: keep.map((share, i) => centre + share * (means[i] - centre)),
    variance: keep.map((share, i) => share * variances[i]),
  };
}

/** What ratios of counts to expectations are drawn towards, and how strongly. */
export interface RatioPrior {
  /** All counts over all expectations. */
  readonly mean: number;
  /** Imagined expected count that behaves as the mean does. Infinity where chance explains all differences. */
  readonly strength: number;
}

/**
 * The gamma distribution that true ratios come from, when counts are Poisson around ratio x expected.
 * @param counts zero or more
 * @param expected above zero where they are to count; pairs that chance never makes are left out
 * @example
 * const prior = fitRatioPrior(counts, expected);
 * const ratio = shrinkRatio(counts[0], expected[0], prior);
 */
export function fitRatioPrior(counts: ArrayLike<number>, expected: ArrayLike<number>): RatioPrior {
  let used = 0;
  let total = 0;
  let weight = 0;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(expected[i] > 0)) continue;
    used++;
    total += counts[i];
    weight += expected[i];
    squares += expected[i] ** 2;
  }
  if (total === 0) return { mean: 1, strength: Infinity };
  const mean = total / weight;
  let excess = 1 - used;
  for (let i = 0; i < counts.length; i++) {
    if (expected[i] > 0) excess += (counts[i] - mean * expected[i]) ** 2 / (mean * expected[i]);
  }
  const relativeVariance = excess / (mean * (weight - squares / weight));
  return { mean, strength: relativeVariance > 0 ? 1 / (relativeVariance * mean) : Infinity };
}

/**
 * The mean of the ratio after what was counted.
 * @example
 * shrinkRatio(3, 0.1, { mean: 1, strength: 10 }); // 1.29 where the plain ratio is 30
 */
export function shrinkRatio(count: number, expected: number, { mean, strength }: RatioPrior): number {
  if (strength === Infinity) return mean;
  return (count + strength * mean) / (expected + strength);
}
