/**
 * How many orders hold a whole set of products, where only pairs, and perhaps triples, were counted. Sets of more are
 * estimated by Kirkwood's superposition, "Statistical mechanics of fluid mixtures", Journal of Chemical Physics 3 (1935):
 * the product of the pairs' rates over the products' rates to the power of size - 2, which is exact for products that are
 * dependent in pairs only. Never more than the rarest pair or triple in the set.
 */

/** Counts of orders. */
export interface OrderCounts {
  /** All orders. */
  readonly orders: number;
  ofProduct(product: number): number;
  ofPair(a: number, b: number): number;
  /** Undefined when the triple was not counted. */
  ofTriple(a: number, b: number, c: number): number | undefined;
}

/**
 * @param products at least two, ascending
 * @returns orders, not always a whole number; whether they were counted
 * @example
 * jointOrders([3, 8, 20], counts);
 */
export function jointOrders(products: readonly number[], counts: OrderCounts): { joint: number; isCounted: boolean } {
  const [a, b, c] = products;
  if (products.length === 2) return { joint: counts.ofPair(a, b), isCounted: true };
  const triple = products.length === 3 ? counts.ofTriple(a, b, c) : undefined;
  if (triple !== undefined) return { joint: triple, isCounted: true };
  let logRate = 0;
  let ceiling = Infinity;
  for (const [place, one] of products.entries()) {
    logRate -= (products.length - 2) * Math.log(counts.ofProduct(one) / counts.orders);
    for (const [between, other] of products.slice(place + 1).entries()) {
      const pair = counts.ofPair(one, other);
      logRate += Math.log(pair / counts.orders);
      ceiling = Math.min(ceiling, pair);
      for (const third of products.slice(place + between + 2))
        ceiling = Math.min(ceiling, counts.ofTriple(one, other, third) ?? Infinity);
    }
  }
  return { joint: Math.min(ceiling, counts.orders * Math.exp(logRate)), isCounted: false };
}
