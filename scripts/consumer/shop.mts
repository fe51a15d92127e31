/** A stranger's program: what the README promises, with nothing but the published packages. Compiled and run by packages.mjs. */
import { createEngine, InvalidInput, loadEngine, saveEngine, type Engine } from "@basketlift/engine";

const products = ["mug", "teapot", "tea", "honey", "spoon", "saucer"].map((id) => ({
  id,
  title: `A ${id}`,
  variants: [{ id: `${id}-1`, prices: { home: 900 }, stock: 10 }],
}));
const markets = [{ id: "home", country: "DE", currency: "EUR", locale: "de-DE", timeZone: "Europe/Berlin" }];

/** Every third basket holds tea and honey, so that there is something to find. */
const orders = Array.from({ length: 300 }, (_, i) => ({
  id: `order-${i}`,
  placedAt: new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString(),
  customerId: `customer-${i % 40}`,
  currency: "EUR",
  lines: (i % 3 === 0 ? ["tea", "honey"] : [products[i % 6].id, products[(i * 5 + 1) % 6].id]).map((productId) => ({
    productId,
    quantity: 1,
    unitPrice: 900,
  })),
}));

const engine: Engine = await createEngine({ products, markets, orders });
const request = { placement: "cart", cart: [{ productId: "tea", quantity: 1 }], limit: 3 } as const;
const fresh = engine.recommend(request);
const loaded = (await loadEngine(saveEngine(engine))).recommend(request);
if (fresh.status === "served" && fresh.items.length === 0) throw new Error("A served answer is empty.");
if (loaded.status !== fresh.status) throw new Error("A saved and loaded engine answers differently.");

try {
  engine.companions("no such product");
  throw new Error("An unknown product was accepted.");
} catch (error) {
  if (!(error instanceof InvalidInput)) throw error;
}
console.log("consumer: ok");
