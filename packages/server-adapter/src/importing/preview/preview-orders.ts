/** A preview of a file of order lines. */
import { formatMoney } from "./read-values.ts";
import type { FileHead } from "../file-head.ts";
import { judgeOrders, orderNeeds, readRows, type ImportShopOptions } from "../import-shop.ts";
import { orderFieldNames, type OrderField } from "../order-column-names.ts";
import { currencyOf, rowKind, valueAt } from "../order-lines.ts";
import type { OrderRows } from "../order-rows.ts";
import type { SkipReason } from "../report.ts";
import { stageFile, type StagedFile } from "../stage-file.ts";
import { orderFieldWords } from "./field-words.ts";
import { previewOf, type FilePreview, type PreviewedRow } from "./preview.ts";

const rowsShown = 20;

/**
 * @param head the first megabyte is enough
 * @example
 * const { fields, rows, problems } = await previewOrders({ name: "orders.csv", content, isWhole: false }, { now: new Date() });
 */
export function previewOrders(
  head: FileHead,
  { columns = {}, ...options }: Omit<ImportShopOptions, "orders" | "products" | "onProgress">,
): Promise<FilePreview> {
  return previewOf<OrderField>(head, {
    names: orderFieldNames,
    words: orderFieldWords,
    needs: orderNeeds,
    given: columns,
    async read(mapping, onSkip) {
      const skippedLines = new Set<number>();
      const file = await stageFile(head, {
        role: "orders",
        names: orderFieldNames,
        needs: orderNeeds,
        overrides: mapping,
        onSkip(reason, line, example) {
          if (head.isWhole || reason !== "unmatched-return") skippedLines.add(line);
          onSkip(reason, line, example);
        },
      });
      const rows = readRows(file, options);
      const { lines } = await judgeOrders(file, rows, [], options, async () => {});
      const shown = Array.from({ length: Math.min(rowsShown, rows.rows) }, (_, row): PreviewedRow => {
        const line = rows.line[row];
        const isReturn = lines.kind[row] === rowKind.return || (!head.isWhole && isTakenBack(rows, row));
        const outcome = skippedLines.has(line) ? "skipped" : isReturn ? "applied" : "used";
        return { line, outcome, values: valuesOf(file, rows, row) };
      });
      return { file, rows: shown, fieldOf: fieldsOf(rows) };
    },
  });
}

const isTakenBack = (rows: OrderRows, row: number): boolean =>
  valueAt(rows.quantity, row) < 0 && valueAt(rows.unitPrice, row) > 0;

/** What was read of a row, by field; what could not be read as it stands. */
function valuesOf(file: StagedFile<OrderField>, rows: OrderRows, row: number): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of file.fields) {
    const { codes, texts } = file.staged.column(field);
    values[field] = texts[codes[row]];
  }
  values["order"] = rows.order.texts[rows.order.codes[row]];
  const at = valueAt(rows.date, row);
  if (!Number.isNaN(at)) values["date"] = new Date(at).toISOString().replace(".000Z", "Z");
  const customer = rows.customer.texts[rows.customer.codes[row]];
  if (values["customer"]) values["customer"] = customer;
  const price = valueAt(rows.unitPrice, row);
  if (!Number.isNaN(price)) {
    const currency = currencyOf(rows, row);
    values[rows.pricesAreTotals ? "lineTotal" : "unitPrice"] = formatMoney(rows.toMinor(price, currency), currency);
  }
  return values;
}

/** Which field is at fault; of two, the one that cannot be read. */
function fieldsOf(rows: OrderRows): (reason: SkipReason, line: number) => OrderField | undefined {
  const rowAt = new Map(Array.from(rows.line, (line, row) => [line, row]));
  const price: OrderField = rows.pricesAreTotals ? "lineTotal" : "unitPrice";
  return (reason, line) => {
    const row = rowAt.get(line);
    if (reason === "unreadable-number" || reason === "implausible-number") {
      if (row === undefined) return undefined;
      const units = valueAt(rows.quantity, row);
      return Number.isNaN(units) || Math.abs(units) > 1_000_000 ? "quantity" : price;
    }
    return reason === "no-price" ? price : fieldOfReason[reason];
  };
}

const fieldOfReason: Readonly<Partial<Record<SkipReason, OrderField>>> = {
  "no-order": "order",
  "no-product": "product",
  "no-date": "date",
  "unreadable-date": "date",
  "implausible-date": "date",
  "future-date": "date",
  "no-quantity": "quantity",
  "zero-quantity": "quantity",
  "stock-adjustment": "quantity",
  "unmatched-return": "quantity",
  "pseudo-product": "product",
  "unknown-currency": "currency",
  "mixed-currency-order": "currency",
};
