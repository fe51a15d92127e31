/** The report of an import, drawn up from its columns when all is decided. */
import { type Catalogue, marketOf } from "@basketlift/engine/catalogue";
import { netOfOrder, type OrderHistory } from "@basketlift/engine/history";
import type { ImportFindings } from "./findings.ts";
import { rowKind, valueAt } from "./order-lines.ts";
import type { CurrencyReport, FileReport, ImportReport, SeenInOrders } from "./report.ts";
import { isCancellationNumber } from "./returns.ts";
import type { StagedFile } from "./stage-file.ts";
import { rowsPerText } from "./staged-table.ts";
import { warningsOf } from "./warnings.ts";

/** Orders of more lines than this are named: a shopper's basket never has them, a wholesaler's or a test's may. */
const manyLines = 1000;
const ordersNamed = 10;

export function summarise(findings: ImportFindings): ImportReport {
  const { orderFile, productFile, rows, codes, catalogue, history, returns, listed } = findings;
  const skipped = orderFile.skips.list();
  const used = history.lineProduct.length;
  const files = [fileReport(orderFile), ...(productFile ? [fileReport(productFile)] : [])];
  const report = {
    files,
    rows: { read: orderFile.rowsRead, used, applied: returns.matchedRows, skipped: orderFile.skips.total },
    skipped,
    seen: seenIn(findings),
    dates: rows.dates,
    numbers: rows.numbers,
    returns,
    currencies: currenciesOf(history, rows.mainCurrency),
    mainCurrencyBecause: rows.mainCurrencyBecause,
    range: {
      from: new Date(history.placedAt[0]).toISOString(),
      to: new Date(history.placedAt[history.placedAt.length - 1]).toISOString(),
    },
    orders: history.orderIds.length,
    guestOrders: history.customerOf.reduce((sum, customer) => sum + (customer < 0 ? 1 : 0), 0),
    ...findings.status,
    lines: used,
    customers: new Set(history.customerOf.filter((customer) => customer >= 0)).size,
    products: {
      total: catalogue.products.length,
      fromFile: listed,
      fromOrders: catalogue.products.length - listed,
      withoutPrice: withoutPrice(catalogue),
      mergedSpellings: codes.merged,
      withSeveralDescriptions: findings.titles.several,
    },
    pseudoProducts: pseudoProductsOf(findings),
    largeOrders: largeOrders(history),
  };
  return { ...report, warnings: warningsOf(report, findings) };
}

/** What was found out about a file. */
export function fileReport<Field extends string>({
  role,
  path,
  format,
  staged,
  columns,
  unusedColumns,
  rowsRead,
  skips,
}: StagedFile<Field>): FileReport {
  const { size, kind, compression, delimiter, byteOrderMark } = format;
  const encoding = format.encoding ?? staged.encoding.encoding;
  return {
    role,
    path,
    size,
    kind,
    compression,
    delimiter,
    encoding,
    byteOrderMark,
    columns,
    unusedColumns,
    rowsRead,
    skipped: skips.list(),
  };
}

function seenIn({ orderFile: { staged }, rows, codes, repeated }: ImportFindings): SeenInOrders {
  let rowsWithoutCustomer = 0;
  let rowsWithoutDescription = 0;
  let rowsWithoutPositiveQuantity = 0;
  let rowsWithoutPositivePrice = 0;
  let cancellationRows = 0;
  const names = staged.column("productName");
  const isCancellation = rows.order.texts.map(isCancellationNumber);
  for (let row = 0; row < rows.rows; row++) {
    const quantity = valueAt(rows.quantity, row);
    const price = valueAt(rows.unitPrice, row);
    if (rows.customer.codes[row] === 0) rowsWithoutCustomer++;
    if (names.codes[row] === 0) rowsWithoutDescription++;
    if (quantity <= 0) rowsWithoutPositiveQuantity++;
    if (price <= 0) rowsWithoutPositivePrice++;
    if (quantity < 0 && (price > 0 || isCancellation[rows.order.codes[row]])) cancellationRows++;
  }
  return {
    orders: distinct(rows.order),
    productCodes: codes.spellings,
    customers: distinct(rows.customer),
    rowsWithoutCustomer,
    rowsWithoutDescription,
    rowsWithoutPositiveQuantity,
    rowsWithoutPositivePrice,
    cancellationRows,
    repeatedRows: repeated.reduce((sum, is) => sum + is, 0),
  };
}

function distinct(column: { codes: Uint32Array; texts: readonly string[] }): number {
  return rowsPerText(column).reduce((sum, count, code) => sum + (code > 0 && count > 0 ? 1 : 0), 0);
}

function currenciesOf(history: OrderHistory, main: string): CurrencyReport[] {
  const orders = new Uint32Array(history.currencies.length);
  const net = new Float64Array(history.currencies.length);
  for (const [order, currency] of history.currencyOf.entries()) {
    orders[currency]++;
    net[currency] += netOfOrder(history, order);
  }
  return history.currencies
    .map((currency, index) => ({ currency, orders: orders[index], net: net[index] }))
    .filter((report) => report.orders > 0)
    .toSorted((a, b) => Number(b.currency === main) - Number(a.currency === main) || b.orders - a.orders);
}

function withoutPrice(catalogue: Catalogue): number {
  const home = marketOf(catalogue).id;
  return catalogue.products.filter(({ variants }) => variants.every(({ prices }) => prices[home] === undefined)).length;
}

function pseudoProductsOf({ codes, titles, isPseudo, rows, lines }: ImportFindings): ImportReport["pseudoProducts"] {
  const count = new Uint32Array(codes.ids.length);
  for (let row = 0; row < rows.rows; row++)
    if (codes.of[row] > 0 && lines.kind[row] === rowKind.skipped) count[codes.of[row] - 1]++;
  return codes.ids
    .map((code, index) => ({ code, title: titles.of[index], rows: count[index] }))
    .filter((_, index) => isPseudo[index])
    .toSorted((a, b) => b.rows - a.rows);
}

function largeOrders({ orderIds, lineOffsets }: OrderHistory): ImportReport["largeOrders"] {
  return orderIds
    .map((order, index) => ({ order, lines: lineOffsets[index + 1] - lineOffsets[index] }))
    .filter(({ lines }) => lines > manyLines)
    .toSorted((a, b) => b.lines - a.lines)
    .slice(0, ordersNamed);
}
