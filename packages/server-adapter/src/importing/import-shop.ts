/**
 * A shop's own files as a catalogue and an order history, with a report of what was found, assumed and left out.
 *
 * Files are read once, as streams, into columns of codes (`staged-table.ts`); then each step works on whole columns:
 * read what rows say, find the products they mean, judge them, take returns off, and lay the lines out.
 */
import {
  type Catalogue,
  createCatalogue,
  defaultMarket,
  type Market,
  type Product,
} from "@basketlift/engine/catalogue";
import { createOrderHistoryBuilder, type OrderHistory } from "@basketlift/engine/history";
import { createPacer, type TrainingControls } from "@basketlift/engine/models";
import { orderFieldNames, type OrderField } from "./order-column-names.ts";
import type { ProductField } from "./product-column-names.ts";
import type { ColumnOverrides, Need } from "./columns.ts";
import { countsIn } from "./counts.ts";
import type { DateOrder } from "./date-order.ts";
import { deriveProducts } from "./derived-products.ts";
import { ImportError } from "./errors.ts";
import type { ImportFindings } from "./findings.ts";
import { currencyOf, judgeRows, type OrderLines, rowKind, valueAt } from "./order-lines.ts";
import { type OrderRows, readOrderRows } from "./order-rows.ts";
import { applyOrderStatus } from "./order-status.ts";
import { readProductCodes } from "./product-codes.ts";
import { createProductIndex } from "./product-index.ts";
import { readListed, stageProductFile } from "./product-file.ts";
import { createPseudoProducts, type PseudoProductOptions } from "./pseudo-products.ts";
import { findRepeatedRows } from "./repeated-rows.ts";
import type { ImportReport } from "./report.ts";
import { matchReturns } from "./returns.ts";
import { skippedInWords } from "./skip-reasons.ts";
import { stageFile, type StagedFile } from "./stage-file.ts";
import { summarise } from "./summary.ts";
import { commonestTitles } from "./titles.ts";

/** What `importShop` takes. */
export interface ImportShopOptions extends TrainingControls {
  /** Path of the order lines: CSV or JSON lines, plain or gzip. */
  readonly orders: string;
  /** Path of the products. Without it products are made from the order lines. */
  readonly products?: string | undefined;
  /** The home market. What is left out is found in the files or assumed, and reported. */
  readonly market?: Partial<Market> | undefined;
  /** Short for `market.currency`. */
  readonly currency?: string | undefined;
  /** Of amounts that neither the file nor `currency` gives one. Default EUR. */
  readonly assumedCurrency?: string | undefined;
  /** Short for `market.timeZone`: where times without a zone are taken to be. */
  readonly timeZone?: string | undefined;
  /** Columns of the order file mapped by hand: field to header. */
  readonly columns?: ColumnOverrides<OrderField> | undefined;
  /** Columns of the products file mapped by hand. */
  readonly productColumns?: ColumnOverrides<ProductField> | undefined;
  /** What comes first in 3/4/2024. Found out when left out. */
  readonly dateOrder?: DateOrder | undefined;
  /** `minor` when the order file's amounts are whole cents. Known by itself for JSON orders as the engine takes them. */
  readonly amounts?: "major" | "minor" | undefined;
  /** What to do with rows that repeat an earlier one in every column. See `repeated-rows.ts`. */
  readonly repeatedRows?: "drop" | "keep" | undefined;
  /** Codes that are no products, or are in spite of their looks. */
  readonly pseudoProducts?: PseudoProductOptions | undefined;
  /** What counts as today: orders after it are left out. */
  readonly now: Date;
}

/** A shop, ready for the engine. */
export interface ImportedShop {
  readonly catalogue: Catalogue;
  readonly history: OrderHistory;
  readonly report: ImportReport;
}

export const orderNeeds: readonly Need<OrderField>[] = [
  { anyOf: ["order"], is: "the order number", example: "order_id" },
  { anyOf: ["date"], is: "the order's time", example: "order_date" },
  { anyOf: ["product", "sku", "productName"], is: "the product", example: "product_id" },
  { anyOf: ["unitPrice", "lineTotal"], is: "the price", example: "unit_price" },
];

/**
 * Reads a shop's files. Rows that cannot be used are left out and counted by reason; only a file that cannot be read at
 * all is an error. Progress is bytes of the files on disk.
 * @throws ImportError when a file cannot be imported, InvalidOption for a wrong option, the signal's reason when aborted
 * @example
 * const { catalogue, history, report } = await importShop({ orders: "orders.csv", currency: "GBP", now: new Date() });
 * for (const line of explainReport(report)) console.log(line);
 */
export async function importShop(options: ImportShopOptions): Promise<ImportedShop> {
  const { orderFile, productFile } = await readFiles(options);
  const rest = createRests(options);
  const rows = readRows(orderFile, options);
  await rest();
  const market: Market = {
    ...defaultMarket,
    ...options.market,
    currency: rows.mainCurrency,
    timeZone: rows.dates.timeZone,
  };
  const listed = productFile ? readListed(productFile, market, options.now) : [];
  const judged = await judgeOrders(orderFile, rows, listed, options, rest);
  const derived = deriveProducts({ rows, ...judged, listed, market, active: productFile === undefined });
  const catalogue = createCatalogue({ products: [...listed, ...derived], markets: [market] });
  await rest();
  const history = await layOut(rows, judged.lines, judged.codes, catalogue, options);
  if (history.orderIds.length === 0) throw noOrders(orderFile);
  const report = summarise({ orderFile, productFile, rows, ...judged, listed: listed.length, catalogue, history });
  return { catalogue, history, report };
}

