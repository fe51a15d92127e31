/**
 * Orders as typed columns: an order a row, its lines side by side. Amounts are minor units of the order's own
 * currency. Immutable once built; `createOrderHistoryBuilder` is the only way in, for objects and for files alike.
 */
import type { Identifiers } from "../catalogue/identifiers.ts";

/** Bits of `lineFlags`. */
export const lineFlag = { cancelled: 1, returned: 2, refunded: 4, discounted: 8 } as const;

/** Orders by index, oldest first. Line `l` of order `o` has `lineOffsets[o] <= l < lineOffsets[o + 1]`. */
export interface OrderHistory {
  readonly orderIds: readonly string[];
  /** Milliseconds since 1970, UTC. Ascending. */
  readonly placedAt: Float64Array;
  /** Index into `customers`; -1 for guests. */
  readonly customerOf: Int32Array;
  readonly customers: Identifiers;
  /** Index into `currencies`. */
  readonly currencyOf: Uint16Array;
  readonly currencies: readonly string[];
  readonly lineOffsets: Uint32Array;
  /** Catalogue index of each line's product. */
  readonly lineProduct: Uint32Array;
  readonly lineQuantity: Int32Array;
  readonly lineUnitPrice: Float64Array;
  readonly lineDiscount: Float64Array;
  readonly lineReturnedQuantity: Int32Array;
  readonly lineRefunded: Float64Array;
  /** Bits of `lineFlag`. */
  readonly lineFlags: Uint8Array;
  /** Number of products of the catalogue that `lineProduct` points into. */
  readonly productCount: number;
}

/**
 * What a line brought in, net of discount, cancellation and refund, in minor units of its order's currency.
 * @param line index of the line
 * @example
 * netOfLine(history, history.lineOffsets[order]); // its first line
 */
export function netOfLine(history: OrderHistory, line: number): number {
  if (history.lineFlags[line] & lineFlag.cancelled) return 0;
  const gross = history.lineQuantity[line] * history.lineUnitPrice[line];
  return Math.max(0, gross - history.lineDiscount[line] - history.lineRefunded[line]);
}

/**
 * What a line came to at checkout: after discounts, whatever was sent back later; 0 where it was cancelled.
 * @param line index of the line
 * @example
 * checkoutOfLine(history, history.lineOffsets[order]); // its first line
 */
export function checkoutOfLine(history: OrderHistory, line: number): number {
  if (history.lineFlags[line] & lineFlag.cancelled) return 0;
  return Math.max(0, history.lineQuantity[line] * history.lineUnitPrice[line] - history.lineDiscount[line]);
}

/**
 * What an order brought in: the sum over its lines.
 * @example
 * toMajor(netOfOrder(history, 0), history.currencies[history.currencyOf[0]]);
 */
export function netOfOrder(history: OrderHistory, order: number): number {
  let net = 0;
  for (let line = history.lineOffsets[order]; line < history.lineOffsets[order + 1]; line++) {
    net += netOfLine(history, line);
  }
  return net;
}
