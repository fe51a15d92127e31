/** When each customer bought each product for the first time: what directed relations are mined from. */
import { groupByRowInPieces, rowOf, type SparseMatrix } from "../matrix/sparse.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { TrainingView } from "../history/training-view.ts";

/** What of a `TrainingView` is read. */
export type PurchaseView = Pick<
  TrainingView,
  "baskets" | "basketAt" | "basketCustomer" | "customerCount" | "productCount" | "until"
>;

/** Customers read between two pauses. */
const customersAPiece = 1024;

/**
 * Guests are left out: nothing is known of what they had before. So are customers with more products than
 * `maximumProducts`, who buy for others.
 * @returns customers x products with milliseconds since 1970, in the order of purchase within a row
 * @example
 * const firsts = atOnce(firstPurchasesInPieces(view, 200));
 */
export function* firstPurchasesInPieces(view: PurchaseView, maximumProducts: number): InPieces<SparseMatrix> {
  const { baskets, basketAt, basketCustomer, customerCount, productCount } = view;
  const known = Uint32Array.from({ length: baskets.rows }, (_, basket) => basket).filter(
    (basket) => basketCustomer[basket] >= 0,
  );
  const basketsOf = yield* groupByRowInPieces({
    rows: customerCount,
    columns: baskets.rows,
    row: known.map((basket) => basketCustomer[basket]),
    column: known,
  });
  const offsets = new Uint32Array(customerCount + 1);
  const indices = new GrowingColumn(Uint32Array);
  const values = new GrowingColumn(Float64Array);
  const seenBy = new Int32Array(productCount).fill(-1);
  for (let customer = 0; customer < customerCount; customer++) {
    if (customer % customersAPiece === 0) yield;
    const products: number[] = [];
    const times: number[] = [];
    for (const basket of rowOf(basketsOf, customer)) {
      for (const product of rowOf(baskets, basket)) {
        if (seenBy[product] === customer) continue;
        seenBy[product] = customer;
        products.push(product);
        times.push(basketAt[basket]);
      }
    }
    if (products.length <= maximumProducts) {
      for (const product of products) indices.push(product);
      for (const time of times) values.push(time);
    }
    offsets[customer + 1] = indices.length;
  }
  return { rows: customerCount, columns: productCount, offsets, indices: indices.trimmed(), values: values.trimmed() };
}
