/** The merchant's files on the command line: options that several commands share, and their import. */
import {
  importShop,
  orderFieldNames,
  productFieldNames,
  type ImportedShop,
  type ImportShopOptions,
} from "../importing/index.ts";
import type { CommandInput, Options, OptionSpec } from "./command.ts";
import { UsageError } from "./exit.ts";

export const shopOptions: Readonly<Record<string, OptionSpec>> = {
  products: { type: "string", value: "FILE", help: "Product export. Without one, products are read off the orders." },
  currency: { type: "string", value: "CODE", help: "Currency of amounts that name none (ISO 4217)." },
  "time-zone": { type: "string", value: "ZONE", help: "Time zone of times that name none (IANA)." },
  locale: { type: "string", value: "TAG", help: "How figures and dates are written, for example de-DE (BCP 47)." },
  "date-order": {
    type: "string",
    value: "ORDER",
    help: "What 3/4/2026 is: day-first or month-first. Found out when left out.",
  },
  column: {
    type: "string",
    multiple: true,
    value: "FIELD=HEADER",
    help: "Where to find a field of the order file, if it was not found by itself.",
  },
  "product-column": {
    type: "string",
    multiple: true,
    value: "FIELD=HEADER",
    help: "The same for the product file.",
  },
  "keep-repeated-rows": { type: "boolean", help: "Count rows that repeat an earlier one: a line for each unit." },
  "product-code": {
    type: "string",
    multiple: true,
    value: "CODE",
    help: "A product although it looks like postage or a fee.",
  },
  "no-product-code": {
    type: "string",
    multiple: true,
    value: "CODE",
    help: "No product: postage, a fee or a voucher of the shop's own.",
  },
};

type ShopSettings = Omit<ImportShopOptions, "orders" | "now">;

/** @throws UsageError for a value that no file could make right; nothing is read yet */
export function shopSettings(options: Options, command: string): ShopSettings {
  const [products, currency, timeZone, locale] = ["products", "currency", "time-zone", "locale"].map((name) =>
    options.text(name),
  );
  for (const { name, value, read, expected } of [
    { name: "currency", value: currency, read: currencyFormat, expected: "an ISO 4217 code such as EUR" },
    { name: "time-zone", value: timeZone, read: zoneFormat, expected: 'an IANA time zone such as "Europe/London"' },
    { name: "locale", value: locale, read: Intl.getCanonicalLocales, expected: "a BCP 47 tag such as en-GB" },
  ])
    requireKnown(name, value, read, expected, command);
  const dateOrder = options.text("date-order");
  if (dateOrder !== undefined && dateOrder !== "day-first" && dateOrder !== "month-first")
    throw new UsageError(`--date-order is day-first or month-first; received "${dateOrder}".`, command);
  return {
    ...(products !== undefined && { products }),
    ...(currency !== undefined && { currency: currency.toUpperCase() }),
    ...(timeZone !== undefined && { timeZone }),
    ...(locale !== undefined && { market: { locale } }),
    ...(dateOrder !== undefined && { dateOrder }),
    ...(options.flag("keep-repeated-rows") && { repeatedRows: "keep" }),
    columns: columnsOf(options, "column", Object.keys(orderFieldNames), command),
    productColumns: columnsOf(options, "product-column", Object.keys(productFieldNames), command),
    pseudoProducts: { also: options.texts("no-product-code"), never: options.texts("product-code") },
  };
}

/** @throws UsageError unless exactly one file is named */
export function namedOrderFile({ positionals }: CommandInput, command: string): string {
  const [orders, ...rest] = positionals;
  if (orders === undefined) throw new UsageError("Name the file with the orders.", command);
  if (rest.length > 0) throw new UsageError(`One order file at a time; "${rest.join(" ")}" is too much.`, command);
  return orders;
}

/** Imports an order file and, where `--products` names one, a product file. */
export async function importShopFiles(
  orders: string,
  { options, terminal, signal }: Pick<CommandInput, "options" | "terminal" | "signal">,
  command: string,
): Promise<ImportedShop> {
  const shop = await importShop({
    ...shopSettings(options, command),
    orders,
    now: new Date(),
    onProgress: terminal.onProgress,
    signal,
  });
  terminal.clearProgress();
  return shop;
}

const currencyFormat = (currency: string) => new Intl.NumberFormat("en", { style: "currency", currency });
const zoneFormat = (timeZone: string) => new Intl.DateTimeFormat("en", { timeZone });

function columnsOf(
  options: Options,
  option: string,
  fields: readonly string[],
  command: string,
): Record<string, string> {
  return Object.fromEntries(
    options.texts(option).map((text) => {
      const split = text.indexOf("=");
      const field = text.slice(0, split);
      if (split <= 0) throw new UsageError(`--${option} takes FIELD=HEADER; received "${text}".`, command);
      if (!fields.includes(field))
        throw new UsageError(`--${option} has no field "${field}". Fields are ${fields.join(", ")}.`, command);
      return [field, text.slice(split + 1)];
    }),
  );
}

/** @param read throws for what it does not know */
function requireKnown(
  name: string,
  value: string | undefined,
  read: (value: string) => unknown,
  expected: string,
  command: string,
): void {
  if (value === undefined) return;
  try {
    read(value);
  } catch {
    throw new UsageError(`--${name} takes ${expected}; received "${value}".`, command);
  }
}
