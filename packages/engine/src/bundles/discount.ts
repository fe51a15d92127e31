/**
 * From what a bundle promises to what each line costs less. Money is integer minor units throughout, whatever the
 * currency's exponent.
 *
 * - A percentage is taken once, on the whole, and the discount is rounded half up: half a unit goes to the shopper. Taken
 *   line by line it would depend on how the cart is split into lines.
 * - The amount is split over the lines by their price, to the last unit, by largest remainders: the parts add up. Where a
 *   floor keeps a line from carrying its part, the other lines carry it.
 * - Floors bind before promises: what no line can carry is not given.
 */
import { allocate } from "../catalogue/allocation.ts";
import type { Minor } from "../catalogue/money.ts";

/**
 * Splits a discount by price, no line getting more than it can carry.
 * @param amount minor units, at most the sum of `capacities`
 * @param prices what each line costs before the discount
 * @param capacities the most that each line can lose, at most its price
 * @returns one part a line; they add up to `amount`
 * @example
 * splitDiscount(100, [500, 500], [20, 500]); // [20, 80]
 */
export function splitDiscount(amount: Minor, prices: readonly Minor[], capacities: readonly Minor[]): Minor[] {
  const parts = prices.map(() => 0);
  for (let left = amount; left > 0;) {
    const open = prices.map((price, line) => (parts[line] < capacities[line] ? price : 0));
    const given = allocate(left, open);
    // Each turn gives all that is left or fills a line, so there are at most as many as lines.
    for (const [line, part] of given.entries()) {
      const taken = Math.min(part, capacities[line] - parts[line]);
      parts[line] += taken;
      left -= taken;
    }
  }
  return parts;
}

/**
 * What each unit of a line costs less when units must be priced alone: the parts of Shopify's
 * `approximateAllocatedAmountPerItem` (3 units, 4 cents: 0.01, 0.01, 0.02), the larger ones first.
 * @example
 * splitOverUnits(4, 3); // [2, 1, 1]
 */
export function splitOverUnits(amount: Minor, quantity: number): Minor[] {
  return allocate(
    amount,
    Array.from({ length: quantity }, () => 1),
  );
}
