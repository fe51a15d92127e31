/** Why rows are left out, in words, and what can be done about it. */
import type { Counts } from "./counts.ts";
import type { SkippedRows, SkipReason } from "./report.ts";

export interface ReasonInWords {
  /** Follows "3 rows". */
  readonly rows: string;
  /** What to do; absent where there is nothing to do. */
  readonly advice?: string;
  /** Whether what stood in the first row helps to understand. */
  readonly withExample?: boolean;
}

export const skipReasons: Readonly<Record<SkipReason, ReasonInWords>> = {
  "row-too-long": {
    rows: "longer than any row can be",
    advice: "A quote or a line end is missing there.",
    withExample: true,
  },
  "column-count": {
    rows: "with more cells than there are columns",
    advice: "Put texts that hold the delimiter in quotes.",
    withExample: true,
  },
  "not-json": { rows: "without a JSON object", advice: "Write one object per line.", withExample: true },
  "no-order": { rows: "without an order number", advice: "Export them with it." },
  "no-product": { rows: "without a product", advice: "Export them with a product code." },
  "no-date": { rows: "without a date", advice: "Export them with the order's time." },
  "unreadable-date": {
    rows: "with a date that cannot be read",
    advice: "Write dates as 2024-01-31 14:05.",
    withExample: true,
  },
  "implausible-date": {
    rows: "with a date before 1990",
    advice: "Check the clock of the till or the export.",
    withExample: true,
  },
  "future-date": {
    rows: "with a date in the future",
    advice: "Check the time zone, and the clock of the till.",
    withExample: true,
  },
  "no-quantity": { rows: "without a quantity", advice: "Export them with it." },
  "unreadable-number": {
    rows: "with a quantity or price that is no number",
    advice: "Check that the right columns were found.",
    withExample: true,
  },
  "implausible-number": {
    rows: "with a quantity or price beyond all measure",
    advice: "A product code may stand in the wrong column.",
    withExample: true,
  },
  "repeated-row": {
    rows: "that repeat an earlier row in every column",
    advice: "If the shop books a line for each unit, keep them with --keep-repeated-rows.",
  },
  "pseudo-product": { rows: "of postage, fees, vouchers and the like" },
  "stock-adjustment": { rows: "that correct the stock: a negative quantity without a price" },
  "zero-quantity": { rows: "with the quantity 0" },
  "no-price": {
    rows: "without a price above 0",
    advice: "That is right for free samples; otherwise check the price column.",
  },
  "unknown-currency": {
    rows: "in a currency that is no ISO code",
    advice: "Write codes such as EUR.",
    withExample: true,
  },
  "mixed-currency-order": {
    rows: "in another currency than the rest of their order",
    advice: "Check the export.",
    withExample: true,
  },
  "unmatched-return": {
    rows: "that take back a purchase which is not in the file",
    advice: "An export that begins earlier may hold it.",
  },
  "repeated-product": {
    rows: "with a product or variant that is there already",
    advice: "Give each variant its own SKU.",
    withExample: true,
  },
  "unknown-parent": {
    rows: "with a variation of a product that is not in the file",
    advice: "Export parent products too.",
    withExample: true,
  },
  "unreadable-restriction": {
    rows: "with a limit of age or country that cannot be read",
    advice: "Write ages as 18 and countries as DE, AT.",
    withExample: true,
  },
};

/**
 * @example
 * skippedInWords(skipped, countsIn("en"));
 * // '204 rows with a date that cannot be read (lines 2, 7, 12, ...; such as "soon"). Write dates as 2024-01-31 14:05.'
 */
export function skippedInWords({ reason, count, lines, example }: SkippedRows, counts: Counts): string {
  const { rows, advice, withExample = false } = skipReasons[reason];
  // Relative clauses speak of one row, too.
  const said = count === 1 ? rows.replace(/^that (repeat|correct|take)\b/, "that $1s") : rows;
  const where = `line${count === 1 ? "" : "s"} ${lines.join(", ")}${count > lines.length ? ", ..." : ""}`;
  const such = withExample && example ? `; ${count === 1 ? "" : "such as "}"${example}"` : "";
  return `${counts.of(count, "row")} ${said} (${where}${such}).${advice ? ` ${advice}` : ""}`;
}
