/** What an order says as a whole, brought to its lines: cancelled, refunded, discounted. */
import { currencyOf, type OrderLines, rowKind, valueAt } from "./order-lines.ts";
import type { OrderRows, ReadColumn } from "./order-rows.ts";
import { spread } from "./spread.ts";
import type { StagedColumn } from "./staged-table.ts";

/** Statuses of orders that never were paid or shipped: Shopify, WooCommerce, and what others call it. */
const cancelledStatuses = new Set([
  "cancelled",
  "canceled",
  "voided",
  "failed",
  "expired",
  "declined",
  "trash",
  "draft",
  "checkout-draft",
  "auto-draft",
  "abandoned",
  "storniert",
  "annulé",
  "annulée",
]);
const refundedStatuses = new Set(["refunded", "erstattet", "remboursé", "remboursée"]);
const no = new Set(["", "0", "false", "no", "n", "nein", "non", "f"]);

/** @returns how many orders are cancelled and refunded as a whole or in part */
export function applyOrderStatus(
  rows: OrderRows,
  lines: OrderLines,
): { cancelledOrders: number; refundedOrders: number } {
  const cancelledStatus = matching(rows.status, (text) => cancelledStatuses.has(plainStatus(text)));
  const refundedStatus = matching(rows.status, (text) => refundedStatuses.has(plainStatus(text)));
  const cancelledAt = matching(rows.cancelledAt, isYes);
  const cancelled = matching(rows.cancelled, isYes);
  const cancelledOrders = new Set<number>();
  const adjusted = new Map<number, number[]>();
  for (const [row, kind] of lines.kind.entries()) {
    if (kind !== rowKind.sale) continue;
    const order = rows.order.codes[row];
    if (cancelledStatus(row) || cancelledAt(row)) cancelledOrders.add(order);
    if (cancelledStatus(row) || cancelledAt(row) || cancelled(row)) lines.cancelled[row] = 1;
    if (refundedStatus(row) || valueAt(rows.orderRefund, row) || valueAt(rows.orderDiscount, row)) {
      const ofOrder = adjusted.get(order);
      if (ofOrder) ofOrder.push(row);
      else adjusted.set(order, [row]);
    }
  }
  let refundedOrders = 0;
  for (const ofOrder of adjusted.values()) {
    spreadDiscount(rows, lines, ofOrder);
    if (spreadRefund(rows, lines, ofOrder, refundedStatus(ofOrder[0]))) refundedOrders++;
  }
  return { cancelledOrders: cancelledOrders.size, refundedOrders };
}

/** An order's discount usually includes what its lines say already, so only the rest is shared out. */
function spreadDiscount(rows: OrderRows, lines: OrderLines, ofOrder: readonly number[]): void {
  const onLines = ofOrder.reduce((sum, row) => sum + lines.discount[row], 0);
  const rest = amountOf(rows, rows.orderDiscount, ofOrder[0]) - onLines;
  if (rest <= 0) return;
  const shares = spread(
    rest,
    ofOrder.map((row) => lines.quantity[row] * lines.unitPrice[row] - lines.discount[row]),
  );
  for (const [index, row] of ofOrder.entries()) lines.discount[row] += shares[index];
}

/** A refund may hold postage too: lines give back what they brought in at most. */
function spreadRefund(rows: OrderRows, lines: OrderLines, ofOrder: readonly number[], whole: boolean): boolean {
  const net = ofOrder.map((row) =>
    Math.max(0, lines.quantity[row] * lines.unitPrice[row] - lines.discount[row] - lines.refunded[row]),
  );
  const named = amountOf(rows, rows.orderRefund, ofOrder[0]);
  const onLines = ofOrder.reduce((sum, row) => sum + lines.refunded[row], 0);
  const refund = named > 0 ? named - onLines : whole ? Infinity : 0;
  if (refund <= 0) return named > 0;
  const shares = spread(refund, net);
  for (const [index, row] of ofOrder.entries()) lines.refunded[row] += shares[index];
  return true;
}

function amountOf(rows: OrderRows, column: ReadColumn, row: number): number {
  return rows.toMinor(Math.abs(valueAt(column, row)) || 0, currencyOf(rows, row));
}

function matching({ codes, texts }: StagedColumn, test: (text: string) => boolean): (row: number) => boolean {
  const matches = texts.map(test);
  return (row) => matches[codes[row]];
}

function plainStatus(text: string): string {
  return text.toLowerCase().replace(/^wc-/, "").trim();
}

function isYes(text: string): boolean {
  return !no.has(text.toLowerCase());
}
