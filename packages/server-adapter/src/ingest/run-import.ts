/**
 * The `import` job: reads an uploaded file, writes what it holds, and keeps the row of the import up to date. It may be
 * cut off anywhere and run again.
 */
import type { Market, Product } from "@basketlift/engine/catalogue";
import type { OrderLine } from "@basketlift/engine/history";
import type { TrainingControls } from "@basketlift/engine/models";
import { eq } from "drizzle-orm";
import { imports } from "../database/schema.ts";
import {
  explainReport,
  countsIn,
  skippedInWords,
  ImportError,
  importProducts,
  importShop,
  type ImportShopOptions,
} from "../importing/index.ts";
import type { Database, Services } from "../server/services.ts";
import { keepImportProgress } from "./import-progress.ts";
import { loadKnownProducts } from "./known-products.ts";
import { findMarkets, loadMarkets } from "./markets.ts";
import { orderRowAt } from "./order-rows.ts";
import { readProduct } from "./product-rows.ts";
import { deleteUpload } from "./uploads.ts";
import { batched, refreshStatistics, writeMarkets, writeOrders, writeProducts } from "./write-shop.ts";

type ImportServices = Pick<Services, "database" | "now">;
type ImportRow = typeof imports.$inferSelect;

/** What an import has to say: in words, and as data. */
interface Told {
  readonly lines: readonly string[];
  readonly report: unknown;
}

/**
 * Resolves when the import is done, and when it failed for good: its row says which.
 * @returns whether the file is in the database now: then a training should follow
 * @throws what interrupted it - the signal's reason, a database that went away - when it is worth running again
 * @example
 * await runImport(services, importId, { signal: job.signal });
 */
export async function runImport(
  services: ImportServices,
  importId: string,
  { signal }: Pick<TrainingControls, "signal"> = {},
): Promise<boolean> {
  const { db } = services.database;
  const [row] = await db.select().from(imports).where(eq(imports.id, importId));
  if (row === undefined || row.status === "done") return row !== undefined;
  const note = (values: Partial<ImportRow>) => db.update(imports).set(values).where(eq(imports.id, importId));
  await note({ status: "running", progress: 0, step: null, error: null, finishedAt: null });
  const progress = keepImportProgress((values) => note(values));
  const path = row.options["path"] ?? "";
  try {
    const controls = { signal, onProgress: progress.tell };
    const told = await (row.kind === "products" ? importListed : importOrders)(services, row, path, controls);
    await refreshStatistics(services);
    await progress.end();
    const finishedAt = new Date(services.now());
    await note({ status: "done", progress: 1, step: null, finishedAt, ...named(told, path, row.fileName) });
    await deleteUpload(path);
    return true;
  } catch (error) {
    await progress.end();
    const reason = error instanceof Error ? error.message : String(error);
    const finishedAt = new Date(services.now());
    const said = note({ status: "failed", finishedAt, step: null, error: reason.replaceAll(path, row.fileName) });
    if (!(error instanceof ImportError)) {
      // With the database gone the row cannot say so; the next run writes it.
      await said.catch(() => {});
      throw error;
    }
    await said;
    await deleteUpload(path);
    return false;
  }
}

/** The merchant knows the file by its own name. */
function named({ lines, report }: Told, path: string, fileName: string): Told {
  const text = JSON.stringify(report).replaceAll(JSON.stringify(path), JSON.stringify(fileName));
  const plain: unknown = JSON.parse(text);
  return { lines: lines.map((line) => line.replaceAll(path, fileName)), report: plain };
}