/** What the rows of an order file say. */
export function readRows(orderFile: StagedFile<OrderField>, options: Omit<ImportShopOptions, "orders">): OrderRows {
  const home = options.market ?? {};
  return readOrderRows(orderFile.staged, {
    now: options.now,
    timeZone: options.timeZone ?? home.timeZone ?? defaultMarket.timeZone,
    country: home.country,
    currency: options.currency ?? home.currency,
    assumedCurrency: options.assumedCurrency,
    dateOrder: options.dateOrder,
    amounts: options.amounts ?? (isEngineOrder(orderFile) ? "minor" : "major"),
  });
}

async function readFiles({
  orders,
  products,
  columns = {},
  productColumns,
  onProgress,
  signal,
}: ImportShopOptions): Promise<Pick<ImportFindings, "orderFile" | "productFile">> {
  const productFile =
    products === undefined
      ? undefined
      : await stageProductFile(products, { columns: productColumns, onProgress, signal });
  const orderFile = await stageFile(orders, {
    role: "orders",
    names: orderFieldNames,
    needs: orderNeeds,
    overrides: columns,
    onProgress,
    signal,
  });
  return { orderFile, productFile };
}

/** Which products rows mean, which rows are sales, and what was taken back of them. */
export async function judgeOrders(
  { staged, fields, skips }: StagedFile<OrderField>,
  rows: OrderRows,
  listed: readonly Product[],
  { now, repeatedRows = "drop", pseudoProducts }: Omit<ImportShopOptions, "orders">,
  rest: () => Promise<void>,
): Promise<Pick<ImportFindings, "codes" | "titles" | "isPseudo" | "repeated" | "lines" | "status" | "returns">> {
  const codes = readProductCodes(staged, createProductIndex(listed));
  await rest();
  const sells = (row: number): boolean => valueAt(rows.quantity, row) > 0 && valueAt(rows.unitPrice, row) > 0;
  const titles = commonestTitles(staged.column("productName"), codes.of, codes.ids.length, sells);
  const pseudo = createPseudoProducts(pseudoProducts);
  const isPseudo = codes.ids.map((id, index) => pseudo(id, titles.of[index]));
  const columns = fields.map((field) => staged.column(field));
  const repeated = findRepeatedRows(columns, staged.rows);
  await rest();
  const dropped = repeatedRows === "drop" ? repeated : new Uint8Array(staged.rows);
  const judging = { now, product: codes.of, isPseudo, repeated: dropped, hasQuantity: staged.has("quantity") };
  const lines = judgeRows(rows, judging, skips);
  const status = applyOrderStatus(rows, lines);
  await rest();
  const returns = matchReturns(rows, codes.of, lines, skips);
  return { codes, titles, isPseudo, repeated, lines, status, returns };
}

/** Orders as the engine's own type writes them hold minor units. */
function isEngineOrder({ format, columns }: StagedFile<OrderField>): boolean {
  return format.kind === "ndjson" && columns["date"] === "placedAt" && columns["unitPrice"] === "line.unitPrice";
}

async function layOut(
  rows: OrderRows,
  lines: OrderLines,
  { of, ids }: { of: Uint32Array; ids: readonly string[] },
  catalogue: Catalogue,
  controls: TrainingControls,
): Promise<OrderHistory> {
  const builder = createOrderHistoryBuilder();
  const pace = createPacer("laying out orders", rows.rows, controls);
  for (const [row, kind] of lines.kind.entries()) {
    if (row % 256 === 0 && pace.isDue()) await pace.rest(row);
    if (kind !== rowKind.sale) continue;
    builder.addLine(
      {
        id: rows.order.texts[rows.order.codes[row]],
        placedAt: valueAt(rows.date, row),
        customerId: rows.customer.texts[rows.customer.codes[row]] || undefined,
        currency: currencyOf(rows, row),
      },
      {
        productId: ids[of[row] - 1],
        quantity: lines.quantity[row],
        unitPrice: lines.unitPrice[row],
        discount: lines.discount[row],
        cancelled: lines.cancelled[row] === 1,
        returnedQuantity: lines.returnedQuantity[row],
        refunded: lines.refunded[row],
      },
    );
  }
  pace.finish();
  return builder.finish(catalogue.ids).history;
}

/** Between two steps others get their turn and an abort is heard. */
function createRests({ signal }: TrainingControls): () => Promise<void> {
  const pace = createPacer("sorting rows", 1, { signal });
  return () => pace.rest(0);
}

function noOrders({ path, skips }: StagedFile<OrderField>): ImportError {
  const reasons = skips.list().map((skipped) => skippedInWords(skipped, countsIn("en")));
  return new ImportError("no-orders", `No row could be used: ${reasons.join(" ")}`, {
    file: path,
    hint: "Check that this is the file of order lines. Where a column was mistaken, say which it is: --column FIELD=HEADER",
  });
}
