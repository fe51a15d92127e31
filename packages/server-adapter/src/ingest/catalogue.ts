/** `/catalog/products`: what the shop sells, told in bulk, listed for the merchant, shown without secrets to shoppers. */
import {
  availabilityOf,
  isInStock,
  offerOf,
  type Market,
  type Product,
  type Restrictions,
} from "@basketlift/engine/catalogue";
import { and, asc, eq, inArray, sql, type SQL } from "drizzle-orm";
import { products } from "../database/schema.ts";
import type { Handlers } from "../server/handler.ts";
import { pageOf, placeAt } from "../server/page.ts";
import { ProblemError } from "../server/problem.ts";
import type { Database } from "../server/services.ts";
import { loadMarkets } from "./markets.ts";
import { readProduct } from "./product-rows.ts";
import { searchProducts } from "./product-search.ts";
import { upsertProductRows } from "./product-store.ts";

export const catalogueHandlers: Pick<Handlers, "upsertProducts" | "listProducts" | "getProduct"> = {
  async upsertProducts({ body }, { database: { db }, now }) {
    const markets = await loadMarkets(db);
    const read = body.products.map((input) => readProduct(input, markets));
    const good = read.filter((product): product is Product => !("fault" in product));
    const outcomes = (await upsertProductRows(db, good, now())).values();
    return {
      results: read.map((product) => {
        if ("fault" in product) return { id: product.id, status: "invalid", detail: product.fault };
        const outcome = outcomes.next().value;
        if (outcome === undefined) throw new Error(`Nothing became of product ${product.id}.`);
        return { id: product.id, ...outcome };
      }),
    };
  },

  async listProducts({ query: { limit, cursor, search, ids } }, { database: { db } }) {
    const where = ids && inArray(products.id, ids);
    const typed = search?.trim() ?? "";
    if (typed === "") return listByTitle(db, { limit, cursor, where });
    const after = cursor === undefined ? undefined : placeAt(cursor, ["number", "string", "string"]);
    const found = await searchProducts(db, { text: typed, where, after, count: limit + 1 });
    return pageOf(
      found,
      limit,
      ({ rank, title, id }) => [rank, title, id],
      ({ body }) => wholeProduct(body),
    );
  },

  async getProduct({ params: { id } }, { database: { db } }) {
    const [row] = await db.select().from(products).where(eq(products.id, id));
    if (row === undefined || !row.active) throw new ProblemError("not-found", `There is no product ${id}.`);
    const [home] = await loadMarkets(db);
    return publicProduct(row.body, home);
  },
};

interface Listing {
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly where: SQL | undefined;
}

async function listByTitle(db: Database, { limit, cursor, where }: Listing) {
  const after = cursor === undefined ? undefined : placeAt(cursor, ["string", "string"]);
  const rows = await db
    .select({ id: products.id, title: products.title, body: products.body })
    .from(products)
    .where(and(where, after && sql`(${products.title}, ${products.id}) > (${after[0]}, ${after[1]})`))
    .orderBy(asc(products.title), asc(products.id))
    .limit(limit + 1);
  return pageOf(
    rows,
    limit,
    ({ title, id }) => [title, id],
    ({ body }) => wholeProduct(body),
  );
}

/** What a shopper may know: no cost, no number of units, nothing that is not sold in the market. */
function publicProduct(product: Product, market: Market) {
  const { id, title, description, url, image, brand, category = [] } = product;
  return {
    id,
    title,
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    ...(image !== undefined && { image }),
    ...(brand !== undefined && { brand }),
    category: [...category],
    attributes: copied(product.attributes ?? {}),
    price: offerOf(product, market)?.price ?? null,
    currency: market.currency,
    availability: availabilityOf(product),
    variants: product.variants.flatMap((variant) => {
      const price = variant.prices[market.id];
      if (price === undefined) return [];
      return [{ variantId: variant.id, options: { ...variant.options }, price, inStock: isInStock(variant) }];
    }),
  };
}

/** Everything, for the merchant. */
function wholeProduct({ category, attributes, restrictions, variants, ...rest }: Product) {
  return {
    ...rest,
    ...(category && { category: [...category] }),
    ...(attributes && { attributes: copied(attributes) }),
    ...(restrictions && { restrictions: copiedLimits(restrictions) }),
    variants: variants.map(({ options, prices, ...variant }) => ({
      ...variant,
      ...(options && { options: { ...options } }),
      prices: { ...prices },
    })),
  };
}

function copiedLimits({ minimumAge, countries, excludedCountries }: Restrictions) {
  return {
    ...(minimumAge !== undefined && { minimumAge }),
    ...(countries && { countries: [...countries] }),
    ...(excludedCountries && { excludedCountries: [...excludedCountries] }),
  };
}

/** The contract's types are mutable, the engine's are not. */
function copied(attributes: NonNullable<Product["attributes"]>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}