async function importOrders(
  services: ImportServices,
  { id, options }: ImportRow,
  path: string,
  controls: TrainingControls,
): Promise<Told> {
  const { db } = services.database;
  const { catalogue, history, report } = await importShop({
    orders: path,
    ...(await assumptions(db)),
    currency: options["currency"],
    timeZone: options["timeZone"],
    now: new Date(services.now()),
    ...controls,
  });
  const [home] = catalogue.markets;
  await writeMarkets(services, [home]);
  const pricedIn = (await loadMarkets(db)).find(({ currency }) => currency === home.currency);
  const known = await loadKnownProducts(db);
  const codes = catalogue.ids.all.map((code) => known.find(code));
  const added = catalogue.products.flatMap((product, index) =>
    codes[index] === undefined ? [asSoldBy(product, home, pricedIn, !known.isCatalogue)] : [],
  );
  const productAt = (index: number): Pick<OrderLine, "productId" | "variantId"> =>
    codes[index] ?? { productId: catalogue.ids.idOf(index) };
  const linesOf = (order: number): number => history.lineOffsets[order + 1] - history.lineOffsets[order];
  function* rows() {
    for (const batch of batched(history.orderIds.keys(), linesOf)) {
      yield batch.map((order) => orderRowAt(history, order, productAt, id));
    }
  }
  await writeOrders(services, rows(), history.orderIds.length, controls);
  await writeProducts(services, added, controls);
  return {
    report,
    lines: [...explainReport(report), ...explainAdded(added.length, home, pricedIn, known.isCatalogue)],
  };
}

/** What the shop says of itself, for a file that does not; the file's own word on its currency comes first. */
async function assumptions(db: Database): Promise<Pick<ImportShopOptions, "market" | "assumedCurrency">> {
  const [stored] = await findMarkets(db);
  if (stored === undefined) return {};
  const { currency: assumedCurrency, ...market } = stored;
  return { market, assumedCurrency };
}

/** A product made from order lines, as this shop prices and sells it. */
function asSoldBy(product: Product, { id: from }: Market, pricedIn: Market | undefined, isSold: boolean): Product {
  return {
    ...product,
    ...(!isSold && { active: false }),
    variants: product.variants.map((variant) => {
      const price = variant.prices[from];
      return { ...variant, prices: pricedIn === undefined || price === undefined ? {} : { [pricedIn.id]: price } };
    }),
  };
}

function explainAdded(
  count: number,
  { currency }: Market,
  pricedIn: Market | undefined,
  isCatalogue: boolean,
): readonly string[] {
  if (count === 0) return [];
  const sold = isCatalogue
    ? `${count} products that the catalogue lacks were added as no longer sold: their orders count as evidence, they are never recommended.`
    : `${count} products were made from the order lines.`;
  if (pricedIn !== undefined) return [sold];
  return [sold, `No market of the shop sells in ${currency}: these products came without a price.`];
}

async function importListed(
  services: ImportServices,
  { fileName }: ImportRow,
  path: string,
  controls: TrainingControls,
): Promise<Told> {
  const [market] = await loadMarkets(services.database.db);
  const { products, file } = await importProducts({ path, market, now: new Date(services.now()), ...controls });
  const read = products.map((product) => readProduct(product, [market]));
  const good = read.filter((product): product is Product => !("fault" in product));
  if (good.length === 0) {
    throw new ImportError("header-only", "No product could be used.", {
      file: path,
      hint: "Check that this is the file of products.",
    });
  }
  await writeMarkets(services, [market]);
  const outcomes = await writeProducts(services, good, controls);
  const refused = [
    ...read.flatMap((product) => ("fault" in product ? [`${product.id}: ${product.fault}`] : [])),
    ...outcomes.flatMap((outcome, index) =>
      outcome.status === "invalid" ? [`${good[index].id}: ${outcome.detail}`] : [],
    ),
  ];
  const count = (status: string): number => outcomes.filter((outcome) => outcome.status === status).length;
  return {
    report: { files: [file], refused },
    lines: [
      `${fileName}: ${count("created")} products are new, ${count("updated")} changed, ${count("unchanged")} stayed as they were.`,
      ...(refused.length > 0
        ? [`${refused.length} products could not be used. ${refused.slice(0, 5).join("; ")}.`]
        : []),
      ...file.skipped.map((skipped) => `Left out: ${skippedInWords(skipped, countsIn("en"))}`),
    ],
  };
}
