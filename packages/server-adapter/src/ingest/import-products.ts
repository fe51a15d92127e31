/** Imports a file of products: what the file says replaces what was known, what it does not say stays. */
import type { Product, Variant } from "@basketlift/engine/catalogue";
import { inArray } from "drizzle-orm";
import { products } from "../database/schema.ts";
import { countsIn, ImportError, importProducts, skippedInWords, type FileReport } from "../importing/index.ts";
import type { Database } from "../server/services.ts";
import type { FileImport, ImportOutcome } from "./file-import.ts";
import { loadMarkets } from "./markets.ts";
import { readProduct } from "./product-rows.ts";
import type { ProductOutcome } from "./product-store.ts";
import { writeMarkets, writeProducts } from "./write-shop.ts";

/** Faulty products that are named. */
const faultsNamed = 5;
const productsPerQuery = 1_000;

/** @throws ImportError when the file cannot be imported, or no product of it can be used */
export async function importListedProducts({
  services,
  path,
  fileName,
  settings,
  controls,
  log,
}: FileImport): Promise<ImportOutcome> {
  const { db } = services.database;
  const [home] = await loadMarkets(db);
  const { products: listed, file } = await importProducts({
    path,
    market: home,
    columns: settings.productColumns,
    now: new Date(services.now()),
    ...controls,
  });
  const read = listed.map((product) => readProduct(product, [home]));
  const good = read.filter((product): product is Product => !("fault" in product));
  if (good.length === 0) {
    const hint = "Check that this is the file of products.";
    throw new ImportError("header-only", "No product could be used.", { file: path, hint });
  }
  await writeMarkets(services, [home], log);
  const outcomes = await writeProducts(services, await mergeWithStored(db, good), controls, log);
  const faults = [
    ...read.flatMap((product) => ("fault" in product ? [`${product.id}: ${product.fault}`] : [])),
    ...outcomes.flatMap((outcome, index) => ("detail" in outcome ? [`${good[index].id}: ${outcome.detail}`] : [])),
  ];
  const { of, number } = countsIn("en");
  const written = countsOf(outcomes);
  return {
    report: { files: [file], faults, written },
    lines: [
      explainWritten(fileName, written),
      `${of(file.rowsRead, "row")} read, ${number(skippedOf(file))} left out.`,
      ...(faults.length > 0 ? [`Not usable: ${of(faults.length, "product")}. ${named(faults)}`] : []),
      ...file.skipped.map((skipped) => `Left out: ${skippedInWords(skipped, countsIn("en"))}`),
    ],
  };
}

function skippedOf({ skipped }: FileReport): number {
  return skipped.reduce((sum, { count }) => sum + count, 0);
}

interface ProductCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

function countsOf(outcomes: readonly ProductOutcome[]): ProductCounts {
  const count = (wanted: ProductOutcome["status"]): number => outcomes.filter(({ status }) => status === wanted).length;
  return { created: count("created"), updated: count("updated"), unchanged: count("unchanged") };
}

function explainWritten(fileName: string, { created, updated, unchanged }: ProductCounts): string {
  const { number } = countsIn("en");
  return `Products in ${fileName}: ${number(created)} new, ${number(updated)} changed, ${number(unchanged)} as they were.`;
}

function named(faults: readonly string[]): string {
  return `${faults.slice(0, faultsNamed).join("; ")}${faults.length > faultsNamed ? "; ..." : ""}.`;
}

/** A price list has no pictures, and a file has the prices of one market only: the rest is not lost by it. */
async function mergeWithStored(db: Database, given: readonly Product[]): Promise<readonly Product[]> {
  const stored = new Map<string, Product>();
  for (let first = 0; first < given.length; first += productsPerQuery) {
    const ids = given.slice(first, first + productsPerQuery).map(({ id }) => id);
    const rows = await db.select({ body: products.body }).from(products).where(inArray(products.id, ids));
    for (const { body } of rows) stored.set(body.id, body);
  }
  return given.map((product) => merge(stored.get(product.id), product));
}

function merge(stored: Product | undefined, given: Product): Product {
  if (stored === undefined) return given;
  const known = new Map<string, Variant>(stored.variants.map((variant) => [variant.id, variant]));
  return {
    ...stored,
    ...given,
    ...(given.restrictions && { restrictions: { ...stored.restrictions, ...given.restrictions } }),
    variants: given.variants.map((variant) => {
      const before = known.get(variant.id);
      return before ? { ...before, ...variant, prices: { ...before.prices, ...variant.prices } } : variant;
    }),
  };
}
