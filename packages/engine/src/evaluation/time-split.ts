/**
 * The protocol "split in time": learn from everything before a cut, ask each known customer who came back what they
 * bought afterwards. The one split whose figures a shop can hope to see: nobody's future is in the training part.
 * Meng et al., "Exploring data splitting strategies for the evaluation of recommendation models", RecSys 2020.
 */
import { InvalidInput } from "../errors.ts";
import { customerMatrix, viewBefore, type TrainingView } from "../history/training-view.ts";
import { countBelow } from "../matrix/bisect.ts";
import { columnSizes, rowSizes, type Incidence } from "../matrix/sparse.ts";
import { purchaseHistories, type PurchaseQuestion } from "../sequences/index.ts";
import { askAboutRows, type HeldOutOptions } from "./held-out-rows.ts";
import { nothingSince } from "./leaks.ts";
import { purchasesByCustomer } from "./purchases-by-customer.ts";
import { rowsBetween } from "./row-range.ts";
import type { Split } from "./split.ts";

/** A question about a customer at a moment. */
export interface DatedQuestion extends PurchaseQuestion {
  /** Index of the customer in the view. */
  readonly customer: number;
  /** The cut, in milliseconds since 1970, UTC. */
  readonly at: number;
}

/** Where time is cut. */
export interface TimeSplitOptions extends HeldOutOptions {
  /** Milliseconds since 1970, UTC: the first moment that is not learned from. */
  readonly cut: number;
  /** The first moment that is not asked about; the end of the view when left out. */
  readonly until?: number;
}

/**
 * Applied to a training part, with an earlier cut, it makes the validation part.
 * @throws InvalidInput unless view.from < cut < until
 * @example
 * const month = 30 * 86_400_000;
 * const test = timeSplit(view, { cut: view.until - month });
 * const validation = timeSplit(test.training, { cut: test.training.until - month });
 */
export function timeSplit(
  view: TrainingView,
  { cut, until = view.until, repeats = false }: TimeSplitOptions,
): Split<TrainingView, DatedQuestion> {
  if (!(view.from < cut && cut < until)) throw new InvalidInput("cut", cut, `between ${view.from} and ${until}`);
  const training = viewBefore(view, cut);
  const purchases = (data: Parameters<typeof purchasesByCustomer>[0]): Incidence =>
    rowsBetween(purchasesByCustomer(data), 0, view.customerCount);
  const known = purchases(training);
  const later = purchases(basketsBetween(view, training.baskets.rows, countBelow(view.basketAt, until)));
  const buyers = customerMatrix(training);
  const about = purchaseHistories(training);
  return {
    protocol: `split in time at ${new Date(cut).toISOString()}; whole catalogue ranked, ${repeats ? "repeats too" : "what was bought before masked"}`,
    training,
    productCount: view.productCount,
    popularity: { counts: columnSizes(buyers), among: rowSizes(buyers).filter((size) => size > 0).length },
    ...askAboutRows(known, later, repeats, (customer) => ({ ...about(customer), repeats, customer, at: cut })),
    findLeak: nothingSince(cut).findLeak,
  };
}

/** The baskets of a run of rows. */
function basketsBetween(
  { baskets, basketCustomer, customerCount, productCount }: TrainingView,
  from: number,
  until: number,
): Parameters<typeof purchasesByCustomer>[0] {
  return {
    baskets: rowsBetween(baskets, from, until),
    basketCustomer: basketCustomer.subarray(from, until),
    customerCount,
    productCount,
  };
}
