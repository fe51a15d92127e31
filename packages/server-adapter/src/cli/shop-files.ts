/** The merchant's files on the command line: options that several commands share, and their import. */
import { explainReport, importShop, type ImportedShop } from "../importing/index.ts";
import type { CommandInput, OptionSpec } from "./command.ts";
import { UsageError } from "./exit.ts";

export const shopOptions: Readonly<Record<string, OptionSpec>> = {
  products: { type: "string", value: "FILE", help: "Product export. Without one, products are read off the orders." },
  currency: { type: "string", value: "CODE", help: "Currency of amounts that name none (ISO 4217)." },
  "time-zone": { type: "string", value: "ZONE", help: "Time zone of times that name none (IANA)." },
  column: {
    type: "string",
    multiple: true,
    value: "FIELD=HEADER",
    help: "Where to find a field of the order file, if it was not found by itself.",
  },
};

/** Imports the order file that is the command's first argument. Prints what was noticed on the way. */
export async function importNamedShop(
  { positionals, options, terminal, signal }: CommandInput,
  command: string,
): Promise<ImportedShop> {
  const [orders, ...rest] = positionals;
  if (orders === undefined) throw new UsageError("Name the file with the orders.", command);
  if (rest.length > 0) throw new UsageError(`One order file at a time; "${rest.join(" ")}" is too much.`, command);
  return importShopFiles(orders, { options, terminal, signal }, command);
}

/** Imports an order file and, where `--products` names one, a product file. */
export async function importShopFiles(
  orders: string,
  { options, terminal, signal }: Pick<CommandInput, "options" | "terminal" | "signal">,
  command: string,
): Promise<ImportedShop> {
  const products = options.text("products");
  const currency = options.text("currency");
  const timeZone = options.text("time-zone");
  const shop = await importShop({
    orders,
    ...(products !== undefined && { products }),
    ...(currency !== undefined && { currency }),
    ...(timeZone !== undefined && { timeZone }),
    columns: columnsOf(options.texts("column"), command),
    now: new Date(),
    onProgress: terminal.onProgress,
    signal,
  });
  terminal.clearProgress();
  for (const line of explainReport(shop.report)) terminal.note(line);
  return shop;
}

function columnsOf(texts: readonly string[], command: string): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const split = text.indexOf("=");
      if (split <= 0) throw new UsageError(`--column takes FIELD=HEADER; received "${text}".`, command);
      return [text.slice(0, split), text.slice(split + 1)];
    }),
  );
}
