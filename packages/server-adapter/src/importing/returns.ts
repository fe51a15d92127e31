/**
 * Rows that take purchases back, matched to the purchase. A return names its customer and product, rarely its order; so it
 * is looked for, in this order,
 *  1. in the order of the same number, or of the number behind the C of a cancellation;
 *  2. among the customer's earlier purchases of the product: the latest one of exactly this quantity and price;
 *  3. among the same, the latest ones first, until all units are found.
 * A line taken back in full within a day never shipped: it is cancelled, and no evidence. Any other keeps its evidence
 * and becomes a returned and refunded line.
 */
import { currencyOf, type OrderLines, rowKind, valueAt } from "./order-lines.ts";
import type { OrderRows } from "./order-rows.ts";
import type { ReturnsReport, Skips } from "./report.ts";

const day = 86_400_000;

/** Whether an order number is that of a cancellation: C536379. */
export function isCancellationNumber(order: string): boolean {
  return /^C\d+$/i.test(order);
}

/** Writes returns into the lines they take back; those that match none are counted as skipped. */
export function matchReturns(rows: OrderRows, product: Uint32Array, lines: OrderLines, skips: Skips): ReturnsReport {
  const returns = rowsOfKind(lines, rowKind.return).toSorted(
    (a, b) => valueAt(rows.date, a) - valueAt(rows.date, b) || a - b,
  );
  const sales = indexSales(rows, product, lines, returns);
  const latestReturn = new Float64Array(rows.rows);
  let partly = 0;
  let unmatched = 0;
  for (const row of returns) {
    const left = takeBack(rows, lines, row, sales.candidates(row), latestReturn);
    if (left === lines.quantity[row]) {
      unmatched++;
      skips.add("unmatched-return", rows.line[row], `order ${rows.order.texts[rows.order.codes[row]]}`);
    } else if (left > 0) partly++;
  }
  const { cancelled, returned } = settle(rows, lines, latestReturn);
  return {
    rows: returns.length,
    matchedRows: returns.length - unmatched,
    partlyMatchedRows: partly,
    unmatchedRows: unmatched,
    cancelledLines: cancelled,
    returnedLines: returned,
  };
}

/** Takes one return's units from the lines it may mean. @returns the units that no line had */
function takeBack(
  rows: OrderRows,
  lines: OrderLines,
  row: number,
  candidates: readonly number[],
  latestReturn: Float64Array,
): number {
  const at = valueAt(rows.date, row);
  const price = lines.unitPrice[row];
  let left = lines.quantity[row];
  const take = (sale: number): void => {
    const units = Math.min(left, remaining(lines, sale));
    if (units === 0) return;
    const net = lines.quantity[sale] * lines.unitPrice[sale] - lines.discount[sale] - lines.refunded[sale];
    lines.returnedQuantity[sale] += units;
    lines.refunded[sale] += Math.min(net, units * price);
    latestReturn[sale] = at;
    left -= units;
  };
  const exact = candidates.find(
    (sale) => remaining(lines, sale) === left && lines.quantity[sale] === left && lines.unitPrice[sale] === price,
  );
  if (exact !== undefined) take(exact);
  for (const sale of candidates) if (left > 0) take(sale);
  return left;
}

function remaining(lines: OrderLines, sale: number): number {
  return lines.quantity[sale] - lines.returnedQuantity[sale];
}

/** Sales by order and product and by customer and product, of those that have returns only. */
function indexSales(rows: OrderRows, product: Uint32Array, lines: OrderLines, returns: readonly number[]) {
  const orderCode = new Map<string, number>();
  for (const [code, text] of rows.order.texts.entries()) orderCode.set(text, code);
  const width = product.reduce((most, index) => Math.max(most, index), 0) + 1;
  const orderKey = (order: number, row: number): number => order * width + product[row];
  const customerKey = (row: number): number => rows.customer.codes[row] * width + product[row];
  const ownOrder = (row: number): number => {
    const text = rows.order.texts[rows.order.codes[row]];
    return (isCancellationNumber(text) ? orderCode.get(text.slice(1)) : undefined) ?? rows.order.codes[row];
  };

  const byOrder = new Map<number, number[]>();
  const byCustomer = new Map<number, number[]>();
  for (const row of returns) {
    byOrder.set(orderKey(ownOrder(row), row), []);
    if (rows.customer.codes[row] > 0) byCustomer.set(customerKey(row), []);
  }
  for (const row of rowsOfKind(lines, rowKind.sale)) {
    byOrder.get(orderKey(rows.order.codes[row], row))?.push(row);
    byCustomer.get(customerKey(row))?.push(row);
  }
  // Latest first: what comes back was most likely bought last.
  for (const sales of byCustomer.values()) sales.sort((a, b) => valueAt(rows.date, b) - valueAt(rows.date, a) || b - a);
  return {
    candidates(row: number): number[] {
      const at = valueAt(rows.date, row);
      const currency = currencyOf(rows, row);
      const sameOrder = byOrder.get(orderKey(ownOrder(row), row)) ?? [];
      const earlier = (byCustomer.get(customerKey(row)) ?? []).filter((sale) => valueAt(rows.date, sale) <= at);
      return [...new Set([...sameOrder, ...earlier])].filter((sale) => currencyOf(rows, sale) === currency);
    },
  };
}

/** Tells lines that never shipped from lines that came back. */
function settle(
  rows: OrderRows,
  lines: OrderLines,
  latestReturn: Float64Array,
): { cancelled: number; returned: number } {
  let cancelled = 0;
  let returned = 0;
  for (const [sale, at] of latestReturn.entries()) {
    if (at === 0) continue;
    if (remaining(lines, sale) === 0 && at - valueAt(rows.date, sale) < day) {
      lines.cancelled[sale] = 1;
      lines.returnedQuantity[sale] = 0;
      lines.refunded[sale] = 0;
      cancelled++;
    } else returned++;
  }
  return { cancelled, returned };
}

function rowsOfKind(lines: OrderLines, kind: number): number[] {
  const found: number[] = [];
  for (const [row, of] of lines.kind.entries()) if (of === kind) found.push(row);
  return found;
}
