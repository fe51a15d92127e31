/** Turns what each product of a history added to a score into shares of it. */
import type { Contribution } from "./recommender.ts";

/**
 * @param products distinct products of the history
 * @param amounts what each added to the score, zero or more
 * @returns the products that added something, largest share first; shares sum to 1. Empty when nothing was added.
 * @example
 * sharesOf([4, 7], [3, 1]); // [{ product: 4, share: 0.75 }, { product: 7, share: 0.25 }]
 */
export function sharesOf(products: ArrayLike<number>, amounts: ArrayLike<number>): Contribution[] {
  let total = 0;
  for (let i = 0; i < amounts.length; i++) total += amounts[i];
  const shares: Contribution[] = [];
  for (let i = 0; i < products.length; i++) {
    if (amounts[i] > 0) shares.push({ product: products[i], share: amounts[i] / total });
  }
  return shares.sort((a, b) => b.share - a.share || a.product - b.product);
}
