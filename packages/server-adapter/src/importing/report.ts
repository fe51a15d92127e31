/** What an import found and did, as plain data. `explainReport` says it in words. */
import type { Minor } from "@basketlift/engine/catalogue";
import type { DateStyle } from "./date-order.ts";
import type { Encoding } from "./encoding.ts";
import type { NumberStyle } from "./numbers.ts";
import type { TableFormat } from "./read-table.ts";

/** Why a row does not become an order line. Each row that is left out has exactly one reason. */
export type SkipReason =
  | "row-too-long"
  | "column-count"
  | "not-json"
  | "no-order"
  | "no-product"
  | "no-date"
  | "unreadable-date"
  | "implausible-date"
  | "future-date"
  | "no-quantity"
  | "unreadable-number"
  | "implausible-number"
  | "repeated-row"
  | "pseudo-product"
  | "stock-adjustment"
  | "zero-quantity"
  | "no-price"
  | "unknown-currency"
  | "mixed-currency-order"
  | "unmatched-return"
  | "repeated-product"
  | "unknown-parent"
  | "unreadable-restriction";

/** Rows left out for one reason. */
export interface SkippedRows {
  readonly reason: SkipReason;
  readonly count: number;
  /** Physical lines of the first few, from 1. */
  readonly lines: readonly number[];
  /** What stood in the first one. */
  readonly example: string;
}

/** Something that was assumed, or that the merchant should look at. */
export interface ImportWarning {
  readonly code: string;
  readonly message: string;
}

/** One file. */
export interface FileReport {
  readonly role: "orders" | "products";
  readonly path: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly kind: TableFormat["kind"];
  readonly compression: TableFormat["compression"];
  readonly delimiter?: string | undefined;
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  /** Header by field. */
  readonly columns: Readonly<Record<string, string>>;
  /** Headers that nothing was read from. */
  readonly unusedColumns: readonly string[];
  /** Rows below the header, those that could not be read included. */
  readonly rowsRead: number;
  readonly skipped: readonly SkippedRows[];
}

/** What stood in the order file, before anything was decided. The same row may count in several figures. */
export interface SeenInOrders {
  readonly orders: number;
  /** Product codes as they are spelled. */
  readonly productCodes: number;
  readonly customers: number;
  readonly rowsWithoutCustomer: number;
  readonly rowsWithoutDescription: number;
  readonly rowsWithoutPositiveQuantity: number;
  readonly rowsWithoutPositivePrice: number;
  /** Rows that take a purchase back: a negative quantity at a price. */
  readonly cancellationRows: number;
  /** Rows that repeat an earlier one in every mapped column. */
  readonly repeatedRows: number;
}

/** What became of the rows that take purchases back. */
export interface ReturnsReport {
  readonly rows: number;
  readonly matchedRows: number;
  /** Matched rows that took back more than had been bought. */
  readonly partlyMatchedRows: number;
  readonly unmatchedRows: number;
  /** Lines that were taken back in full within a day: they count as never shipped. */
  readonly cancelledLines: number;
  /** Lines that were taken back later or in part. */
  readonly returnedLines: number;
}

/** Orders in one currency. Amounts of different currencies are never added up. */
export interface CurrencyReport {
  readonly currency: string;
  readonly orders: number;
  /** Net of discounts, refunds and cancellations, in minor units. */
  readonly net: Minor;
}

/** The whole import. For the order file: rows read = used + applied + skipped. */
export interface ImportReport {
  readonly files: readonly FileReport[];
  readonly rows: {
    readonly read: number;
    /** Rows that became an order line. */
    readonly used: number;
    /** Rows that changed an earlier line: matched returns. */
    readonly applied: number;
    readonly skipped: number;
  };
  /** Of the order file, in the order of their number. */
  readonly skipped: readonly SkippedRows[];
  readonly seen: SeenInOrders;
  readonly dates: DateStyle;
  readonly numbers: NumberStyle;
  readonly returns: ReturnsReport;
  /** The main currency first. */
  readonly currencies: readonly CurrencyReport[];
  readonly mainCurrencyBecause: "given" | "column" | "sign" | "assumed";
  /** First and last order, RFC 3339. */
  readonly range: { readonly from: string; readonly to: string };
  readonly orders: number;
  readonly guestOrders: number;
  readonly cancelledOrders: number;
  readonly refundedOrders: number;
  readonly lines: number;
  readonly customers: number;
  readonly products: {
    readonly total: number;
    readonly fromFile: number;
    /** Made from order lines. */
    readonly fromOrders: number;
    /** Without a price in the home market: never recommended. */
    readonly withoutPrice: number;
    /** Spellings of codes that were taken for another spelling of the same product. */
    readonly mergedSpellings: number;
    /** Products whose lines describe them in several ways. */
    readonly withSeveralDescriptions: number;
  };
  /** Codes that are no products, with the rows that were left out. */
  readonly pseudoProducts: readonly { readonly code: string; readonly title: string; readonly rows: number }[];
  /** The longest orders, where they are unusually long. They are kept. */
  readonly largeOrders: readonly { readonly order: string; readonly lines: number }[];
  readonly warnings: readonly ImportWarning[];
}

/** Counts rows that are left out. */
export interface Skips {
  add(reason: SkipReason, line: number, example: string): void;
  readonly total: number;
  list(): SkippedRows[];
}

const linesShown = 5;
const exampleLength = 60;

/** @param onAdd told of each row */
export function createSkips(onAdd?: Skips["add"]): Skips {
  const byReason = new Map<SkipReason, { count: number; lines: number[]; example: string }>();
  let total = 0;
  return {
    get total() {
      return total;
    },
    add(reason, line, example) {
      onAdd?.(reason, line, example);
      total++;
      let skip = byReason.get(reason);
      if (!skip) byReason.set(reason, (skip = { count: 0, lines: [], example: example.slice(0, exampleLength) }));
      skip.count++;
      // Returns are judged in the order of time: the first lines of the file are not always the first to come.
      if (skip.lines.length < linesShown || line < skip.lines[linesShown - 1])
        skip.lines = [...skip.lines, line].toSorted((a, b) => a - b).slice(0, linesShown);
    },
    list: () => [...byReason].map(([reason, skip]) => ({ reason, ...skip })).toSorted((a, b) => b.count - a.count),
  };
}
