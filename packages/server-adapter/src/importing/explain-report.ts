/** A report in plain words, with what to do about what was left out. */
import { formatMoney } from "@basketlift/engine/catalogue";
import type { FileReport, ImportReport, SkippedRows, SkipReason } from "./report.ts";

/** What a reason means, and what can be done. */
const reasons: Readonly<Record<SkipReason, readonly [what: string, advice: string]>> = {
  "row-too-long": ["are longer than any row can be", "Look at these lines: a quote or a line end is missing there."],
  "column-count": ["have more cells than the header", "Put texts that hold the delimiter in quotes."],
  "not-json": ["are no JSON object", "Write one object per line."],
  "no-order": ["have no order number", "Export them with it."],
  "no-product": ["name no product", "Export them with a product code."],
  "no-date": ["have no date", "Export them with the order's time."],
  "unreadable-date": ["have a date that cannot be read", "Write dates as 2024-01-31 14:05."],
  "implausible-date": ["are from before 1990", "Check the clock of the till or the export."],
  "future-date": ["are from the future", "Check the time zone and the clock of the till."],
  "no-quantity": ["have no quantity", "Export them with it."],
  "unreadable-number": ["have a quantity or price that is no number", "Check the columns that were found."],
  "implausible-number": [
    "have a quantity or price beyond all measure",
    "A product code may stand in the wrong column.",
  ],
  "repeated-row": [
    "repeat an earlier row in every column",
    "If a line per unit is how the shop books, keep repeated rows.",
  ],
  "pseudo-product": ["are postage, fees, vouchers and the like", "Name codes that are products after all."],
  "stock-adjustment": ["correct the stock: a negative quantity without a price", "Nothing to do."],
  "zero-quantity": ["have the quantity 0", "Nothing to do."],
  "no-price": ["have no price above 0", "Nothing to do for free samples; otherwise check the price column."],
  "unknown-currency": ["are in a currency that is no ISO code", "Write codes such as EUR."],
  "mixed-currency-order": ["are in another currency than their order", "Check the export."],
  "unmatched-return": [
    "take back a purchase that is not in the file",
    "Export an earlier start of the period to find more of them.",
  ],
  "repeated-product": ["repeat a product or variant that is there already", "Give each variant its own SKU."],
  "unknown-parent": ["are variations of a product that is not in the file", "Export parent products too."],
};

/** Shopify's order export has some seventy columns. */
const columnsNamed = 8;

/**
 * @param locale BCP 47, for figures
 * @returns a line of text per finding, most important first
 * @example
 * explainReport(report).join("\n");
 */
export function explainReport(report: ImportReport, locale = "en"): string[] {
  const number = (value: number): string => value.toLocaleString(locale);
  const of = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
  const { rows, orders, lines, customers, products, range, guestOrders } = report;
  return [
    `${of(orders, "order")} with ${of(lines, "line")} from ${range.from.slice(0, 10)} to ${range.to.slice(0, 10)}, by ${of(customers, "known customer")} (${of(guestOrders, "order")} by guests), of ${of(products.total, "product")}.`,
    ...report.currencies.map(
      ({ currency, orders: count, net }) => `${formatMoney(net, currency, locale)} net in ${of(count, "order")}.`,
    ),
    ...report.files.map((file) => explainFile(file)),
    `Of ${number(rows.read)} rows ${number(rows.used)} became order lines, ${number(rows.applied)} took purchases back, ${number(rows.skipped)} were left out.`,
    ...explainReturns(report, number),
    ...report.files.flatMap((file) =>
      file.skipped.map((skipped) => explainSkipped(skipped, file.role === "products" ? "products: " : "", number)),
    ),
    ...explainPseudoProducts(report, number),
    ...report.warnings.map(({ message }) => message),
  ];
}

function explainFile({
  role,
  path,
  kind,
  compression,
  encoding,
  delimiter,
  columns,
  unusedColumns,
}: FileReport): string {
  const packed = compression === "gzip" ? ", gzip" : "";
  const written = kind === "csv" ? `CSV with ${delimiter === "\t" ? "tabs" : `"${delimiter}"`}` : "JSON lines";
  const mapped = Object.entries(columns).map(([field, header]) => `${field} from "${header}"`);
  const unused =
    unusedColumns.length > 0
      ? ` Not needed: ${unusedColumns.slice(0, columnsNamed).join(", ")}${unusedColumns.length > columnsNamed ? ", ..." : ""}.`
      : "";
  return `${path} (${role}): ${written}, ${encoding}${packed}; read ${mapped.join(", ")}.${unused}`;
}

function explainReturns({ returns }: ImportReport, number: (value: number) => string): string[] {
  if (returns.rows === 0) return [];
  return [
    `Of ${number(returns.rows)} rows that take something back ${number(returns.matchedRows)} found their purchase: ${number(returns.cancelledLines)} lines were cancelled within a day and do not count, ${number(returns.returnedLines)} came back later and count as evidence, not as money.`,
  ];
}

/** One reason for which rows were left out, and what to do about it. */
export function explainSkipped(
  { reason, count, lines, example }: SkippedRows,
  prefix: string,
  number: (value: number) => string,
): string {
  const [what, advice] = reasons[reason];
  const more = count > lines.length ? ", ..." : "";
  return `Left out: ${prefix}${number(count)} rows ${what} (line ${lines.join(", ")}${more}; "${example}"). ${advice}`;
}

function explainPseudoProducts({ pseudoProducts }: ImportReport, number: (value: number) => string): string[] {
  if (pseudoProducts.length === 0) return [];
  const named = pseudoProducts.map(({ code, title, rows }) => `${code}${title ? ` "${title}"` : ""} (${number(rows)})`);
  return [`Taken for no products: ${named.join(", ")}.`];
}
