import { beforeAll, describe, expect, it } from "vitest";
import type { Product } from "../catalogue/product.ts";
import { defaultStrategies, personalStrategy, type Strategy } from "../decision/strategy.ts";
import type { Interaction, Order } from "../history/order.ts";
import { createRandom } from "../random/generator.ts";
import { createEngine, type ShopInput } from "./create-engine.ts";
import type { Engine } from "./engine.ts";
import { loadEngine, saveEngine } from "./saved-engine.ts";

/** Forty products; customers who take product 2k of the first ten often take 2k + 1 with it. */
function pairsShop(): ShopInput {
  const random = createRandom("pairs");
  const products: Product[] = Array.from({ length: 40 }, (_, i) => ({
    id: `p${i}`,
    title: `Product ${i}`,
    category: [`Category ${i % 4}`],
    variants: [{ id: `p${i}-1`, prices: { default: 1000 + i }, cost: 400, stock: 100 }],
  }));
  const orders: Order[] = [];
  const interactions: Interaction[] = [];
  for (let n = 0; n < 1500; n++) {
    const chosen = new Set<number>();
    const size = 1 + random.integer(4);
    while (chosen.size < size) chosen.add(random.integer(40));
    for (const product of Array.from(chosen)) if (product < 10 && random.next() < 0.5) chosen.add(product ^ 1);
    const placedAt = new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toISOString();
    const lines = Array.from(chosen, (i) => ({ productId: `p${i}`, quantity: 1, unitPrice: 1000 + i }));
    orders.push({ id: `o${n}`, placedAt, customerId: `c${n % 150}`, currency: "EUR", lines });
    for (const { productId } of lines) {
      interactions.push({ visitorId: `v${n}`, productId, kind: "view", occurredAt: placedAt });
    }
  }
  return { products, orders, interactions };
}

