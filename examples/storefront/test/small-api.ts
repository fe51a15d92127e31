/**
 * As much of the REST API as the demo shop needs, in memory and on the real engine: for tests of its pages. It counts what
 * reaches it and can be told to fail.
 */
import { availabilityOf, createCatalogue, isInStock, type Catalogue, type Product } from "@basketlift/engine/catalogue";
import { defaultStrategies, companionsStrategy, type Location } from "@basketlift/engine/decision";
import { createOrderHistoryBuilder } from "@basketlift/engine/history";
import { createDemoShop } from "@basketlift/engine/simulation";
import { createPublicSnapshot } from "@basketlift/engine/snapshot";
import { trainEngine, type Engine } from "@basketlift/engine";
import { Hono } from "hono";

export interface SmallApi {
  readonly app: Hono;
  readonly products: readonly Product[];
  readonly markets: Catalogue["markets"];
  /** Bodies of `POST /placements/page`. */
  readonly pages: Record<string, unknown>[];
  /** Events by id. */
  readonly events: Map<string, Record<string, unknown>>;
  readonly orders: Record<string, unknown>[];
  /** What every page is answered, when it is not recommendations. */
  answer: "recommendations" | "holdout" | "failure";
}

const evidenceOnly = {
  ...companionsStrategy,
  id: "frequently-bought-together",
  sources: companionsStrategy.sources.filter(({ source }) => source === "bought-together"),
  whenShort: "evidence" as const,
};

/** @param scale of the demo shop's history */
export async function createSmallApi(scale = 0.3): Promise<SmallApi> {
  const shop = createDemoShop({ scale });
  const catalogue = createCatalogue(shop);
  const builder = createOrderHistoryBuilder();
  for (const order of shop.orders) builder.addOrder(order);
  const { history } = builder.finish(catalogue.ids);
  const engine = await trainEngine(
    { catalogue, orders: history },
    { strategies: [...defaultStrategies, evidenceOnly], holdout: { salt: "small", share: 0 } },
  );
  const snapshot = await createPublicSnapshot(engine, { orders: history });
  const api: SmallApi = {
    app: new Hono(),
    products: shop.products,
    markets: shop.markets,
    pages: [],
    events: new Map(),
    orders: [],
    answer: "recommendations",
  };

  api.app.post("/placements/page", async (context) => {
    const body = JSON.parse(await context.req.text());
    api.pages.push(body);
    if (api.answer === "failure") return context.json({ code: "internal" }, 500);
    return context.json({ placements: answerPage(engine, body, api.answer === "holdout") });
  });
  api.app.get("/catalog/products/:id", (context) => {
    const product = shop.products.find(({ id }) => id === context.req.param("id"));
    if (!product) return context.json({ code: "not-found" }, 404);
    return context.json({ ...publicProduct(product), currency: shop.markets[0].currency });
  });
  api.app.post("/events", async (context) => {
    if (api.answer === "failure") return context.json({ code: "internal" }, 500);
    const { events } = JSON.parse(await context.req.text());
    for (const event of events) api.events.set(event.id, event);
    return context.json({ accepted: events.length, repeated: 0, refused: [] }, 202);
  });
  api.app.post("/orders", async (context) => {
    const { orders } = await context.req.json();
    api.orders.push(...orders);
    return context.json({ results: orders.map(({ id }: { id: string }) => ({ id, status: "created" })) });
  });
  api.app.get("/recommendations/snapshot", (context) =>
    context.json({
      ...snapshot,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      kill: false,
      shards: snapshot.shards.map(({ name, content }) => ({ url: `snapshot/${name}`, bytes: content.length })),
    }),
  );
  api.app.get("/snapshot/:name", (context) => {
    const shard = snapshot.shards.find(({ name }) => name === context.req.param("name"));
    return shard ? context.body(shard.content, 200, { "content-type": "application/json" }) : context.notFound();
  });
  return api;
}

interface PageBody {
  readonly placements: readonly { id: string; placement: Location; strategy?: string; limit?: number }[];
  readonly exclude?: readonly string[];
  readonly key?: string;
}

function answerPage(engine: Engine, { placements, key: _key, ...body }: PageBody, isHoldout: boolean) {
  const shown = [...(body.exclude ?? [])];
  return placements.map(({ id, ...placement }) => {
    const recommendation = engine.recommend({ ...body, ...placement, exclude: shown });
    const { receipt, items, ...rest } = recommendation;
    shown.push(...recommendation.recommendedProducts);
    return {
      id,
      recommendation: {
        ...rest,
        ...(isHoldout && { status: "holdout" }),
        receipt: { decisionId: receipt.decisionId, signature: "small" },
        items: isHoldout
          ? []
          : items.map(({ evidence: _evidence, ...item }) => ({ ...item, ...facts(engine, item.productId) })),
      },
    };
  });
}

function facts({ catalogue }: Engine, productId: string) {
  const { url, image, variants } = publicProduct(catalogue.products[catalogue.ids.indexOf(productId) ?? 0]);
  return { url, image, variants };
}

function publicProduct(product: Product) {
  const { id, title, url, image } = product;
  const variants = product.variants.map((variant) => ({
    variantId: variant.id,
    options: { ...variant.options },
    price: variant.prices["eu"],
    inStock: isInStock(variant),
  }));
  return { id, title, url, image, availability: availabilityOf(product), variants };
}
