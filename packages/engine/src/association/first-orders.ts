/**
 * Customers' first orders and what the same customers brought in afterwards. Only customers count whose whole horizon lies
 * within the data: one who came last month has not had the time to be worth anything.
 */
import { InvalidInput } from "../errors.ts";
import { lineFlag, netOfOrder, type OrderHistory } from "../history/order-history.ts";
import type { InPieces } from "../matrix/pieces.ts";

const day = 86_400_000;
const ordersAPiece = 1024;

/** First orders, one a customer. Columns of one length. */
export interface FirstOrders {
  readonly order: Uint32Array;
  /** Net of the first order itself. */
  readonly firstValue: Float64Array;
  /** Net of the orders after it, within the horizon. */
  readonly laterValue: Float64Array;
  /** 1 where there was such an order. */
  readonly cameBack: Uint8Array;
  /** Customers whose horizon is not over. */
  readonly censored: number;
}

/** Which first orders count. */
export interface FirstOrderRules {
  readonly horizonDays: number;
  /** First orders before it are left out: such customers may have been there before. Milliseconds since 1970, UTC. */
  readonly from: number;
  /** End of the data, exclusive. */
  readonly until: number;
  /** What one minor unit of each currency is worth in the minor units of the reporting currency. */
  readonly rates: Readonly<Record<string, number>> | undefined;
}

/** @throws InvalidInput when there are several currencies and a rate is missing */
export function* firstOrdersInPieces(history: OrderHistory, rules: FirstOrderRules): InPieces<FirstOrders> {
  const rates = ratesOf(history, rules.rates);
  const customers = history.customers.size;
  const first = new Int32Array(customers).fill(-1);
  const laterValue = new Float64Array(customers);
  const cameBack = new Uint8Array(customers);
  for (let order = 0; order < history.placedAt.length; order++) {
    if (order % ordersAPiece === 0) yield;
    const customer = history.customerOf[order];
    const at = history.placedAt[order];
    if (customer < 0 || at >= rules.until || !isShipped(history, order)) continue;
    if (first[customer] < 0) first[customer] = order;
    else if (at < history.placedAt[first[customer]] + rules.horizonDays * day) {
      laterValue[customer] += netOfOrder(history, order) * rates[history.currencyOf[order]];
      cameBack[customer] = 1;
    }
  }
  const began = Uint32Array.from(first.keys()).filter((customer) => {
    return first[customer] >= 0 && history.placedAt[first[customer]] >= rules.from;
  });
  const kept = began.filter((customer) => history.placedAt[first[customer]] + rules.horizonDays * day <= rules.until);
  const order = kept.map((customer) => first[customer]);
  return {
    order,
    firstValue: Float64Array.from(order, (index) => netOfOrder(history, index) * rates[history.currencyOf[index]]),
    laterValue: Float64Array.from(kept, (customer) => laterValue[customer]),
    cameBack: Uint8Array.from(kept, (customer) => cameBack[customer]),
    censored: began.length - kept.length,
  };
}

/** The distinct products of an order that were shipped. */
export function productsOfOrder(history: OrderHistory, order: number): number[] {
  const products = new Set<number>();
  for (let line = history.lineOffsets[order]; line < history.lineOffsets[order + 1]; line++) {
    if (!(history.lineFlags[line] & lineFlag.cancelled)) products.add(history.lineProduct[line]);
  }
  return [...products];
}

function isShipped({ lineOffsets, lineFlags }: OrderHistory, order: number): boolean {
  for (let line = lineOffsets[order]; line < lineOffsets[order + 1]; line++) {
    if (!(lineFlags[line] & lineFlag.cancelled)) return true;
  }
  return false;
}

function ratesOf({ currencies }: OrderHistory, rates: FirstOrderRules["rates"]): Float64Array {
  if (!rates && currencies.length <= 1) return new Float64Array(currencies.length).fill(1);
  return Float64Array.from(currencies, (currency) => {
    const rate = rates?.[currency];
    if (rate === undefined || !(rate > 0 && rate < Infinity)) {
      throw new InvalidInput(
        `rates.${currency}`,
        rate,
        "what one of its minor units is worth in the reporting currency's",
      );
    }
    return rate;
  });
}
