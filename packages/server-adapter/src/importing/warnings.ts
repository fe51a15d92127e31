/**
 * What was assumed on the way, and what the merchant should look at, in sentences. Options are named as the command line
 * names them.
 */
import { marketOf } from "@basketlift/engine/catalogue";
import { type Counts, countsIn } from "./counts.ts";
import type { ImportFindings } from "./findings.ts";
import type { ImportReport, ImportWarning } from "./report.ts";

type Report = Omit<ImportReport, "warnings">;

/** @returns a warning per assumption or oddity, none for what is plain */
export function warningsOf(report: Report, findings: ImportFindings): ImportWarning[] {
  const counts = countsIn(marketOf(findings.catalogue).locale);
  const candidates: (readonly [code: string, message: string | undefined])[] = [
    ["encoding", encodingWarning(findings, counts)],
    ["currency-assumed", currencyWarning(report)],
    ["several-currencies", severalCurrencies(report, counts)],
    ["date-order", dateOrderWarning(report, counts)],
    ["date-order-mixed", mixedDates(report, counts)],
    ["time-zone", timeZoneWarning(report, counts)],
    ["decimal-mark", decimalWarning(report, counts)],
    ["no-quantity-column", quantityWarning(report)],
    ["amounts-are-minor", minorWarning(findings)],
    ["totals-as-prices", totalsWarning(report, findings)],
    ["customers-by-email", customersByEmail(report)],
    ["repeated-rows", repeatedWarning(report, counts)],
    ["fractions", fractionsWarning(findings, counts)],
    ["destroyed-codes", destroyedWarning(findings, counts)],
    ["merged-spellings", spellingsWarning(report, counts)],
    ["orders-as-products", ordersAsProducts(report)],
    ["unlisted-products", unlistedWarning(report, counts)],
    ["products-without-price", priceWarning(report, findings, counts)],
    ["large-orders", largeOrdersWarning(report, counts)],
  ];
  return candidates.flatMap(([code, message]) => (message === undefined ? [] : [{ code, message }]));
}

function encodingWarning({ orderFile, productFile }: ImportFindings, { number, of }: Counts): string | undefined {
  const said: string[] = [];
  for (const file of [orderFile, productFile]) {
    if (!file) continue;
    const { foreignLines } = file.format;
    if (foreignLines > 0)
      said.push(`${of(foreignLines, "line")} of ${file.path} did not fit UTF-8 and were read as Windows-1252.`);
    const { encoding, validValues, invalidValues, example } = file.staged.encoding;
    if (invalidValues === 0) continue;
    said.push(
      encoding === "windows-1252"
        ? `${file.path} is not UTF-8 and was read as Windows-1252 (for example "${example}").`
        : `${file.path} is UTF-8, but for ${number(invalidValues)} of ${of(validValues + invalidValues, "text")} with special letters: those were read as Windows-1252 (for example "${example}").`,
    );
  }
  return said.length > 0 ? `${said.join(" ")} Check letters with accents.` : undefined;
}

function currencyWarning({ mainCurrencyBecause }: Report): string | undefined {
  return mainCurrencyBecause === "assumed"
    ? "Nothing in the file names a currency: amounts are taken as EUR. If they are not, say so with --currency."
    : undefined;
}

function severalCurrencies({ currencies }: Report, { number, of }: Counts): string | undefined {
  if (currencies.length < 2) return undefined;
  const [main, ...others] = currencies;
  const named = others.map(({ currency, orders }) => `${number(orders)} in ${currency}`).join(", ");
  return `${of(main.orders, "order")} in ${main.currency}, ${named}: the others count as evidence of what goes together, but their amounts are never added to those in ${main.currency}.`;
}

function dateOrderWarning({ dates }: Report, { of }: Counts): string | undefined {
  const { order, because, ambiguousRows } = dates;
  const read = order === "day-first" ? "the day first (3/4 is 3 April)" : "the month first (3/4 is 4 March)";
  switch (because) {
    case "assumed":
      return `Nothing tells day from month in ${of(ambiguousRows, "row")}: dates were read with ${read}. If that is wrong, say so with --date-order.`;
    case "future":
      return `Dates were read with ${read}, because the other order gives days that have not come yet.`;
    case "sequence":
      return `Dates were read with ${read}, because that puts the rows in the order of time.`;
    default:
      return undefined;
  }
}

function mixedDates({ dates: { dayFirstRows, monthFirstRows } }: Report, { number, of }: Counts): string | undefined {
  if (Math.min(dayFirstRows, monthFirstRows) === 0) return undefined;
  return `${of(dayFirstRows, "row")} put the day first and ${number(monthFirstRows)} the month: rows that do not tell were read like the majority.`;
}

