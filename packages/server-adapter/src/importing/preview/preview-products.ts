/** A preview of a file of products. */
import { toMinor, type Market } from "@basketlift/engine/catalogue";
import type { ColumnOverrides } from "../columns.ts";
import type { FileHead } from "../file-head.ts";
import { readNumber } from "../numbers.ts";
import { productFieldNames, type ProductField } from "../product-column-names.ts";
import { productNeeds, readListed, stageProductFile } from "../product-file.ts";
import { numberStyleOf } from "../product-rows.ts";
import type { SkipReason } from "../report.ts";
import { productFieldWords } from "./field-words.ts";
import { previewOf, type FilePreview, type PreviewedRow } from "./preview.ts";
import { formatMoney } from "./read-values.ts";

const rowsShown = 20;
const amounts = ["price", "salePrice", "cost"] as const satisfies readonly ProductField[];

/**
 * @param head the first megabyte is enough
 * @example
 * const { fields, rows } = await previewProducts(head, { market, now: new Date() });
 */
export function previewProducts(
  head: FileHead,
  {
    columns = {},
    market,
    now,
  }: { readonly columns?: ColumnOverrides<ProductField> | undefined; readonly market: Market; readonly now: Date },
): Promise<FilePreview> {
  return previewOf<ProductField>(head, {
    names: productFieldNames,
    words: productFieldWords,
    needs: productNeeds,
    given: columns,
    async read(mapping, onSkip) {
      const skippedLines = new Set<number>();
      const file = await stageProductFile(head, {
        columns: mapping,
        onSkip(reason, line, example) {
          skippedLines.add(line);
          onSkip(reason, line, example);
        },
      });
      readListed(file, market, now);
      const { decimalMark } = numberStyleOf(file.staged);
      const shown = Array.from({ length: Math.min(rowsShown, file.staged.rows) }, (_, row): PreviewedRow => {
        const values: Record<string, string> = {};
        for (const field of file.fields) {
          const { codes, texts } = file.staged.column(field);
          values[field] = texts[codes[row]].slice(0, 200);
        }
        for (const field of amounts) {
          const amount = values[field] === undefined ? undefined : readNumber(values[field], decimalMark);
          if (amount !== undefined) values[field] = formatMoney(toMinor(amount, market.currency), market.currency);
        }
        const line = file.staged.line[row];
        return { line, outcome: skippedLines.has(line) ? "skipped" : "used", values };
      });
      return { file, rows: shown, fieldOf: (reason) => fieldOfReason[reason] };
    },
  });
}

const fieldOfReason: Readonly<Partial<Record<SkipReason, ProductField>>> = {
  "no-product": "product",
  "repeated-product": "variant",
  "unknown-parent": "parent",
};
