/**
 * Rows judged: which are sales, which take a sale back, and which are left out for what reason. The reasons are tried in a
 * fixed order, so each row that is left out has one.
 */
import type { OrderRows } from "./order-rows.ts";
import type { SkipReason, Skips } from "./report.ts";

/** What a row is. */
export const rowKind = { skipped: 0, sale: 1, return: 2 } as const;

/** Lines by row; rows that are skipped hold zeros. Amounts are minor units of the order's currency. */
export interface OrderLines {
  /** Codes of `rowKind`. */
  readonly kind: Uint8Array;
  /** Units, positive for sales and returns alike. */
  readonly quantity: Int32Array;
  readonly unitPrice: Float64Array;
  readonly discount: Float64Array;
  readonly refunded: Float64Array;
  readonly returnedQuantity: Int32Array;
  readonly cancelled: Uint8Array;
  /** Sales of a part of a unit (2.5 m), kept as one unit at the price of the whole. */
  readonly fractions: number;
}

export interface JudgingOptions {
  readonly now: Date;
  /** Product index plus one by row. */
  readonly product: Uint32Array;
  /** By product index. */
  readonly isPseudo: readonly boolean[];
  /** By row: repeats an earlier one, and is to be left out. */
  readonly repeated: Uint8Array;
  readonly hasQuantity: boolean;
}

/** Nobody sells a million units on one line, nor anything for ten million: such figures are misplaced codes. */
const largestQuantity = 1_000_000;
const largestPrice = 10_000_000;
const earliest = Date.UTC(1990, 0);

export function judgeRows(rows: OrderRows, options: JudgingOptions, skips: Skips): OrderLines {
  const lines = {
    kind: new Uint8Array(rows.rows),
    quantity: new Int32Array(rows.rows),
    unitPrice: new Float64Array(rows.rows),
    discount: new Float64Array(rows.rows),
    refunded: new Float64Array(rows.rows),
    returnedQuantity: new Int32Array(rows.rows),
    cancelled: new Uint8Array(rows.rows),
    fractions: 0,
  };
  const currencyOfOrder = new Map<number, string>();
  for (let row = 0; row < rows.rows; row++) {
    const reason = judgeRow(rows, row, options) ?? judgeCurrency(rows, row, currencyOfOrder);
    if (reason) skips.add(reason.is, rows.line[row], reason.example);
    else layOut(rows, row, lines, options.hasQuantity);
  }
  return lines;
}

/** Currency of a row that has been judged good. */
export function currencyOf(rows: OrderRows, row: number): string {
  return rows.currencyOf[rows.currency.codes[row]] ?? rows.mainCurrency;
}

/** A number that a row holds; NaN when it is blank or cannot be read. */
export function valueAt(column: { codes: Uint32Array; values: Float64Array }, row: number): number {
  return column.values[column.codes[row]];
}

type Judgement = { readonly is: SkipReason; readonly example: string } | undefined;

function judgeRow(
  rows: OrderRows,
  row: number,
  { now, product, isPseudo, repeated, hasQuantity }: JudgingOptions,
): Judgement {
  const { order, date, quantity, unitPrice } = rows;
  const orderText = order.texts[order.codes[row]];
  if (orderText === "") return { is: "no-order", example: "blank" };
  if (product[row] === 0) return { is: "no-product", example: `order ${orderText}` };
  const dateText = date.texts[date.codes[row]];
  const at = valueAt(date, row);
  if (dateText === "") return { is: "no-date", example: `order ${orderText}` };
  if (Number.isNaN(at)) return { is: "unreadable-date", example: dateText };
  if (at < earliest) return { is: "implausible-date", example: dateText };
  if (at > now.getTime()) return { is: "future-date", example: dateText };
  if (isPseudo[product[row] - 1]) return { is: "pseudo-product", example: `order ${orderText}` };
  const units = hasQuantity ? valueAt(quantity, row) : 1;
  const price = valueAt(unitPrice, row);
  return (
    judgeNumbers(units, quantity.texts[quantity.codes[row]], price, unitPrice.texts[unitPrice.codes[row]]) ??
    (repeated[row] === 1 ? { is: "repeated-row", example: `order ${orderText}` } : undefined)
  );
}

function judgeNumbers(units: number, unitsText: string, price: number, priceText: string): Judgement {
  if (Number.isNaN(units)) {
    return unitsText === "" ? { is: "no-quantity", example: "blank" } : { is: "unreadable-number", example: unitsText };
  }
  if (Number.isNaN(price) && priceText !== "") return { is: "unreadable-number", example: priceText };
  if (Math.abs(units) > largestQuantity) return { is: "implausible-number", example: unitsText };
  if (Math.abs(price) > largestPrice) return { is: "implausible-number", example: priceText };
  if (units === 0) return { is: "zero-quantity", example: unitsText };
  if (price > 0) return undefined;
  // Nothing is given back for a negative quantity without a price: goods were written off or counted again.
  return units < 0 ? { is: "stock-adjustment", example: unitsText } : { is: "no-price", example: priceText || "blank" };
}

function judgeCurrency(rows: OrderRows, row: number, currencyOfOrder: Map<number, string>): Judgement {
  const text = rows.currency.texts[rows.currency.codes[row]];
  if (text !== "" && rows.currencyOf[rows.currency.codes[row]] === undefined)
    return { is: "unknown-currency", example: text };
  const own = currencyOf(rows, row);
  const order = rows.order.codes[row];
  const first = currencyOfOrder.get(order) ?? own;
  currencyOfOrder.set(order, first);
  if (own !== first) return { is: "mixed-currency-order", example: `${first} and ${own}` };
  if (pricesOf(rows, row).unit <= 0)
    return { is: "no-price", example: rows.unitPrice.texts[rows.unitPrice.codes[row]] };
  return undefined;
}

function layOut(
  rows: OrderRows,
  row: number,
  lines: { -readonly [Column in keyof OrderLines]: OrderLines[Column] },
  hasQuantity: boolean,
): void {
  const units = hasQuantity ? valueAt(rows.quantity, row) : 1;
  const { unit, quantity, fraction } = pricesOf(rows, row);
  lines.quantity[row] = quantity;
  lines.unitPrice[row] = unit;
  if (units < 0) {
    lines.kind[row] = rowKind.return;
    return;
  }
  lines.kind[row] = rowKind.sale;
  if (fraction) lines.fractions++;
  const currency = currencyOf(rows, row);
  const gross = quantity * unit;
  const amount = (column: OrderRows["lineDiscount"]): number =>
    rows.toMinor(Math.abs(valueAt(column, row)) || 0, currency);
  lines.discount[row] = Math.min(gross, amount(rows.lineDiscount));
  lines.refunded[row] = Math.min(gross - lines.discount[row], amount(rows.lineRefund));
  lines.returnedQuantity[row] = Math.min(quantity, Math.round(Math.abs(valueAt(rows.returnedQuantity, row)) || 0));
}

/** Units and price of one, in minor units. Parts of a unit become one unit that costs what the line costs. */
function pricesOf(rows: OrderRows, row: number): { quantity: number; unit: number; fraction: boolean } {
  const currency = currencyOf(rows, row);
  const units = Math.abs(valueAt(rows.quantity, row)) || 1;
  const price = Math.abs(valueAt(rows.unitPrice, row));
  const fraction = !Number.isInteger(units);
  const total = rows.pricesAreTotals ? price : price * units;
  if (fraction) return { quantity: 1, unit: rows.toMinor(total, currency), fraction };
  return { quantity: units, unit: rows.toMinor(rows.pricesAreTotals ? total / units : price, currency), fraction };
}
