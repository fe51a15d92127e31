/** What is added up while orders pass by, one after another. */
import { checkoutOfLine, lineFlag, netOfLine, type OrderHistory } from "../history/order-history.ts";

/** Sums over the orders so far; named as in the survey. */
export interface OrderTallies {
  readonly history: OrderHistory;
  readonly homeCurrency: string;
  readonly sums: ReturnType<typeof emptySums>;
  readonly ordersByCurrency: Map<string, number>;
  readonly ordersOfCustomer: Uint32Array;
  readonly ordersOfProduct: Uint32Array;
  readonly homeOrdersOfProduct: Uint32Array;
  /** The order that each product was last seen in. */
  readonly seenIn: Int32Array;
  readonly netValues: Float64Array;
  readonly checkoutValues: Float64Array;
  readonly homePlacedAt: Float64Array;
  homeOrders: number;
}

function emptySums() {
  return {
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
}

export function createOrderTallies(history: OrderHistory, homeCurrency: string): OrderTallies {
  const { placedAt, productCount, customers } = history;
  return {
    history,
    homeCurrency,
    sums: emptySums(),
    ordersByCurrency: new Map(),
    ordersOfCustomer: new Uint32Array(customers.size),
    ordersOfProduct: new Uint32Array(productCount),
    homeOrdersOfProduct: new Uint32Array(productCount),
    seenIn: new Int32Array(productCount).fill(-1),
    netValues: new Float64Array(placedAt.length),
    checkoutValues: new Float64Array(placedAt.length),
    homePlacedAt: new Float64Array(placedAt.length),
    homeOrders: 0,
  };
}

/** Adds one order; each may be added once. */
export function addOrder(tallies: OrderTallies, order: number): void {
  const { history, sums, ordersByCurrency, ordersOfCustomer } = tallies;
  const currency = history.currencies[history.currencyOf[order]];
  const isHome = currency === tallies.homeCurrency;
  const content = addLines(tallies, order, isHome);
  if (content.products === 0) {
    sums.cancelledOrders++;
    return;
  }
  sums.orders++;
  sums.basketProducts += content.products;
  if (content.products === 1) sums.singleProductOrders++;
  if (content.returned) sums.ordersWithReturns++;
  sums.firstAt = Math.min(sums.firstAt, history.placedAt[order]);
  sums.lastAt = Math.max(sums.lastAt, history.placedAt[order]);
  ordersByCurrency.set(currency, (ordersByCurrency.get(currency) ?? 0) + 1);
  if (history.customerOf[order] < 0) sums.guestOrders++;
  else ordersOfCustomer[history.customerOf[order]]++;
  if (!isHome) return;
  sums.refunded += content.refunded;
  tallies.netValues[tallies.homeOrders] = content.net;
  tallies.checkoutValues[tallies.homeOrders] = content.checkout;
  tallies.homePlacedAt[tallies.homeOrders++] = history.placedAt[order];
}

/** Adds an order's lines and says what they come to. */
function addLines({ history, sums, ...tallies }: OrderTallies, order: number, isHome: boolean) {
  const content = { products: 0, returned: false, net: 0, checkout: 0, refunded: 0 };
  for (let line = history.lineOffsets[order]; line < history.lineOffsets[order + 1]; line++) {
    if (history.lineFlags[line] & lineFlag.cancelled) {
      sums.cancelledLines++;
      continue;
    }
    sums.lines++;
    sums.pieces += history.lineQuantity[line];
    content.net += netOfLine(history, line);
    content.checkout += checkoutOfLine(history, line);
    content.refunded += history.lineRefunded[line];
    if (history.lineFlags[line] & lineFlag.returned) {
      sums.returnedLines++;
      content.returned = true;
    }
    const product = history.lineProduct[line];
    if (tallies.seenIn[product] === order) continue;
    tallies.seenIn[product] = order;
    content.products++;
    tallies.ordersOfProduct[product]++;
    if (isHome) tallies.homeOrdersOfProduct[product]++;
  }
  return content;
}
