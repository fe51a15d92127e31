/**
 * How surprising a list is: the mean self-information of its products. Zhou et al., "Solving the apparent
 * diversity-accuracy dilemma of recommender systems", PNAS 107 (2010).
 */
import { requireInteger } from "../errors.ts";

/** How many had each product, of how many that could have. */
export interface Popularity {
  /** One count a product, for example the customers who bought it before the cut. */
  readonly counts: ArrayLike<number>;
  /** What the counts are shares of: customers, baskets or sessions. */
  readonly among: number;
}

/**
 * Novelty@k: the mean over the first k of log2(among / count), in bits: 0 when everybody has all of them, 10 when one in
 * a thousand does. A product that nobody had counts like one that one had, so that the figure stays finite.
 * @returns NaN of an empty list
 * @example
 * novelty([0, 1], 2, { counts: [8, 1], among: 8 }); // (0 + 3) / 2 = 1.5 bits
 */
export function novelty(ranked: ArrayLike<number>, k: number, { counts, among }: Popularity): number {
  requireInteger("k", k, 1);
  const length = Math.min(k, ranked.length);
  let bits = 0;
  for (let place = 0; place < length; place++) bits += Math.log2(among / Math.max(1, counts[ranked[place]]));
  return bits / length;
}
