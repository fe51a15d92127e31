/** From resampled figures to the ends of an interval. Efron and Tibshirani 1993, sections 13.3 and 14.3. */
import { momentsOf, normalCdf, normalQuantile, quantileOf } from "../statistics/index.ts";

/** The ends of an interval. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Leaves (1 - level) / 2 of the resampled figures out on either side.
 * @example
 * percentileInterval([1, 2, 3, 4, 5], 0.5); // { lower: 2, upper: 4 }
 */
export function percentileInterval(resampled: ArrayLike<number>, level: number): Bounds {
  const tail = (1 - level) / 2;
  return { lower: quantileOf(resampled, tail), upper: quantileOf(resampled, 1 - tail) };
}

/**
 * BCa: percentiles moved by the bias of the resampled figures (eq. 14.14) and by how fast the figure's spread grows with
 * it, from the jackknife (eq. 14.15). Second-order accurate: its ends hold with few, skewed rows, where percentiles lag.
 * @param value the figure itself
 * @param withoutOne the figure with each unit left out in turn
 * @example
 * acceleratedInterval(mean, resampledMeans, jackknifeMeans, 0.95);
 */
export function acceleratedInterval(
  value: number,
  resampled: Float64Array,
  withoutOne: Float64Array,
  level: number,
): Bounds {
  const bias = biasOf(value, resampled);
  const acceleration = accelerationOf(withoutOne);
  const endAt = (tail: number): number => {
    const shifted = bias + normalQuantile(tail);
    return quantileOf(resampled, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  const tail = (1 - level) / 2;
  return { lower: endAt(tail), upper: endAt(1 - tail) };
}

/** The normal quantile of the share of resampled figures below the figure, those equal to it counted half. */
function biasOf(value: number, resampled: Float64Array): number {
  let below = 0;
  for (const figure of resampled) below += figure < value ? 1 : figure === value ? 0.5 : 0;
  // All on one side would put both ends beyond every figure that was seen.
  const margin = 1 / (2 * resampled.length);
  return normalQuantile(Math.min(1 - margin, Math.max(margin, below / resampled.length)));
}

function accelerationOf(withoutOne: Float64Array): number {
  const { mean } = momentsOf(withoutOne);
  let squares = 0;
  let cubes = 0;
  for (const figure of withoutOne) {
    squares += (mean - figure) ** 2;
    cubes += (mean - figure) ** 3;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
