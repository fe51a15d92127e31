/**
 * Recency, frequency and money of each customer, scored from 1 to 5 by quintiles (Hughes, "Strategic Database Marketing",
 * 1994). Customers with the same value get the same score: that of the middle of their ranks. So quintiles are of equal
 * size only where values differ, and a shop whose customers all bought once gives all of them a frequency of 3.
 */
import type { Identifiers } from "../catalogue/identifiers.ts";
import { InvalidOption } from "../errors.ts";
import { lineFlag, netOfOrder, type OrderHistory } from "../history/order-history.ts";
import { rfmSegmentOf, type RfmSegment } from "./rfm-segments.ts";

export interface RfmOptions {
  /** Now, in milliseconds since 1970, UTC. Later orders do not count. */
  readonly at: number;
  /** What one minor unit of each currency is worth in the one that money is told in. Needed when there are several. */
  readonly rates?: Readonly<Record<string, number>>;
}

/** A row a customer of the history. Those without an order that counts have 0 in all columns but `days`, which is NaN. */
export interface RfmScores {
  readonly customers: Identifiers;
  /** Days since the last order. */
  readonly days: Float64Array;
  readonly orders: Uint32Array;
  /** Net of discounts, cancellations and refunds. */
  readonly spent: Float64Array;
  /** From 1 to 5, best. */
  readonly recency: Uint8Array;
  /** From 1 to 5, best. */
  readonly frequency: Uint8Array;
  /** From 1 to 5, best. */
  readonly monetary: Uint8Array;
  /** Undefined for those without an order that counts. */
  segmentOf(customer: number): RfmSegment | undefined;
}

const day = 86_400_000;

/**
 * Orders of which every line was cancelled do not count; guests do not either.
 * @throws InvalidOption when a currency has no rate, or the time is no number
 * @example
 * const scores = scoreRfm(orders, { at });
 * scores.segmentOf(scores.customers.indexOf("c1") ?? 0); // "champions"
 */
export function scoreRfm(history: OrderHistory, { at, rates }: RfmOptions): RfmScores {
  if (!Number.isFinite(at)) throw new InvalidOption("at", at, "milliseconds since 1970, UTC");
  const { days, orders, spent } = sumOrders(history, at, rateOf(history, rates));
  const buyers = Uint32Array.from(orders.keys()).filter((customer) => orders[customer] > 0);
  const recency = quintiles(
    buyers,
    days.map((since) => -since),
  );
  const frequency = quintiles(buyers, orders);
  const monetary = quintiles(buyers, spent);
  return {
    customers: history.customers,
    days,
    orders,
    spent,
    recency,
    frequency,
    monetary,
    segmentOf(customer) {
      if (!(orders[customer] > 0)) return undefined;
      return rfmSegmentOf(recency[customer], frequency[customer], monetary[customer]);
    },
  };
}

/** @returns the rate of each currency by its index in the history */
function rateOf({ currencies }: OrderHistory, rates: RfmOptions["rates"]): number[] {
  return currencies.map((currency) => {
    const rate = rates?.[currency] ?? (currencies.length === 1 && !rates ? 1 : Number.NaN);
    if (!(rate > 0 && rate < Infinity)) {
      throw new InvalidOption(`rates.${currency}`, rates?.[currency], "a rate above 0 for each currency of the orders");
    }
    return rate;
  });
}

function sumOrders(
  history: OrderHistory,
  at: number,
  rates: readonly number[],
): Pick<RfmScores, "days" | "orders" | "spent"> {
  const size = history.customers.size;
  const days = new Float64Array(size).fill(Number.NaN);
  const orders = new Uint32Array(size);
  const spent = new Float64Array(size);
  for (let order = 0; order < history.placedAt.length; order++) {
    const customer = history.customerOf[order];
    // Oldest first: the rest is later still.
    if (history.placedAt[order] > at) break;
    if (customer < 0 || isCancelled(history, order)) continue;
    days[customer] = (at - history.placedAt[order]) / day;
    orders[customer]++;
    spent[customer] += netOfOrder(history, order) * rates[history.currencyOf[order]];
  }
  return { days, orders, spent };
}

function isCancelled({ lineOffsets, lineFlags }: OrderHistory, order: number): boolean {
  for (let line = lineOffsets[order]; line < lineOffsets[order + 1]; line++) {
    if (!(lineFlags[line] & lineFlag.cancelled)) return false;
  }
  return true;
}

/**
 * @param rows those that are scored; the others get 0
 * @param values the greater the better, by row
 * @returns 1 + floor(5 x the share of rows below, ties counting half): at the middle of its ranks
 */
function quintiles(rows: Uint32Array, values: ArrayLike<number>): Uint8Array {
  const scores = new Uint8Array(values.length);
  const ranked = rows.toSorted((one, other) => values[one] - values[other]);
  for (let begin = 0; begin < ranked.length;) {
    let end = begin + 1;
    while (end < ranked.length && values[ranked[end]] === values[ranked[begin]]) end++;
    const score = 1 + Math.floor((5 * (begin + end)) / (2 * ranked.length));
    for (let place = begin; place < end; place++) scores[ranked[place]] = Math.min(5, score);
    begin = end;
  }
  return scores;
}
