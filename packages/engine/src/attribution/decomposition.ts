/**
 * Where a difference in revenue per visitor comes from. Revenue per visitor is a product,
 *   R = conversion (buyers / visitor) x frequency (orders / buyer) x order value (revenue / order),
 * and its difference the sum of one part a factor, exactly and without a rest (the logarithmic mean Divisia index: Ang,
 * "The LMDI approach to decomposition analysis: a practical guide", Energy Policy 33 (2005)):
 *   part_k = L(R_t, R_c) ln(F_k,t / F_k,c),   L(a, b) = (a - b) / ln(a / b)
 * Intervals by the delta method on the means per visitor of buying, orders and revenue, which vary together. As elsewhere
 * no arm is taken to vary less than both together (`compareArms`): the one buyer of an arm has no spread.
 */
import { requireNumber } from "../errors.ts";
import { confidenceSequence, type CompareOptions } from "../experiments/index.ts";
import { normalQuantile } from "../statistics/index.ts";
import { addArms, checkArm, type ArmRevenue } from "./arm-revenue.ts";

/** A figure with its interval. */
export interface Bounded {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** One factor of revenue per visitor. */
export interface FactorChange {
  readonly holdout: number;
  readonly treatment: number;
  /** 0.05 for 5 % more. */
  readonly change: Bounded;
  /** What the factor contributes to the difference in revenue per visitor, in minor units. */
  readonly contribution: Bounded;
}

export interface Decomposition {
  /** Buyers for each assigned visitor. */
  readonly conversion: FactorChange;
  /** Orders for each buyer. */
  readonly frequency: FactorChange;
  /** Net revenue for each order, in minor units. */
  readonly orderValue: FactorChange;
  /** Difference in net revenue per visitor: the sum of the three contributions. */
  readonly difference: number;
  readonly level: number;
}

export type DecompositionOptions = Pick<CompareOptions, "interval" | "level" | "tunedFor">;

/**
 * @returns undefined where an arm has no revenue or fewer than two visitors: logarithms of nothing say nothing
 * @throws InvalidInput when the sums are none that visitors can have
 * @throws InvalidOption when `level` is not between 0 and 1, or `tunedFor` is below 1
 * @example
 * const { conversion, orderValue } = decompose(holdout, treatment) ?? {};
 */
export function decompose(
  holdout: ArmRevenue,
  treatment: ArmRevenue,
  { interval = "sequential", level = 0.95, tunedFor = 5000 }: DecompositionOptions = {},
): Decomposition | undefined {
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  checkArm(holdout, "holdout");
  checkArm(treatment, "treatment");
  if ([holdout, treatment].some(({ visitors, revenue }) => visitors < 2 || !(revenue > 0))) return undefined;
  const [control, other] = [armOf(holdout), armOf(treatment)];
  const both = armOf(addArms(holdout, treatment));
  const varianceIn = (arm: ArmFacts, slopes: readonly number[]): number =>
    Math.max(varianceOf(arm, slopes), varianceOf(both, slopes)) / arm.count;
  const logRatio = Math.log(other.means[2] / control.means[2]);
  const mean = logarithmicMean(control.means[2], logRatio);
  const reachOf = (value: number, variance: number): number =>
    interval === "fixed"
      ? normalQuantile((1 + level) / 2) * Math.sqrt(variance)
      : confidenceSequence({ value, variance, count: control.count + other.count }, { level, tunedFor }).halfWidth;
  const factor = (index: number): FactorChange => {
    const log = Math.log(other.factors[index] / control.factors[index]);
    const slopes = [control.slopes[index], other.slopes[index]];
    const logReach = reachOf(log, varianceIn(control, slopes[0]) + varianceIn(other, slopes[1]));
    const value = mean.value * log;
    const toControl = slopes[0].map((slope, place) => (place === 2 ? mean.toControl * log : 0) - mean.value * slope);
    const toOther = slopes[1].map((slope, place) => (place === 2 ? mean.toOther * log : 0) + mean.value * slope);
    const reach = reachOf(value, varianceIn(control, toControl) + varianceIn(other, toOther));
    return {
      holdout: control.factors[index],
      treatment: other.factors[index],
      change: { value: Math.expm1(log), lower: Math.expm1(log - logReach), upper: Math.expm1(log + logReach) },
      contribution: { value, lower: value - reach, upper: value + reach },
    };
  };
  const difference = other.means[2] - control.means[2];
  return { conversion: factor(0), frequency: factor(1), orderValue: factor(2), difference, level };
}

/** Means per visitor of buying, orders and revenue, how they vary together, and the factors made of them. */
interface ArmFacts {
  readonly count: number;
  readonly means: readonly number[];
  readonly covariances: readonly (readonly number[])[];
  readonly factors: readonly number[];
  /** Of the logarithm of each factor, by the means. */
  readonly slopes: readonly (readonly number[])[];
}

function armOf(arm: ArmRevenue): ArmFacts {
  const { visitors: count, buyers, orders, ordersSquared, revenue, revenueSquared, revenueTimesOrders } = arm;
  const sums = [buyers, orders, revenue];
  // Buying is 0 or 1, so that its product with orders or revenue is orders or revenue.
  const products = [
    [buyers, orders, revenue],
    [orders, ordersSquared, revenueTimesOrders],
    [revenue, revenueTimesOrders, revenueSquared],
  ];
  const covariances = products.map((row, one) =>
    row.map((product, other) => (product - (sums[one] * sums[other]) / count) / (count - 1)),
  );
  const means = sums.map((sum) => sum / count);
  const [bought, ordered, spent] = means;
  const slopes = [
    [1 / bought, 0, 0],
    [-1 / bought, 1 / ordered, 0],
    [0, -1 / ordered, 1 / spent],
  ];
  return { count, means, covariances, factors: [bought, ordered / bought, spent / ordered], slopes };
}

/** What a visitor adds to the variance of a function of the means, given its slopes: the delta method. */
function varianceOf({ covariances }: ArmFacts, slopes: readonly number[]): number {
  let sum = 0;
  for (const [one, row] of covariances.entries()) {
    for (const [other, covariance] of row.entries()) sum += slopes[one] * slopes[other] * covariance;
  }
  return Math.max(0, sum);
}

/** L(a, b) and its slopes, from b = `control` and x = ln(a / b); by their series where a and b are nearly equal. */
function logarithmicMean(
  control: number,
  x: number,
): { readonly value: number; readonly toControl: number; readonly toOther: number } {
  if (Math.abs(x) < 1e-4) {
    return { value: control * (1 + x / 2 + (x * x) / 6), toControl: 0.5 + x / 6, toOther: 0.5 - x / 6 };
  }
  return {
    value: (control * Math.expm1(x)) / x,
    toControl: (Math.expm1(x) - x) / (x * x),
    toOther: (x + Math.expm1(-x)) / (x * x),
  };
}
