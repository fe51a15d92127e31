/** From resampled figures to the ends of an interval. Efron and Tibshirani 1993, sections 13.3 and 14.3. */
import { momentsOf, quantileOf } from "./moments.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import type { Interval } from "./poisson.ts";

/** A figure with its resampled values, and how much each unit moves it. */
export interface Resampled {
  readonly value: number;
  /** Values of the figure over units drawn anew; NaN where such a draw gives none. */
  readonly resampled: Float64Array;
  /** What each unit adds to the figure, up to a factor and a sum that are the same for all. */
  readonly influence: Float64Array;
}

/**
 * Leaves (1 - level) / 2 of the resampled figures out on either side.
 * @example
 * percentileInterval([1, 2, 3, 4, 5], 0.5); // { lower: 2, upper: 4 }
 */
export function percentileInterval(resampled: ArrayLike<number>, level: number): Interval {
  const tail = (1 - level) / 2;
  return { lower: quantileOf(resampled, tail), upper: quantileOf(resampled, 1 - tail) };
}

/**
 * BCa: percentiles moved by the bias of the resampled figures (eq. 14.14) and by how fast the figure's spread grows with
 * it, from the skew of the influences (eq. 14.15, whose jackknife is one way to them). Second-order accurate: its ends hold
 * with few, skewed rows, where percentiles lag.
 * @returns NaN for both where no draw has a value
 * @example
 * acceleratedInterval({ value: mean, resampled: resampledMeans, influence: values }, 0.95);
 */
export function acceleratedInterval({ value, resampled, influence }: Resampled, level: number): Interval {
  const defined = resampled.filter((figure) => !Number.isNaN(figure));
  if (defined.length === 0) return { lower: NaN, upper: NaN };
  const bias = biasOf(value, defined);
  const acceleration = accelerationOf(influence);
  const endAt = (tail: number): number => {
    const shifted = bias + normalQuantile(tail);
    const bend = 1 - acceleration * shifted;
    // Beyond the bend the ends would turn back: nothing closer than the last figure seen is known.
    return quantileOf(defined, bend > 0 ? normalCdf(bias + shifted / bend) : Number(shifted > 0));
  };
  const tail = (1 - level) / 2;
  return { lower: endAt(tail), upper: endAt(1 - tail) };
}

/**
 * Influences from the jackknife, for figures that have no formula for them.
 * @param withoutOne the figure with each unit left out in turn
 * @example
 * acceleratedInterval({ value, resampled, influence: jackknifeInfluence(withoutOne) }, 0.95);
 */
export function jackknifeInfluence(withoutOne: Float64Array): Float64Array {
  return withoutOne.map((figure) => -figure);
}

/** The normal quantile of the share of resampled figures below the figure, those equal to it counted half. */
function biasOf(value: number, resampled: Float64Array): number {
  let below = 0;
  for (const figure of resampled) below += figure < value ? 1 : figure === value ? 0.5 : 0;
  // All on one side would put both ends beyond every figure that was seen.
  const margin = 1 / (2 * resampled.length);
  return normalQuantile(Math.min(1 - margin, Math.max(margin, below / resampled.length)));
}

function accelerationOf(influence: Float64Array): number {
  const { mean } = momentsOf(influence);
  let squares = 0;
  let cubes = 0;
  for (const own of influence) {
    squares += (own - mean) ** 2;
    cubes += (own - mean) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
