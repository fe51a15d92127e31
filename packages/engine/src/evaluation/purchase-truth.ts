/**
 * Cuts time in two: what each customer had bought before, and what they bought for the first time afterwards. The one
 * place where "last month" reads the future.
 */
import { InvalidInput } from "../errors.ts";
import { lineFlag, type OrderHistory } from "../history/order-history.ts";
import type { TrainingView } from "../history/training-view.ts";
import { groupByRow, rowOf, type Incidence } from "../matrix/sparse.ts";
import { latestOnce, purchasesByCustomer } from "./purchases-by-customer.ts";

/** One customer of an evaluation. Products are catalogue indices. */
export interface JudgedCustomer {
  /** Index into `orders.customers`. */
  readonly customer: number;
  /** What the models could know of: each product once, by its latest purchase, oldest first. */
  readonly history: Uint32Array;
  /** Everything bought before the cut, also before the training view began. */
  readonly owned: ReadonlySet<number>;
  /** Bought within the horizon and never before. */
  readonly relevant: ReadonlySet<number>;
}

/** The customers that can be judged, and those that cannot. */
export interface PurchaseTruth {
  readonly customers: readonly JudgedCustomer[];
  /** Customers of the horizon whom the training view knows, whether or not they bought anything new. */
  readonly returningCustomers: number;
  /** Customers of the horizon whom the training view does not know: nothing to go by, not judged. */
  readonly newCustomers: number;
}

/**
 * @param view what the models were trained on, made from the same orders
 * @param orders the whole history; cancelled lines and guests do not count
 * @param cut milliseconds since 1970, UTC: the horizon is [cut, end)
 * @example
 * const cut = Date.UTC(2026, 0, 1);
 * const truth = purchaseTruth(viewBefore(view, cut), orders, cut, cut + 30 * 86_400_000);
 */
export function purchaseTruth(view: TrainingView, orders: OrderHistory, cut: number, end: number): PurchaseTruth {
  if (view.productCount !== orders.productCount || view.customerCount !== orders.customers.size) {
    const found = `${view.productCount} products, ${view.customerCount} customers`;
    const expected = `made from the same orders (${orders.productCount} products, ${orders.customers.size} customers)`;
    throw new InvalidInput("view", found, expected);
  }
  const known = purchasesByCustomer(view);
  const before = purchases(orders, -Infinity, cut);
  const after = purchases(orders, cut, end);
  const customers: JudgedCustomer[] = [];
  let returningCustomers = 0;
  let newCustomers = 0;
  for (let customer = 0; customer < orders.customers.size; customer++) {
    const bought = rowOf(after, customer);
    if (bought.length === 0) continue;
    const history = latestOnce(rowOf(known, customer));
    if (history.length === 0) {
      newCustomers++;
      continue;
    }
    returningCustomers++;
    const owned = new Set(rowOf(before, customer));
    const relevant = new Set(bought.filter((product) => !owned.has(product)));
    const hasOthers = owned.size + relevant.size < orders.productCount;
    if (relevant.size > 0 && hasOthers) customers.push({ customer, history, owned, relevant });
  }
  return { customers, returningCustomers, newCustomers };
}

/** Customers x products of orders with `from <= placedAt < until`, cancelled lines and guests left out. */
function purchases(orders: OrderHistory, from: number, until: number): Incidence {
  const row: number[] = [];
  const column: number[] = [];
  for (let order = 0; order < orders.placedAt.length; order++) {
    const customer = orders.customerOf[order];
    if (customer < 0 || orders.placedAt[order] < from || orders.placedAt[order] >= until) continue;
    for (let line = orders.lineOffsets[order]; line < orders.lineOffsets[order + 1]; line++) {
      if (orders.lineFlags[line] & lineFlag.cancelled) continue;
      row.push(customer);
      column.push(orders.lineProduct[line]);
    }
  }
  return groupByRow({ rows: orders.customers.size, columns: orders.productCount, row, column });
}
