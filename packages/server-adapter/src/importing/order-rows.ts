/**
 * What the rows of an order file say, read: orders, customers, times, amounts and currencies, with what an export writes
 * on the first line of an order only filled in on the others. Still a row per row; nothing is judged here.
 */
import { currencyExponent } from "@basketlift/engine/catalogue";
import type { OrderField } from "./order-column-names.ts";
import { type DateOrder, type DateStyle, readDates } from "./date-order.ts";
import {
  currencyBeside,
  type DecimalMark,
  decideNumberStyle,
  type NumberStyle,
  readCurrency,
  readNumber,
} from "./numbers.ts";
import type { ImportReport } from "./report.ts";
import { rowsPerText, type StagedColumn, type StagedRows } from "./staged-table.ts";

/** A column whose texts are read: row `r` holds `values[codes[r]]`. Blank and unreadable texts are NaN. */
export interface ReadColumn {
  readonly codes: Uint32Array;
  readonly texts: readonly string[];
  readonly values: Float64Array;
}

/** An order file, read. */
export interface OrderRows {
  readonly rows: number;
  readonly line: Uint32Array;
  readonly order: StagedColumn;
  /** Code 0 for guests. */
  readonly customer: StagedColumn;
  /** Milliseconds since 1970. */
  readonly date: ReadColumn;
  readonly quantity: ReadColumn;
  readonly unitPrice: ReadColumn;
  /** Whether `unitPrice` holds what the whole line costs. */
  readonly pricesAreTotals: boolean;
  readonly lineDiscount: ReadColumn;
  readonly orderDiscount: ReadColumn;
  readonly lineRefund: ReadColumn;
  readonly orderRefund: ReadColumn;
  readonly returnedQuantity: ReadColumn;
  readonly currency: StagedColumn;
  /** ISO code of each text of `currency`; undefined where the text is none. Blank texts are the main currency. */
  readonly currencyOf: readonly (string | undefined)[];
  readonly mainCurrency: string;
  readonly mainCurrencyBecause: ImportReport["mainCurrencyBecause"];
  readonly status: StagedColumn;
  readonly cancelledAt: StagedColumn;
  readonly cancelled: StagedColumn;
  /** From what is written to minor units of a currency. */
  toMinor(amount: number, currency: string): number;
  readonly dates: DateStyle;
  readonly numbers: NumberStyle;
}

export interface OrderReading {
  readonly now: Date;
  readonly timeZone: string;
  readonly country: string | undefined;
  readonly currency: string | undefined;
  /** Of amounts that no text of the file gives a currency. */
  readonly assumedCurrency?: string | undefined;
  readonly dateOrder: DateOrder | undefined;
  /** `minor` when amounts are whole cents already. */
  readonly amounts: "major" | "minor";
}

const numberFields = [
  "quantity",
  "unitPrice",
  "lineTotal",
  "lineDiscount",
  "orderDiscount",
  "lineRefund",
  "orderRefund",
  "returnedQuantity",
] as const satisfies readonly OrderField[];

export function readOrderRows(staged: StagedRows<OrderField>, reading: OrderReading): OrderRows {
  const order = carriedOrders(staged);
  const fill = (field: OrderField): StagedColumn => filledFromOrder(staged.column(field), order);
  const dateColumn = fill("date");
  const { style: dates, at } = readDates(dateColumn.texts, rowsPerText(dateColumn), {
    timeZone: reading.timeZone,
    now: reading.now.getTime(),
    given: reading.dateOrder,
    fallback:
      reading.country === "US" || (reading.country === undefined && reading.currency === "USD")
        ? "month-first"
        : "day-first",
  });
  const numbers = decideNumberStyle(countedTexts(staged));
  const read = (column: StagedColumn): ReadColumn => readNumbers(column, numbers.decimalMark);
  const pricesAreTotals = !staged.has("unitPrice") && staged.has("lineTotal");
  const price = staged.column(pricesAreTotals ? "lineTotal" : "unitPrice");
  const currency = fill("currency");
  const currencyOf = currency.texts.map(readCurrency);
  const main = mainCurrency(currency, currencyOf, price, reading);
  const scale = (of: string): number => (reading.amounts === "minor" ? 1 : 10 ** currencyExponent(of));
  return {
    rows: staged.rows,
    line: staged.line,
    order,
    customer: customers(fill("customer"), fill("email")),
    date: { ...dateColumn, values: at },
    quantity: read(staged.column("quantity")),
    unitPrice: read(price),
    pricesAreTotals,
    lineDiscount: read(staged.column("lineDiscount")),
    orderDiscount: read(fill("orderDiscount")),
    lineRefund: read(staged.column("lineRefund")),
    orderRefund: read(fill("orderRefund")),
    returnedQuantity: read(staged.column("returnedQuantity")),
    currency,
    currencyOf,
    ...main,
    status: fill("status"),
    cancelledAt: fill("cancelledAt"),
    cancelled: staged.column("cancelled"),
    // A double holds 0.125 * 100 exactly but not 1.005 * 100: the nudge rounds such halves the way they were written.
    toMinor: (amount, of) => Math.round(amount * scale(of) * (1 + Number.EPSILON)),
    dates,
    numbers,
  };
}

