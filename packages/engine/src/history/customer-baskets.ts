/** The baskets of each customer in their order: what all that happens "between two purchases" is read from. */
import { InvalidInput } from "../errors.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { groupByRowInPieces, rowOf, type Incidence } from "../matrix/sparse.ts";
import type { TrainingView } from "./training-view.ts";

/** What of a `TrainingView` models of customers' baskets read; those of one customer oldest first. */
export type CustomerBaskets = Pick<
  TrainingView,
  "baskets" | "basketAt" | "basketCustomer" | "customerCount" | "productCount"
>;

/** The same with the end of the data, for what is still awaited then. */
export type DatedPurchases = Omit<CustomerBaskets, "productCount"> & Pick<TrainingView, "until">;

/** What baskets are grouped by. */
type BasketOwners = Omit<CustomerBaskets, "productCount">;

/**
 * @returns customers x baskets, oldest basket first; guests are left out. 4 bytes a basket and a customer.
 * @throws InvalidInput when there is not one customer and one time a basket, or a customer's basket is older than the one before
 * @example
 * const basketsOf = basketsByCustomer(view);
 * rowOf(basketsOf, 0); // the baskets of customer 0
 */
export function basketsByCustomer(purchases: BasketOwners): Incidence {
  return atOnce(basketsByCustomerInPieces(purchases));
}

/** The same, pausing on the way. */
export function* basketsByCustomerInPieces(purchases: BasketOwners): InPieces<Incidence> {
  const { baskets, basketAt, basketCustomer, customerCount } = purchases;
  if (basketAt.length !== baskets.rows || basketCustomer.length !== baskets.rows) {
    throw new InvalidInput("basketAt and basketCustomer", basketAt.length, `one of each for ${baskets.rows} baskets`);
  }
  const known = Uint32Array.from(basketCustomer.keys()).filter((basket) => basketCustomer[basket] >= 0);
  const basketsOf = yield* groupByRowInPieces({
    rows: customerCount,
    columns: baskets.rows,
    row: known.map((basket) => basketCustomer[basket]),
    column: known,
  });
  checkOrder(basketsOf, basketAt);
  return basketsOf;
}

function checkOrder({ rows, offsets, indices }: Incidence, basketAt: Float64Array): void {
  for (let customer = 0; customer < rows; customer++) {
    for (let i = offsets[customer] + 1; i < offsets[customer + 1]; i++) {
      const [before, basket] = [indices[i - 1], indices[i]];
      if (!(basketAt[basket] >= basketAt[before])) {
        const expected = `a time not before ${basketAt[before]}, that of the customer's basket before it`;
        throw new InvalidInput(`basketAt[${basket}]`, basketAt[basket], expected);
      }
    }
  }
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