function timeZoneWarning({ dates: { localRows, timeZone }, rows }: Report, { of }: Counts): string | undefined {
  if (localRows === 0) return undefined;
  const which = localRows >= rows.used ? "Times have no zone" : `The times of ${of(localRows, "row")} have no zone`;
  return `${which}: they are taken as ${timeZone}. If the shop's is another, say so with --time-zone.`;
}

function decimalWarning({ numbers }: Report, { number, of }: Counts): string | undefined {
  const { because, decimalMark, rows } = numbers;
  if (because === "assumed") {
    return `${of(rows.ambiguous, "row")} with figures like "1.234", and nothing tells decimals from thousands: the ${decimalMark} was taken for the decimal mark.`;
  }
  if (Math.min(rows.dot, rows.comma) === 0) return undefined;
  return `${of(rows.dot, "figure")} with a decimal point and ${number(rows.comma)} with a decimal comma: each was read as it is written.`;
}

function quantityWarning({ files: [orders] }: Report): string | undefined {
  return "quantity" in orders.columns ? undefined : "There is no column of quantities: every row counts as one unit.";
}

function minorWarning({ orderFile: { columns, format } }: ImportFindings): string | undefined {
  const isEngineOrder =
    format.kind === "ndjson" && columns["date"] === "placedAt" && columns["unitPrice"] === "line.unitPrice";
  return isEngineOrder
    ? "Orders are written as the engine takes them: amounts are read as minor units (1999 is 19.99)."
    : undefined;
}

function totalsWarning({ files: [orders] }: Report, { rows }: ImportFindings): string | undefined {
  return rows.pricesAreTotals
    ? `There is no unit price: it is "${orders.columns["lineTotal"]}" divided by the quantity.`
    : undefined;
}

function customersByEmail({ files: [orders] }: Report): string | undefined {
  const { customer, email } = orders.columns;
  if (email === undefined) return undefined;
  return customer === undefined
    ? "Customers are told apart by their e-mail address, which becomes their id."
    : "Customers without an id are told apart by their e-mail address, which becomes their id.";
}

/** Rows that were dropped are among those left out; this is said of rows that were kept. */
function repeatedWarning({ seen, skipped }: Report, { of }: Counts): string | undefined {
  const dropped = skipped.some(({ reason }) => reason === "repeated-row");
  return seen.repeatedRows > 0 && !dropped
    ? `${of(seen.repeatedRows, "row")} like an earlier one in every column: those that sell something were kept.`
    : undefined;
}

function fractionsWarning({ lines: { fractions } }: ImportFindings, { of }: Counts): string | undefined {
  return fractions > 0
    ? `${of(fractions, "row")} with parts of a unit: each counts as one unit at the price of the row.`
    : undefined;
}

function destroyedWarning({ codes: { destroyed } }: ImportFindings, { of }: Counts): string | undefined {
  if (destroyed.length === 0) return undefined;
  return `${of(destroyed.length, "product code")} like ${destroyed[0]}: a spreadsheet rounded them, and different products may have become one. Export again without opening the file in a spreadsheet.`;
}

function spellingsWarning({ products: { mergedSpellings } }: Report, { of }: Counts): string | undefined {
  return mergedSpellings > 0
    ? `${of(mergedSpellings, "spelling")} of product codes differ only in case or spaces, or name a product that has a code already: each counts with its product.`
    : undefined;
}

/** The same file given twice, or the two files mixed up: nearly all rows name a product again. */
function ordersAsProducts({ files }: Report): string | undefined {
  const products = files.find(({ role }) => role === "products");
  const repeated = products?.skipped.find(({ reason }) => reason === "repeated-product")?.count ?? 0;
  return products && repeated > products.rowsRead / 2
    ? `Most rows of ${products.path} name a product again: is it a file of orders instead of products?`
    : undefined;
}

function unlistedWarning({ files, products }: Report, { of }: Counts): string | undefined {
  if (files.length < 2 || products.fromOrders === 0) return undefined;
  return `${of(products.fromOrders, "product")} sold but absent from the product file: their orders count as evidence, they are never recommended.`;
}

function priceWarning({ products }: Report, { rows }: ImportFindings, { of }: Counts): string | undefined {
  return products.withoutPrice > 0
    ? `${of(products.withoutPrice, "product")} without a price in ${rows.mainCurrency}: they cannot be offered.`
    : undefined;
}

function largeOrdersWarning({ largeOrders }: Report, { of }: Counts): string | undefined {
  if (largeOrders.length === 0) return undefined;
  const named = largeOrders.slice(0, 3).map(({ order, lines }) => `${order} (${of(lines, "line")})`);
  return `Unusually long orders were kept: ${named.join(", ")}.`;
}
