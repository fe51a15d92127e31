/**
 * The protocol of next-basket recommendation: each customer's last basket, from all before it; products bought before
 * may be answered. Li et al., "A next basket recommendation reality check", TOIS 2023. Read its parts with `ofRepeats`
 * and `ofExploration`.
 */
import { requireInteger } from "../errors.ts";
import { columnSizes, rowOf } from "../matrix/sparse.ts";
import { basketsByCustomer, selectBaskets, type CustomerBaskets } from "../history/customer-baskets.ts";
import { purchaseHistories, type PurchaseQuestion } from "../sequences/index.ts";
import { withinRows } from "./leaks.ts";
import { purchasesByCustomer } from "./purchases-by-customer.ts";
import type { Split } from "./split.ts";

/** Whose last basket is asked about. */
export interface LastBasketOptions {
  /** Baskets a customer must have, the last one included. */
  readonly fewestBaskets?: number;
}

/**
 * Holds out the last basket of every customer who has enough; guests' baskets stay in the training part. Applied to the
 * training part of its own result, it holds out the last but one: the validation part.
 * @throws InvalidOption when `fewestBaskets` is below 2
 * @example
 * const test = lastBasket(view);
 * const validation = lastBasket(test.training);
 */
export function lastBasket(
  data: CustomerBaskets,
  { fewestBaskets = 2 }: LastBasketOptions = {},
): Split<CustomerBaskets, PurchaseQuestion> {
  requireInteger("fewestBaskets", fewestBaskets, 2);
  const basketsOf = basketsByCustomer(data);
  const lastOf = new Map<number, number>();
  let withTooFew = 0;
  for (let customer = 0; customer < data.customerCount; customer++) {
    const baskets = rowOf(basketsOf, customer);
    if (baskets.length >= fewestBaskets) lastOf.set(customer, baskets[baskets.length - 1]);
    else if (baskets.length > 0) withTooFew++;
  }
  const held = new Set(lastOf.values());
  const training = selectBaskets(data, (basket) => !held.has(basket));
  const customers = Uint32Array.from(lastOf.keys());
  const about = purchaseHistories(training);
  const { findLeak } = withinRows(purchasesByCustomer(training));
  return {
    protocol:
      "last basket: all of each customer's last basket, from all before it; whole catalogue ranked, repeats too",
    training,
    productCount: data.productCount,
    popularity: { counts: columnSizes(training.baskets), among: training.baskets.rows },
    questions: {
      length: customers.length,
      at(index) {
        const unit = customers[index];
        const relevant = new Set(rowOf(data.baskets, lastOf.get(unit) ?? 0));
        return { query: { ...about(unit), repeats: true }, relevant, unit };
      },
    },
    leftOut: { customersWithTooFewBaskets: withTooFew },
    findLeak: (learnedFrom) => (learnedFrom === training ? undefined : findLeak(purchasesByCustomer(learnedFrom))),
  };
}