/** A row without order and date belongs to the order above it: exports that write an order's number once do that. */
function carriedOrders(staged: StagedRows<OrderField>): StagedColumn {
  const { codes, texts } = staged.column("order");
  const date = staged.column("date");
  const carried = codes.slice();
  for (let row = 1; row < staged.rows; row++) {
    if (carried[row] === 0 && date.codes[row] === 0) carried[row] = carried[row - 1];
  }
  return { codes: carried, texts };
}

/** What the first line of an order says, on all of its lines that say nothing. */
function filledFromOrder({ codes, texts }: StagedColumn, order: StagedColumn): StagedColumn {
  const first = new Uint32Array(order.texts.length);
  for (const [row, code] of codes.entries()) {
    if (first[order.codes[row]] === 0) first[order.codes[row]] = code;
  }
  first[0] = 0;
  return { codes: codes.map((code, row) => (code === 0 ? first[order.codes[row]] : code)), texts };
}

function readNumbers({ codes, texts }: StagedColumn, mark: DecimalMark): ReadColumn {
  return { codes, texts, values: Float64Array.from(texts, (text) => readNumber(text, mark) ?? Number.NaN) };
}

function* countedTexts(staged: StagedRows<OrderField>): Generator<readonly [string, number]> {
  for (const field of numberFields) {
    const column = staged.column(field);
    const rows = rowsPerText(column);
    for (const [code, text] of column.texts.entries()) yield [text, rows[code]];
  }
}

/** Words that stand for "no customer". */
const guests = new Set(["", "0", "0.0", "guest", "guests", "anonymous", "-", "--", "none"]);

/** One column of customer ids: the shop's own where there is one, else the e-mail address. */
function customers(ids: StagedColumn, emails: StagedColumn): StagedColumn {
  const texts: string[] = [""];
  const codeOfText = new Map<string, number>([["", 0]]);
  const intern = (text: string): number => {
    const known = codeOfText.get(text);
    if (known !== undefined) return known;
    codeOfText.set(text, texts.length);
    return texts.push(text) - 1;
  };
  const ofId = Uint32Array.from(ids.texts, (text) => intern(customerId(text)));
  const ofEmail = Uint32Array.from(emails.texts, (text) => intern(customerId(text.toLowerCase())));
  return { codes: ids.codes.map((code, row) => ofId[code] || ofEmail[emails.codes[row]]), texts };
}

/** Spreadsheets turn whole-number ids into decimals: 17850.0. */
function customerId(text: string): string {
  if (guests.has(text.toLowerCase())) return "";
  return /^\d+\.0+$/.test(text) ? text.slice(0, text.indexOf(".")) : text;
}

function mainCurrency(
  { codes, texts }: StagedColumn,
  currencyOf: readonly (string | undefined)[],
  price: StagedColumn,
  { currency: given, assumedCurrency = "EUR" }: OrderReading,
): Pick<OrderRows, "mainCurrency" | "mainCurrencyBecause"> {
  if (given) return { mainCurrency: given, mainCurrencyBecause: "given" };
  const named = commonest(currencyOf, rowsPerText({ codes, texts }));
  if (named) return { mainCurrency: named, mainCurrencyBecause: "column" };
  const beside = commonest(price.texts.map(currencyBeside), rowsPerText(price));
  if (beside) return { mainCurrency: beside, mainCurrencyBecause: "sign" };
  return { mainCurrency: assumedCurrency, mainCurrencyBecause: "assumed" };
}

function commonest(names: readonly (string | undefined)[], rows: Uint32Array): string | undefined {
  const total = new Map<string, number>();
  for (const [code, name] of names.entries()) if (name) total.set(name, (total.get(name) ?? 0) + rows[code]);
  let best: string | undefined;
  for (const [name, count] of total) if (best === undefined || count > (total.get(best) ?? 0)) best = name;
  return best;
}
