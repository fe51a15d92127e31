/** The baskets of each customer in their order: what next-basket models learn from. */
import type { TrainingView } from "../history/training-view.ts";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";

/** What of a `TrainingView` next-basket models read. */
export type CustomerBaskets = Pick<
  TrainingView,
  "baskets" | "basketAt" | "basketCustomer" | "customerCount" | "productCount"
>;

/**
 * @returns customers x baskets, oldest basket first; guests are left out
 * @example
 * const basketsOf = basketsByCustomer(view);
 * rowOf(basketsOf, 0); // the baskets of customer 0
 */
export function basketsByCustomer({ baskets, basketCustomer, customerCount }: CustomerBaskets): Incidence {
  const known = Uint32Array.from({ length: baskets.rows }, (_, basket) => basket).filter(
    (basket) => basketCustomer[basket] >= 0,
  );
  return groupByRow({
    rows: customerCount,
    columns: baskets.rows,
    row: known.map((basket) => basketCustomer[basket]),
    column: known,
  });
}
