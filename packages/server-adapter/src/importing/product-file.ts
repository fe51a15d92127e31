/** A products file by itself, and as the companion of an order file. */
import type { Market, Product } from "@basketlift/engine/catalogue";
import type { TrainingControls } from "@basketlift/engine/models";
import type { ColumnOverrides, Need } from "./columns.ts";
import type { FileInput } from "./file-head.ts";
import { productFieldNames, type ProductField } from "./product-column-names.ts";
import { readProducts } from "./product-rows.ts";
import type { FileReport } from "./report.ts";
import { stageFile, type StagedFile, type StageFileOptions } from "./stage-file.ts";
import { fileReport } from "./summary.ts";

export const productNeeds: readonly Need<ProductField>[] = [
  { anyOf: ["product", "variant", "title"], is: "the product's id", example: "product_id" },
];

/** @throws ImportError when the file cannot be read or names no products */
export function stageProductFile(
  input: FileInput,
  {
    columns = {},
    ...controls
  }: Pick<StageFileOptions<ProductField>, "onSkip" | "onProgress" | "signal"> & {
    readonly columns?: ColumnOverrides<ProductField> | undefined;
  },
): Promise<StagedFile<ProductField>> {
  return stageFile(input, {
    role: "products",
    names: productFieldNames,
    needs: productNeeds,
    overrides: columns,
    paragraphs: ["description"],
    ...controls,
  });
}

/** The products of a file, priced in one market. */
export function readListed(file: StagedFile<ProductField>, market: Market, now: Date): Product[] {
  const categoryLists = /categories/i.test(file.columns["category"] ?? "");
  return readProducts(file.staged, { market, now, categoryLists }, file.skips);
}

export interface ImportProductsOptions extends TrainingControls {
  /** CSV or JSON lines, plain or gzip. */
  readonly path: string;
  /** Columns mapped by hand: field to header. */
  readonly columns?: ColumnOverrides<ProductField> | undefined;
  /** What the prices are in. */
  readonly market: Market;
  readonly now: Date;
}

/**
 * Reads a shop's products without its orders. Rows that cannot be used are left out and counted by reason.
 * @throws ImportError when the file cannot be imported, the signal's reason when aborted
 * @example
 * const { products, file } = await importProducts({ path: "products.csv", market, now: new Date() });
 */
export async function importProducts({
  path,
  columns,
  market,
  now,
  ...controls
}: ImportProductsOptions): Promise<{ readonly products: readonly Product[]; readonly file: FileReport }> {
  const staged = await stageProductFile(path, { columns, ...controls });
  const products = readListed(staged, market, now);
  return { products, file: fileReport(staged) };
}
