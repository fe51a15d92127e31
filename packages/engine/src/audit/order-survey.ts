/** One pass over the orders that collects what several sections of the report need. */
import { lineFlag, netOfLine, type OrderHistory } from "../history/order-history.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";

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
  const tallies = createTallies(history, homeCurrency);
  const pace = createPacer("reading orders", history.placedAt.length, controls);
  for (let order = 0; order < history.placedAt.length; order++) {
    if ((order & 1023) === 0 && pace.isDue()) await pace.rest(order);
    tallies.add(order);
  }
  pace.finish();
  return tallies.result();
}

/** Days between the first and the last order, at least one. */
export function periodDays({ firstAt, lastAt }: OrderSurvey): number {
  return Math.max(1, (lastAt - firstAt) / 86_400_000);
}

function createTallies(
  history: OrderHistory,
  homeCurrency: string,
): { add(order: number): void; result(): OrderSurvey } {
  const sums = {
    orders: 0,
    cancelledOrders: 0,
    lines: 0,
    cancelledLines: 0,
    returnedLines: 0,
    ordersWithReturns: 0,
    pieces: 0,
    guestOrders: 0,
    singleProductOrders: 0,
    basketProducts: 0,
    refunded: 0,
    firstAt: Infinity,
    lastAt: -Infinity,
  };
  const ordersByCurrency = new Map<string, number>();
  const ordersOfCustomer = new Uint32Array(history.customers.size);
  const ordersOfProduct = new Uint32Array(history.productCount);
  const homeOrdersOfProduct = new Uint32Array(history.productCount);
  const seenIn = new Int32Array(history.productCount).fill(-1);
  const netValues = new Float64Array(history.placedAt.length);
  const checkoutValues = new Float64Array(history.placedAt.length);
  const homePlacedAt = new Float64Array(history.placedAt.length);
  let homeOrders = 0;

  function add(order: number): void {
    const currency = history.currencies[history.currencyOf[order]];
    const isHome = currency === homeCurrency;
    const { products, returned, net, checkout, refunded } = addLines(order, isHome);
    if (products === 0) {
      sums.cancelledOrders++;
      return;
    }
    sums.orders++;
    sums.basketProducts += products;
    if (products === 1) sums.singleProductOrders++;
    if (returned) sums.ordersWithReturns++;
    sums.firstAt = Math.min(sums.firstAt, history.placedAt[order]);
    sums.lastAt = Math.max(sums.lastAt, history.placedAt[order]);
    ordersByCurrency.set(currency, (ordersByCurrency.get(currency) ?? 0) + 1);
    if (history.customerOf[order] < 0) sums.guestOrders++;
    else ordersOfCustomer[history.customerOf[order]]++;
    if (!isHome) return;
    sums.refunded += refunded;
    netValues[homeOrders] = net;
    checkoutValues[homeOrders] = checkout;
    homePlacedAt[homeOrders++] = history.placedAt[order];
  }

  /** Adds an order's lines to the sums and says what they come to. */
  function addLines(order: number, isHome: boolean) {
    let products = 0;
    let returned = false;
    let net = 0;
    let checkout = 0;
    let refunded = 0;
    for (let line = history.lineOffsets[order]; line < history.lineOffsets[order + 1]; line++) {
      if (history.lineFlags[line] & lineFlag.cancelled) {
        sums.cancelledLines++;
        continue;
      }
      sums.lines++;
      sums.pieces += history.lineQuantity[line];
      net += netOfLine(history, line);
      checkout += Math.max(0, history.lineQuantity[line] * history.lineUnitPrice[line] - history.lineDiscount[line]);
      refunded += history.lineRefunded[line];
      if (history.lineFlags[line] & lineFlag.returned) {
        sums.returnedLines++;
        returned = true;
      }
      const product = history.lineProduct[line];
      if (seenIn[product] === order) continue;
      seenIn[product] = order;
      products++;
      ordersOfProduct[product]++;
      if (isHome) homeOrdersOfProduct[product]++;
    }
    return { products, returned, net, checkout, refunded };
  }

  return {
    add,
    result: () => ({
      ...sums,
      homeCurrency,
      customers: ordersOfCustomer.reduce((count, orders) => count + (orders > 0 ? 1 : 0), 0),
      returningCustomers: ordersOfCustomer.reduce((count, orders) => count + (orders > 1 ? 1 : 0), 0),
      productsSold: ordersOfProduct.reduce((count, orders) => count + (orders > 0 ? 1 : 0), 0),
      ordersByCurrency,
      netValues: netValues.slice(0, homeOrders),
      checkoutValues: checkoutValues.slice(0, homeOrders),
      homePlacedAt: homePlacedAt.slice(0, homeOrders),
      ordersOfProduct,
      homeOrdersOfProduct,
    }),
  };
}
