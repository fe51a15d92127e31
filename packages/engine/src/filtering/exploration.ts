/**
 * A quota for products that nobody could know yet: at least every so many-th place of an answer goes to one of them, so
 * that they are seen and can earn a place of their own. Without it, what is new stays unseen until it is old.
 * The places are fixed, not drawn: an answer that must be random is drawn by the decision, which keeps its propensity.
 */
import { requireNumber } from "../errors.ts";

/**
 * Deals two rankings into one: at the end of every 1 / quota places one explorer steps in. A product in both keeps its
 * better place; when one ranking runs out the other goes on.
 * @param proven products, best first
 * @param explorers products that need to be seen, best first
 * @param quota share of places for explorers, from 0 (none, not even to fill) to 1
 * @returns at most `count` products, none twice
 * @example
 * dealQuota([1, 2, 3, 4], [9, 8], 0.25, 5); // [1, 2, 3, 9, 4]
 */
export function dealQuota(
  proven: ArrayLike<number>,
  explorers: ArrayLike<number>,
  quota: number,
  count: number,
): number[] {
  requireNumber("quota", quota, 0, 1);
  const dealt = new Set<number>();
  const nextProven = createDealer(proven, dealt);
  const nextExplorer = createDealer(quota > 0 ? explorers : [], dealt);
  while (dealt.size < count) {
    // Rounding must not push the fourth of four places to the fifth.
    const isForExplorer = Math.floor((dealt.size + 1) * quota + 1e-9) > Math.floor(dealt.size * quota + 1e-9);
    const product = isForExplorer ? (nextExplorer() ?? nextProven()) : (nextProven() ?? nextExplorer());
    if (product === undefined) break;
    dealt.add(product);
  }
  return Array.from(dealt);
}

/** Gives the next product that was not dealt yet. */
function createDealer(products: ArrayLike<number>, dealt: ReadonlySet<number>): () => number | undefined {
  let place = 0;
  return () => {
    while (place < products.length && dealt.has(products[place])) place++;
    return place < products.length ? products[place] : undefined;
  };
}

/** Scores that say the place only: 1, 1/2, 1/3 ... Places do not depend on how many are asked for. */
export function scoresByPlace(length: number): Float64Array {
  return Float64Array.from({ length }, (_, place) => 1 / (place + 1));
}
