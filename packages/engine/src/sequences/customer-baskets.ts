/** The baskets of each customer in their order: what next-basket models learn from. */
import type { TrainingView } from "../history/training-view.ts";
import { groupByRow, rowOf, type Incidence } from "../matrix/sparse.ts";

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

/**
 * The baskets that `keeps` says yes to; customers and products keep their indices.
 * @example
 * const before = selectBaskets(view, (basket) => view.basketAt[basket] < cut);
 */
export function selectBaskets(data: CustomerBaskets, keeps: (basket: number) => boolean): CustomerBaskets {
  const { baskets, basketAt, basketCustomer, customerCount, productCount } = data;
  const kept = Uint32Array.from({ length: baskets.rows }, (_, basket) => basket).filter(keeps);
  const offsets = new Uint32Array(kept.length + 1);
  for (const [row, basket] of kept.entries()) {
    offsets[row + 1] = offsets[row] + baskets.offsets[basket + 1] - baskets.offsets[basket];
  }
  const indices = new Uint32Array(offsets[kept.length]);
  for (const [row, basket] of kept.entries()) indices.set(rowOf(baskets, basket), offsets[row]);
  return {
    baskets: { rows: kept.length, columns: baskets.columns, offsets, indices },
    basketAt: Float64Array.from(kept, (basket) => basketAt[basket]),
    basketCustomer: Int32Array.from(kept, (basket) => basketCustomer[basket]),
    customerCount,
    productCount,
  };
}
