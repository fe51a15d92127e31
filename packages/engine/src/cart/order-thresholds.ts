/** Threshold analysis over a shop's order history: which orders count, and what each came to at checkout. */
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";
import { checkoutOfLine, type OrderHistory } from "../history/order-history.ts";
import { countBelow } from "../matrix/bisect.ts";
import { findThresholdOpportunities, type ThresholdAnalysis, type ThresholdOptions } from "./thresholds.ts";

/** Which orders are looked at. */
export interface OrderThresholdOptions extends ThresholdOptions {
  /** Milliseconds since 1970, UTC: `from <= placed < until`. All orders when left out. */
  readonly from?: number;
  readonly until?: number;
}

/** What the orders of one currency say of thresholds. */
export interface OrderThresholds extends ThresholdAnalysis {
  readonly currency: string;
  /** Orders of the period that are in other currencies. */
  readonly otherCurrencies: number;
}

/**
 * The value of each order at checkout, as a threshold saw it: quantity x price after discounts, whatever was sent back
 * later. Lines that were never shipped are left out. Orders in other currencies and outside the period are left out.
 * @returns in minor units, oldest order first; 0 for orders of which nothing was shipped
 * @example
 * const values = checkoutValues(history, "EUR");
 */
export function checkoutValues(
  history: OrderHistory,
  currency: string,
  { from = -Infinity, until = Infinity }: Pick<OrderThresholdOptions, "from" | "until"> = {},
): Float64Array {
  const { placedAt, currencies, currencyOf } = history;
  const values: number[] = [];
  for (let order = countBelow(placedAt, from); order < countBelow(placedAt, until); order++) {
    if (currencies[currencyOf[order]] === currency) values.push(checkoutValue(history, order));
  }
  return Float64Array.from(values);
}

/**
 * Threshold analysis of the orders of one market's currency. Thresholds that were in force only for a while are looked at
 * for bunching over that period: set `from` and `until`.
 * @throws InvalidInput when the period ends before it begins, or no order of the period and currency has a value
 * @example
 * const analysis = analyseOrderThresholds(history, market, { candidates: [4000, 5000], uptake: 0.1 });
 * analysis.opportunities[0].ordersJustShort.value;
 */
export function analyseOrderThresholds(
  history: OrderHistory,
  { currency }: Pick<Market, "currency">,
  { from = -Infinity, until = Infinity, ...options }: OrderThresholdOptions = {},
): OrderThresholds {
  if (!(from < until)) throw new InvalidInput("until", until, `after from (${from})`);
  const { placedAt } = history;
  const values = checkoutValues(history, currency, { from, until });
  if (!values.some((value) => value > 0)) {
    throw new InvalidInput("history", "none", `orders in ${currency} with a value, in the period that was asked for`);
  }
  const orders = countBelow(placedAt, until) - countBelow(placedAt, from);
  return { currency, otherCurrencies: orders - values.length, ...findThresholdOpportunities(values, options) };
}

function checkoutValue(history: OrderHistory, order: number): number {
  let value = 0;
  for (let line = history.lineOffsets[order]; line < history.lineOffsets[order + 1]; line++) {
    value += checkoutOfLine(history, line);
  }
  return value;
}
