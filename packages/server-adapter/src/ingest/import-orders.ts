/** Imports a file of order lines: orders, the market they were paid in, and products that only they name. */
import type { Market, Product } from "@basketlift/engine/catalogue";
import type { OrderLine } from "@basketlift/engine/history";
import { countsIn, explainReport, importShop, type ImportShopOptions } from "../importing/index.ts";
import type { Database } from "../server/services.ts";
import type { FileImport, ImportOutcome } from "./file-import.ts";
import { loadKnownProducts } from "./known-products.ts";
import { findMarkets, loadMarkets } from "./markets.ts";
import type { OrderCounts } from "./order-store.ts";
import { historyBatches, writeMarkets, writeOrders, writeProducts } from "./write-shop.ts";

/** @throws ImportError when the file cannot be imported */
export async function importOrders({
  services,
  id,
  path,
  settings,
  controls,
  log,
}: FileImport): Promise<ImportOutcome> {
  const { db } = services.database;
  const { market, assumedCurrency } = await shopAssumptions(db);
  const { catalogue, history, report } = await importShop({
    ...settings,
    orders: path,
    market: { ...settings.market, ...market },
    assumedCurrency,
    now: new Date(services.now()),
    ...controls,
  });
  const [paidIn] = catalogue.markets;
  await writeMarkets(services, [paidIn], log);
  const pricedIn = (await loadMarkets(db)).find(({ currency }) => currency === paidIn.currency);
  const known = await loadKnownProducts(db);
  const codes = catalogue.ids.all.map((code) => known.find(code));
  const added = catalogue.products
    .filter((_, index) => codes[index] === undefined)
    .map((product) => asSoldBy(product, paidIn, pricedIn, !known.isCatalogue));
  // Products first: an import that is cut off then leaves a shop, not orders that nothing belongs to.
  await writeProducts(services, added, controls, log);
  const productAt = (index: number): Pick<OrderLine, "productId" | "variantId"> =>
    codes[index] ?? { productId: catalogue.ids.idOf(index) };
  const written = await writeOrders(
    services,
    historyBatches(history, productAt, id),
    history.orderIds.length,
    controls,
    log,
  );
  return {
    report: { ...report, written },
    lines: [
      explainWritten(written),
      ...explainReport(report, settings.market?.locale),
      ...explainAdded(added.length, paidIn, pricedIn, known.isCatalogue),
    ],
  };
}

function explainWritten({ created, updated, unchanged, kept }: OrderCounts): string {
  const { number } = countsIn("en");
  const parts = [`${number(created)} new`, `${number(updated)} changed`, `${number(unchanged)} as they were`];
  const others = kept > 0 ? [`${number(kept)} left as the shop's own server told them`] : [];
  return `Orders: ${[...parts, ...others].join(", ")}.`;
}

/** What the shop says of itself, for a file that does not; the file's own word on its currency comes first. */
export async function shopAssumptions(db: Database): Promise<Pick<ImportShopOptions, "market" | "assumedCurrency">> {
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
  const { of } = countsIn("en");
  return [
    isCatalogue
      ? `Added as no longer sold, for the catalogue lacks them: ${of(count, "product")}. Their orders count as evidence; they are never recommended.`
      : `Made from the order lines: ${of(count, "product")}.`,
    ...(pricedIn === undefined ? [`They came without a price: no market of the shop sells in ${currency}.`] : []),
  ];
}
