/** Imports a file of order lines: orders, the market they were paid in, and products that only they name. */
import type { Market, Product } from "@basketlift/engine/catalogue";
import type { OrderLine } from "@basketlift/engine/history";
import { countsIn, explainReport, importShop, type ImportShopOptions } from "../importing/index.ts";
import type { Database } from "../server/services.ts";
import type { FileImport, ImportOutcome } from "./file-import.ts";
import { loadKnownProducts } from "./known-products.ts";
import { findMarkets, loadMarkets } from "./markets.ts";
import { orderRowAt } from "./order-rows.ts";
import { batched, writeMarkets, writeOrders, writeProducts } from "./write-shop.ts";

/** @throws ImportError when the file cannot be imported */
export async function importOrders({ services, id, path, options, controls }: FileImport): Promise<ImportOutcome> {
  const { db } = services.database;
  const { catalogue, history, report } = await importShop({
    orders: path,
    ...(await assumptions(db)),
    currency: options["currency"],
    timeZone: options["timeZone"],
    now: new Date(services.now()),
    ...controls,
  });
  const [paidIn] = catalogue.markets;
  await writeMarkets(services, [paidIn]);
  const pricedIn = (await loadMarkets(db)).find(({ currency }) => currency === paidIn.currency);
  const known = await loadKnownProducts(db);
  const codes = catalogue.ids.all.map((code) => known.find(code));
  const added = catalogue.products
    .filter((_, index) => codes[index] === undefined)
    .map((product) => asSoldBy(product, paidIn, pricedIn, !known.isCatalogue));

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
    lines: [...explainReport(report), ...explainAdded(added.length, paidIn, pricedIn, known.isCatalogue)],
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
  const { of } = countsIn("en");
  return [
    isCatalogue
      ? `Added as no longer sold, for the catalogue lacks them: ${of(count, "product")}. Their orders count as evidence; they are never recommended.`
      : `Made from the order lines: ${of(count, "product")}.`,
    ...(pricedIn === undefined ? [`They came without a price: no market of the shop sells in ${currency}.`] : []),
  ];
}
