/** One pass over the orders that collects what several sections of the report need. */
import type { OrderHistory } from "../history/order-history.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { addOrder, createOrderTallies, type OrderTallies } from "./order-tallies.ts";

/** Tallies over all orders, and values of those in the home currency. */
export interface OrderSurvey {
  /** ISO 4217; all money of the report is in it. */
  readonly homeCurrency: string;
  /** Orders with at least one line that was not cancelled. Everything below is about these. */
  readonly orders: number;
  /** Orders whose lines were all cancelled. */
  readonly cancelledOrders: number;
  readonly lines: number;
  readonly cancelledLines: number;
  readonly returnedLines: number;
  readonly ordersWithReturns: number;
  readonly pieces: number;
  readonly guestOrders: number;
  readonly customers: number;
  readonly returningCustomers: number;
  readonly singleProductOrders: number;
  /** Distinct products summed over orders. */
  readonly basketProducts: number;
  readonly productsSold: number;
  /** Milliseconds since 1970 of the first and the last order. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly ordersByCurrency: ReadonlyMap<string, number>;
  /** Net of discounts, cancellations and refunds, an entry an order in the home currency, in minor units. */
  readonly netValues: Float64Array;
  /** The same orders at checkout: after discounts, before refunds. What a threshold is held against. */
  readonly checkoutValues: Float64Array;
  readonly homePlacedAt: Float64Array;
  /** Money given back on orders in the home currency. */
  readonly refunded: number;
  /** Orders with each product, in all currencies and in the home currency. */
  readonly ordersOfProduct: Uint32Array;
  readonly homeOrdersOfProduct: Uint32Array;
}

/** Counts orders in one pass. */
export async function surveyOrders(
  history: OrderHistory,
  homeCurrency: string,
  controls: TrainingControls,
): Promise<OrderSurvey> {
  const tallies = createOrderTallies(history, homeCurrency);
  const pace = createPacer("reading orders", history.placedAt.length, controls);
  for (let order = 0; order < history.placedAt.length; order++) {
    if ((order & 1023) === 0 && pace.isDue()) await pace.rest(order);
    addOrder(tallies, order);
  }
  pace.finish();
  return surveyOf(tallies);
}

/** Days between the first and the last order, at least one. */
export function periodDays({ firstAt, lastAt }: OrderSurvey): number {
  return Math.max(1, (lastAt - firstAt) / 86_400_000);
}

function surveyOf({ sums, homeOrders, ...columns }: OrderTallies): OrderSurvey {
  const countAbove = (bound: number, counts: Uint32Array): number =>
    counts.reduce((found, count) => found + (count > bound ? 1 : 0), 0);
  return {
    ...sums,
    homeCurrency: columns.homeCurrency,
    customers: countAbove(0, columns.ordersOfCustomer),
    returningCustomers: countAbove(1, columns.ordersOfCustomer),
    productsSold: countAbove(0, columns.ordersOfProduct),
    ordersByCurrency: columns.ordersByCurrency,
    netValues: columns.netValues.slice(0, homeOrders),
    checkoutValues: columns.checkoutValues.slice(0, homeOrders),
    homePlacedAt: columns.homePlacedAt.slice(0, homeOrders),
    ordersOfProduct: columns.ordersOfProduct,
    homeOrdersOfProduct: columns.homeOrdersOfProduct,
  };
}
