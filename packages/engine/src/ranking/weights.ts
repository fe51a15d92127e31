/** The weights of a linear ranker, by bucket, and what they make of a candidate. */
import { InvalidInput } from "../errors.ts";

/** `values[bucket * width + f]` is the weight of feature `f` for questions of that bucket. */
export interface Weights {
  readonly width: number;
  readonly bucketCount: number;
  readonly values: Float64Array;
}

/**
 * One weight a feature, for all questions alike.
 * @param byName weights by feature name; those not named weigh nothing
 * @throws InvalidInput when a weight has no feature, or is not finite
 * @example
 * namedWeights(["next@0.01", "popularity"], { popularity: 0.5 });
 */
export function namedWeights(names: readonly string[], byName: Readonly<Record<string, number>>): Weights {
  const values = new Float64Array(names.length);
  for (const [name, weight] of Object.entries(byName)) {
    const place = names.indexOf(name);
    if (place < 0) throw new InvalidInput(`weights.${name}`, name, `one of ${names.join(", ")}`);
    if (!Number.isFinite(weight)) throw new InvalidInput(`weights.${name}`, weight, "a finite number");
    values[place] = weight;
  }
  return { width: names.length, bucketCount: 1, values };
}

/**
 * The weights of one bucket, as a view. A bucket beyond those there are takes the last one.
 */
export function weightsOf({ width, bucketCount, values }: Weights, bucket: number): Float64Array {
  const row = Math.min(bucket, bucketCount - 1);
  return values.subarray(row * width, (row + 1) * width);
}

/** Weighted sum of one candidate's features. */
export function scoreOf(weights: Float64Array, features: Float32Array, candidate: number): number {
  const begin = candidate * weights.length;
  let sum = 0;
  for (let f = 0; f < weights.length; f++) sum += weights[f] * features[begin + f];
  return sum;
}
