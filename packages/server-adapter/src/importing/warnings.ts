/** What was assumed on the way, and what the merchant should look at, in sentences. */
import type { ImportFindings } from "./findings.ts";
import type { ImportReport, ImportWarning } from "./report.ts";

/** @returns a warning per assumption or oddity, none for what is plain */
export function warningsOf(report: Omit<ImportReport, "warnings">, findings: ImportFindings): ImportWarning[] {
  const candidates: (readonly [code: string, message: string | undefined])[] = [
    ["encoding", encodingWarning(findings)],
    [
      "currency-assumed",
      report.mainCurrencyBecause === "assumed"
        ? "No column and no sign names a currency: amounts are taken as EUR. Name the currency to be sure."
        : undefined,
    ],
    ["several-currencies", severalCurrencies(report)],
    ["date-order", dateOrderWarning(report)],
    ["date-order-mixed", mixedDates(report)],
    [
      "time-zone",
      report.dates.localRows > 0
        ? `${report.dates.localRows} rows have times without a zone: they are taken as ${report.dates.timeZone}. Name the shop's time zone if it is another.`
        : undefined,
    ],
    ["decimal-mark", decimalWarning(report)],
    [
      "no-quantity-column",
      "quantity" in report.files[0].columns
        ? undefined
        : "There is no column of quantities: every row counts as one unit.",
    ],
    ["amounts-are-minor", minorWarning(findings)],
    [
      "totals-as-prices",
      findings.rows.pricesAreTotals
        ? `There is no unit price: it is "${report.files[0].columns["lineTotal"]}" divided by the quantity.`
        : undefined,
    ],
    ["customers-by-email", customersByEmail(report)],
    ["repeated-rows", repeatedWarning(report)],
    [
      "fractions",
      findings.lines.fractions > 0
        ? `${findings.lines.fractions} rows sell parts of a unit: each counts as one unit at the price of the row.`
        : undefined,
    ],
    ["destroyed-codes", destroyedWarning(findings.codes.destroyed)],
    [
      "merged-spellings",
      report.products.mergedSpellings > 0
        ? `${report.products.mergedSpellings} product codes differ from another one only in case or spaces, or name the same product: they are one product.`
        : undefined,
    ],
    ["unlisted-products", unlistedWarning(report)],
    [
      "products-without-price",
      report.products.withoutPrice > 0
        ? `${report.products.withoutPrice} products have no price in ${findings.rows.mainCurrency}: they cannot be offered.`
        : undefined,
    ],
    ["large-orders", largeOrdersWarning(report)],
  ];
  return candidates.flatMap(([code, message]) => (message === undefined ? [] : [{ code, message }]));
}

function encodingWarning({ orderFile, productFile }: ImportFindings): string | undefined {
  const said: string[] = [];
  for (const file of [orderFile, productFile]) {
    if (!file) continue;
    const { foreignLines } = file.format;
    if (foreignLines > 0)
      said.push(`${foreignLines} lines of ${file.path} are not UTF-8 and were read as Windows-1252.`);
    const { encoding, validValues, invalidValues, example } = file.staged.encoding;
    if (invalidValues === 0) continue;
    said.push(
      encoding === "windows-1252"
        ? `${file.path} is not UTF-8 and was read as Windows-1252 (for example "${example}").`
        : `${file.path} is UTF-8, but ${invalidValues} of ${validValues + invalidValues} texts are not: those were read as Windows-1252 (for example "${example}").`,
    );
  }
  return said.length > 0 ? `${said.join(" ")} Check letters with accents.` : undefined;
}

function severalCurrencies({ currencies }: Omit<ImportReport, "warnings">): string | undefined {
  if (currencies.length < 2) return undefined;
  const [main, ...others] = currencies;
  const named = others.map(({ currency, orders }) => `${orders} in ${currency}`).join(", ");
  return `${main.orders} orders are in ${main.currency}, ${named}: the others count as evidence of what goes together, their amounts are never added to those in ${main.currency}.`;
}

function dateOrderWarning({ dates }: Omit<ImportReport, "warnings">): string | undefined {
  const { order, because, ambiguousRows } = dates;
  const read = order === "day-first" ? "the day first (3/4 is 3 April)" : "the month first (3/4 is 4 March)";
  switch (because) {
    case "assumed":
      return `Nothing in the file tells day from month in ${ambiguousRows} rows: they were read with ${read}. Say dateOrder to be sure.`;
    case "future":
      return `Dates were read with ${read}, because the other order gives days that have not come yet.`;
    case "sequence":
      return `Dates were read with ${read}, because rows are then in the order of time.`;
    default:
      return undefined;
  }
}

function mixedDates({ dates: { dayFirstRows, monthFirstRows } }: Omit<ImportReport, "warnings">): string | undefined {
  if (Math.min(dayFirstRows, monthFirstRows) === 0) return undefined;
  return `${dayFirstRows} rows put the day first and ${monthFirstRows} the month: rows that do not tell were read like the majority.`;
}

function decimalWarning({ numbers }: Omit<ImportReport, "warnings">): string | undefined {
  const { because, decimalMark, rows } = numbers;
  if (because === "assumed") {
    return `${rows.ambiguous} rows have figures like "1.234" and nothing tells decimals from thousands: the ${decimalMark} was taken for the decimal mark.`;
  }
  if (Math.min(rows.dot, rows.comma) === 0) return undefined;
  return `${rows.dot} figures are written with a decimal point and ${rows.comma} with a decimal comma: each was read as it is written.`;
}

function minorWarning({ orderFile: { columns, format } }: ImportFindings): string | undefined {
  const isEngineOrder =
    format.kind === "ndjson" && columns["date"] === "placedAt" && columns["unitPrice"] === "line.unitPrice";
  return isEngineOrder
    ? "Orders are written as the engine takes them: amounts are read as minor units (1999 is 19.99)."
    : undefined;
}

function customersByEmail({ files: [orders] }: Omit<ImportReport, "warnings">): string | undefined {
  const { customer, email } = orders.columns;
  if (email === undefined) return undefined;
  return customer === undefined
    ? "Customers are told apart by their e-mail address, which becomes their id."
    : "Customers without an id are told apart by their e-mail address, which becomes their id.";
}

function repeatedWarning({ seen, skipped }: Omit<ImportReport, "warnings">): string | undefined {
  if (seen.repeatedRows === 0) return undefined;
  const dropped = skipped.some(({ reason }) => reason === "repeated-row");
  return dropped
    ? `${seen.repeatedRows} rows repeat an earlier one in every column; each counts once. If a line per unit is how the shop books, keep them.`
    : `${seen.repeatedRows} rows repeat an earlier one in every column; those that sell something were kept.`;
}

function destroyedWarning(codes: readonly string[]): string | undefined {
  if (codes.length === 0) return undefined;
  return `${codes.length} product codes look like ${codes[0]}: a spreadsheet rounded them, and different products may have become one. Export again without opening the file in a spreadsheet.`;
}

function unlistedWarning({ files, products }: Omit<ImportReport, "warnings">): string | undefined {
  if (files.length < 2 || products.fromOrders === 0) return undefined;
  return `${products.fromOrders} products were sold but are not in the products file: their orders count as evidence, they are never recommended.`;
}

function largeOrdersWarning({ largeOrders }: Omit<ImportReport, "warnings">): string | undefined {
  if (largeOrders.length === 0) return undefined;
  const named = largeOrders.slice(0, 3).map(({ order, lines }) => `${order} (${lines} lines)`);
  return `Unusually long orders were kept: ${named.join(", ")}.`;
}
