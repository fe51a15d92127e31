/** Policies that every strategy is held against: nothing, what everybody buys, and the best that could be shown. */
import { TopK } from "../matrix/index.ts";
import { day } from "./demo-shop/calendar.ts";
import type { ShopperPolicy } from "./shoppers/policy.ts";
import type { ShopperPopulation } from "./shoppers/population.ts";

/** A shop without recommendations. */
export const showNothing: ShopperPolicy = () => [];

/** How far back sales count. */
const bestsellerDays = 90;

/**
 * The same bestsellers on every page: units sold in the 90 days before the simulation, without what is out of stock, on
 * the page, or in the cart.
 * @example
 * const outcomes = await simulateVisits(population, bestsellersOf(population), { seed: "spring" });
 */
export function bestsellersOf({ shop, indexOf, available, productIds, behaviour }: ShopperPopulation): ShopperPolicy {
  const since = new Date(shop.until - bestsellerDays * day).toISOString();
  const sold = new Float64Array(productIds.length);
  for (const { placedAt, lines } of shop.orders) {
    if (placedAt < since) continue;
    for (const { productId, quantity, cancelled } of lines) {
      const product = indexOf.get(productId);
      if (product !== undefined && cancelled !== true) sold[product] += quantity;
    }
  }
  const best = new TopK(productIds.length);
  for (const [product, units] of sold.entries()) if (available[product] === 1) best.offer(product, units);
  const ranking = Array.from(best.ranked().products, (product) => productIds[product]);
  return ({ limit = behaviour.slots, productId, cart = [] }) => {
    const slate: string[] = [];
    for (const id of ranking) {
      if (slate.length === limit) break;
      if (id !== productId && !cart.some((line) => line.productId === id)) slate.push(id);
    }
    return slate;
  };
}

/**
 * Knows every taste, and what is in the shopper's mind: shows what adds most revenue on average, best first, which is the
 * best slate of a page under the position-based model. It looks no further than the page, so it is not the best there is.
 * @example
 * const policies = { none: showNothing, mine, oracle: oraclePolicy };
 */
export const oraclePolicy: ShopperPolicy = ({ limit = 0 }, { expectedRevenue, productIds }) => {
  const best = new TopK(limit);
  for (const [product, revenue] of expectedRevenue().entries()) if (revenue > 0) best.offer(product, revenue);
  return Array.from(best.ranked().products, (product) => productIds[product]);
};
