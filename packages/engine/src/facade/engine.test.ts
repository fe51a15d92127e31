import { beforeAll, describe, expect, it } from "vitest";
import type { Product } from "../catalogue/product.ts";
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

  it("comes back from its files and decides exactly as before", () => {
    const again = loadEngine(saveEngine(engine), fixed);
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

  it("refuses files that are missing, damaged or of another format, by name", () => {
    const files = new Map(saveEngine(engine));
    files.delete("purchases.safetensors");
    expect(() => loadEngine(files)).toThrow('"purchases.safetensors" is missing');
    expect(() => loadEngine(new Map(files).set("shop.json", new TextEncoder().encode("{")))).toThrow("not JSON");
    expect(() => loadEngine(new Map(files).set("shop.json", new TextEncoder().encode("{}")))).toThrow("format 1");
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
