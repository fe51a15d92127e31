/**
 * How little the products of one list resemble one another. Ziegler et al., "Improving recommendation lists through
 * topic diversification", WWW 2005, whose intra-list similarity this is the complement of.
 */
import { requireInteger } from "../errors.ts";

/** How alike two products are, from 0 to 1, the same in both directions. */
export type Similarity = (product: number, other: number) => number;

/**
 * Intra-list diversity@k: one minus the mean similarity over all pairs of the first k.
 * @returns from 0, all alike, to 1; NaN of a list with fewer than two products; O(k^2) calls of `similarity`
 * @example
 * const sameCategory = (a: number, b: number) => (categoryOf[a] === categoryOf[b] ? 1 : 0);
 * intraListDiversity([0, 1, 2], 3, sameCategory);
 */
export function intraListDiversity(ranked: ArrayLike<number>, k: number, similarity: Similarity): number {
  requireInteger("k", k, 1);
  const length = Math.min(k, ranked.length);
  let alike = 0;
  for (let place = 1; place < length; place++) {
    for (let before = 0; before < place; before++) alike += similarity(ranked[before], ranked[place]);
  }
  return length < 2 ? NaN : 1 - alike / ((length * (length - 1)) / 2);
}