describe("an engine", () => {
  const fixed = { now: () => Date.UTC(2026, 5, 1), createId: () => "decision-1" };
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine(pairsShop(), fixed);
  });

  it("finds the planted companion of each product first, with evidence", () => {
    for (let i = 0; i < 10; i++) {
      const [first] = engine.companions(`p${i}`);
      expect(first.productId).toBe(`p${i ^ 1}`);
      expect(first.liftLower).toBeGreaterThan(1.5);
      expect(first.qValue).toBeLessThan(0.05);
    }
  });

  it("finds no companion where none was planted", () => {
    for (let i = 10; i < 40; i++) expect(engine.companions(`p${i}`)).toEqual([]);
  });

  it("recommends the companion for the cart and says so", () => {
    const { items } = engine.recommend({ placement: "cart", cart: [{ productId: "p4", quantity: 1 }], limit: 4 });
    expect(items).toHaveLength(4);
    expect(items[0]).toMatchObject({ productId: "p5", reason: "Often bought together with Product 4" });
    expect(items[0].evidence.figures).toMatchObject({ count: expect.any(Number), expected: expect.any(Number) });
  });

  it("knows the customers of its orders, and shows them nothing they own", () => {
    const { trace } = engine.trace({ placement: "homepage", customerId: "c7" });
    const owned = trace.context.startingPoints.purchases;
    expect(owned.length).toBeGreaterThan(5);
    const { recommendedProducts } = engine.recommend({ placement: "homepage", customerId: "c7" });
    expect(recommendedProducts.filter((id) => owned.includes(id))).toEqual([]);
  });

  it("traces what rules did and a shadow would have shown, where the shop has them", async () => {
    const rule = {
      id: "no-p5",
      name: "Leave the companion out",
      priority: 1,
      when: { field: "context.placement", operator: "is", value: "cart" },
      actions: [{ type: "filter", products: { field: "product.id", operator: "is", value: "p5" }, show: "never" }],
      active: true,
    } as const;
    const shadowed = { ...defaultStrategies[0], id: "shadowed", shadow: "personal" };
    const strict = await loadEngine(saveEngine(engine), {
      ...fixed,
      rules: [rule],
      strategies: [...defaultStrategies, shadowed],
    });
    const cart = [{ productId: "p4", quantity: 1 }];
    const { recommendation, trace } = strict.trace({ placement: "cart", cart, strategy: "shadowed", limit: 4 });
    expect(recommendation.recommendedProducts).not.toContain("p5");
    expect(trace).toMatchObject({
      rules: [{ rule: "no-p5", action: "filter" }],
      shadow: { strategy: { id: "personal" } },
    });
    expect(engine.trace({ placement: "cart", cart }).trace).not.toHaveProperty("rules");
  });

  it("comes back from its files and decides exactly as before", async () => {
    const again = await loadEngine(saveEngine(engine), fixed);
    expect(again.version).toBe(engine.version);
    for (const request of [
      { placement: "cart", cart: [{ productId: "p4", quantity: 1 }] },
      { placement: "homepage", customerId: "c7", session: ["p1", "p9"] },
      { placement: "pdp", productId: "p20", strategy: "similar" },
    ] as const) {
      const { receipt, items } = engine.recommend(request);
      expect(again.recommend(request).items).toEqual(items);
      expect(again.replay(receipt).outcome).toBe("identical");
    }
  });

  it("refuses files that are missing, damaged cut short or of another format, by name", async () => {
    const files = saveEngine(engine);
    const incomplete = new Map(files);
    incomplete.delete("purchases.safetensors");
    await expect(loadEngine(incomplete)).rejects.toThrow('"purchases.safetensors" is missing');

    const withShop = (text: string) => new Map(files).set("shop.ndjson", new TextEncoder().encode(text));
    const lines = new TextDecoder().decode(files.get("shop.ndjson")).split("\n");
    await expect(loadEngine(withShop("{"))).rejects.toThrow("not JSON");
    await expect(loadEngine(withShop(""))).rejects.toThrow("not of format 2");
    await expect(loadEngine(withShop('{"formatVersion":1}'))).rejects.toThrow("not of format 2");
    await expect(loadEngine(withShop(`${lines[0]}\n7`))).rejects.toThrow("no product");
    await expect(loadEngine(withShop(lines.slice(0, -1).join("\n")))).rejects.toThrow("39 products instead of 40");
  });

  it("stops loading when told to", async () => {
    const controller = new AbortController();
    const loading = loadEngine(saveEngine(engine), { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(loading).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  });

  it("shows what is new in the shop, with the day it came in, before and after it was saved", async () => {
    const { products } = pairsShop();
    const dated = products.map((product, i) => ({
      ...product,
      ...(i % 10 === 0 && { publishedAt: `2026-03-0${1 + i / 10}T12:00:00Z` }),
    }));
    const news: Strategy = {
      ...personalStrategy,
      id: "news",
      whenShort: "evidence",
      sources: [{ source: "new-arrivals", from: "nothing", weight: 1 }],
    };
    const policy = { ...fixed, strategies: [...defaultStrategies, news] };
    const shop = await createEngine({ products: dated, orders: [] }, policy);
    const request = { placement: "homepage", strategy: "news" } as const;
    const { items } = shop.recommend(request);
    expect(items.map(({ productId }) => productId)).toEqual(["p30", "p20", "p10", "p0"]);
    expect(items[0]).toMatchObject({ source: "new-arrivals", reason: "New in the shop since 4 March 2026" });
    expect((await loadEngine(saveEngine(shop), policy)).recommend(request).items).toEqual(items);
  });

  it("learns nothing from the time it is told not to look at", async () => {
    const until = Date.UTC(2026, 0, 31);
    const shop = pairsShop();
    const before = { ...shop, orders: Array.from(shop.orders).filter((order) => Date.parse(order.placedAt) < until) };
    const { interactions: _, ...withoutVisits } = shop;
    const { interactions: __, ...beforeWithoutVisits } = before;
    const cut = await createEngine(withoutVisits, { ...fixed, until });
    const earlier = await createEngine(beforeWithoutVisits, { ...fixed, until });
    expect(cut.affinities.count).toEqual(earlier.affinities.count);
    expect(cut.recommend({ placement: "homepage" }).items).toEqual(earlier.recommend({ placement: "homepage" }).items);
  });

  it("stops training when told to", async () => {
    const controller = new AbortController();
    const training = createEngine(pairsShop(), { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(training).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  });

  it("refuses placements and strategies that do not fit together", async () => {
    const shop = { products: pairsShop().products, orders: [] };
    await expect(createEngine(shop, { placements: { cart: "magic" } })).rejects.toThrow("placements.cart");
    await expect(createEngine(shop, { holdout: { salt: "s", share: 2 } })).rejects.toThrow("holdout.share");
  });

  it("answers in a shop without a single order", async () => {
    const empty = await createEngine({ products: pairsShop().products, orders: [] });
    const { items, status } = empty.recommend({ placement: "homepage", limit: 3 });
    expect(status).toBe("served");
    expect(items).toHaveLength(3);
  });
});
