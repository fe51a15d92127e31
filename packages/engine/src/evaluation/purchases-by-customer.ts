/** What each customer bought, in order: read by protocols that ask about purchases. */
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";

/**
 * @returns customers x products in the order of purchase, repetitions kept; one more row holds what guests bought
 * @example
 * rowOf(purchasesByCustomer(view), 0); // all that customer 0 bought
 */
export function purchasesByCustomer({
  baskets,
  basketCustomer,
  customerCount,
  productCount,
}: Omit<CustomerBaskets, "basketAt">): Incidence {
  const row = new Uint32Array(baskets.indices.length);
  for (let basket = 0; basket < baskets.rows; basket++) {
    const buyer = basketCustomer[basket] < 0 ? customerCount : basketCustomer[basket];
    row.fill(buyer, baskets.offsets[basket], baskets.offsets[basket + 1]);
  }
  const column = baskets.indices.subarray(0, baskets.offsets[baskets.rows]);
  return groupByRow({ rows: customerCount + 1, columns: productCount, row: row.subarray(0, column.length), column });
}

/** Each product once, at its last place. */
export function latestOnce(products: Uint32Array): Uint32Array {
  const seen = new Set<number>();
  for (let place = products.length - 1; place >= 0; place--) seen.add(products[place]);
  return Uint32Array.from(seen).toReversed();
}
