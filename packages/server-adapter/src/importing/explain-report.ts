/** A report in plain words, with what to do about what was left out. Options are named as the command line names them. */
import { formatMoney } from "@basketlift/engine/catalogue";
import { type Counts, countsIn } from "./counts.ts";
import type { FileReport, ImportReport } from "./report.ts";
import { skippedInWords } from "./skip-reasons.ts";

/** Shopify's order export has some seventy columns, and a shop may book many kinds of fees. */
const unusedNamed = 8;
const pseudoProductsNamed = 6;

/**
 * @param locale BCP 47, for figures
 * @returns a line of text per finding: what came in, what was left out, what was assumed
 * @example
 * explainReport(report).join("\n");
 */
export function explainReport(report: ImportReport, locale = "en"): string[] {
  const counts = countsIn(locale);
  return [
    summaryOf(report, counts),
    netRevenue(report, counts, locale),
    ...report.files.map((file) => explainFile(file)),
    explainRows(report, counts),
    ...explainReturns(report, counts),
    ...report.files.flatMap(({ role, skipped }) =>
      skipped.map(
        (rows) => `Left out${role === "products" ? " of the product file" : ""}: ${skippedInWords(rows, counts)}`,
      ),
    ),
    ...explainPseudoProducts(report, counts),
    ...report.warnings.map(({ message }) => message),
  ];
}

function summaryOf({ orders, lines, customers, guestOrders, products, range }: ImportReport, { of }: Counts): string {
  const [from, to] = [range.from.slice(0, 10), range.to.slice(0, 10)];
  const when = from === to ? `on ${from}` : `from ${from} to ${to}`;
  const who = [
    ...(customers > 0 ? [of(customers, "known customer")] : []),
    ...(guestOrders > 0 ? [`${of(guestOrders, "order")} of guests`] : []),
  ];
  return `${of(orders, "order")} with ${of(lines, "line")} ${when}: ${who.join(", ")}, ${of(products.total, "product")}.`;
}

function netRevenue({ currencies }: ImportReport, { of }: Counts, locale: string): string {
  const parts = currencies.map(({ currency, orders, net }) => {
    const amount = formatMoney(net, currency, locale);
    return currencies.length > 1 ? `${amount} in ${of(orders, "order")}` : amount;
  });
  return `Net revenue: ${parts.join(", ")}.`;
}

const delimiterNames: Readonly<Record<string, string>> = {
  ",": "commas",
  ";": "semicolons",
  "\t": "tabs",
  "|": "vertical bars",
};

const encodingNames: Readonly<Record<FileReport["encoding"], string>> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Windows-1252",
};

/** Columns are written as `--column` takes them. */
function explainFile({
  role,
  path,
  kind,
  compression,
  encoding,
  delimiter = ",",
  columns,
  unusedColumns,
}: FileReport): string {
  const written = kind === "csv" ? `CSV with ${delimiterNames[delimiter]}` : "JSON lines";
  const packed = compression === "gzip" ? ", gzip" : "";
  const mapped = Object.entries(columns)
    .filter(([field]) => field !== "lineTotal" || columns["unitPrice"] === undefined) // A line's total is then not used.
    .map(([field, header]) => `${field}=${header}`);
  const more = unusedColumns.length > unusedNamed ? ", ..." : "";
  const unused =
    unusedColumns.length > 0 ? ` Not needed: ${unusedColumns.slice(0, unusedNamed).join(", ")}${more}.` : "";
  return `The ${role} in ${path}: ${written}, ${encodingNames[encoding]}${packed}; columns ${mapped.join(", ")}.${unused}`;
}

function explainRows({ rows: { read, used, applied, skipped } }: ImportReport, { number, of }: Counts): string {
  const parts = [
    `${number(used)} became order lines`,
    ...(applied > 0 ? [`${number(applied)} took purchases back`] : []),
    ...(skipped > 0 ? [`${number(skipped)} ${skipped === 1 ? "was" : "were"} left out`] : []),
  ];
  return skipped + applied === 0
    ? `${of(read, "row")} read, all of them order lines.`
    : `${of(read, "row")} read: ${parts.join(", ")}.`;
}

function explainReturns({ returns }: ImportReport, { number, of }: Counts): string[] {
  if (returns.matchedRows === 0) return [];
  const became = [
    ...(returns.cancelledLines > 0
      ? [`cancelled within a day and not counted: ${of(returns.cancelledLines, "line")}`]
      : []),
    ...(returns.returnedLines > 0
      ? [`returned later and counted as evidence but not as money: ${of(returns.returnedLines, "line")}`]
      : []),
  ];
  return [
    `Taken back: ${of(returns.rows, "row")}, ${number(returns.matchedRows)} of them with a purchase in the file (${became.join("; ")}).`,
  ];
}

function explainPseudoProducts({ pseudoProducts }: ImportReport, { of, number }: Counts): string[] {
  if (pseudoProducts.length === 0) return [];
  const named = pseudoProducts
    .slice(0, pseudoProductsNamed)
    .map(({ code, title, rows }) => `${code}${title ? ` "${title}"` : ""} (${of(rows, "row")})`);
  const others = pseudoProducts.length - named.length;
  const more = others > 0 ? ` and ${number(others)} more` : "";
  return [
    `No products but postage, fees and the like: ${named.join(", ")}${more}. If one is a product after all: --product-code CODE.`,
  ];
}
