import { describe, expect, it } from "vitest";
import { availabilityOf, createCatalogue } from "../../catalogue/index.ts";
import { murmur3 } from "../../random/hash.ts";
import { createDemoCatalogue, createDemoShop } from "./demo-shop.ts";

const scale = 0.04;
const shop = createDemoShop({ scale });
const interactions = [...shop.interactions];
const catalogue = createCatalogue(shop);

/** One number for a stream of records: each hash seeds the next. */
function fingerprint(records: Iterable<unknown>): number {
  let hash = 0;
  for (const record of records) hash = murmur3(JSON.stringify(record), hash);
  return hash;
}

function expectInHistory(moment: string): void {
  const at = Date.parse(moment);
  if (!(at >= shop.from && at < shop.until)) expect.fail(`${moment} is outside the history`);
}

describe("the demo shop's products", () => {
  it("are several hundred in twelve departments, with titles of their own", () => {
    expect(shop.products.length).toBeGreaterThan(550);
    expect(new Set(shop.products.map((product) => product.title)).size).toBe(shop.products.length);
    expect(new Set(shop.products.map((product) => product.category?.[0])).size).toBe(12);
    expect(catalogue.brands.size).toBeGreaterThan(12);
  });

  it("are all described, priced in both markets, and sold above cost", () => {
    for (const product of shop.products) {
      expect(product.description?.length, product.id).toBeGreaterThan(80);
      for (const { id, prices, cost } of product.variants) {
        expect([5, 9, 0], id).toContain(prices["eu"] % 10);
        expect([9, 0], id).toContain(prices["gb"] % 10);
        expect(prices["gb"], id).toBeLessThanOrEqual(prices["eu"]);
        expect(cost, id).toBeLessThan(prices["eu"]);
      }
    }
  });

  it("are mostly in stock, with a few that are low or gone", () => {
    const counts = { "in-stock": 0, low: 0, "out-of-stock": 0 };
    for (const product of shop.products) counts[availabilityOf(product)]++;
    expect(counts["in-stock"]).toBeGreaterThan(0.8 * shop.products.length);
    expect(counts.low).toBeGreaterThan(5);
    expect(counts["out-of-stock"]).toBeGreaterThan(5);
  });

  it("are the same whether one asks for the catalogue or the whole shop", () => {
    expect(createDemoCatalogue().products).toEqual(shop.products);
  });

  it("carry the picture addresses of a shop that serves them itself", () => {
    const { products } = createDemoCatalogue({ picture: ({ id }) => `/pictures/${id}.svg` });
    expect(products[0].image).toBe(`/pictures/${products[0].id}.svg`);
  });
});

describe("the demo shop's history", () => {
  it("has the size that was asked for", () => {
    expect(shop.customers).toHaveLength(5_000 * scale);
    expect(shop.orders).toHaveLength(30_000 * scale);
    const perVisit = interactions.length / (150_000 * scale);
    expect(perVisit).toBeGreaterThan(3);
    expect(perVisit).toBeLessThan(7);
  });

  it("refers only to products, variants and customers that exist, at moments within two years", () => {
    const customerIds = new Set(shop.customers.map((customer) => customer.id));
    for (const order of shop.orders) {
      expectInHistory(order.placedAt);
      if (order.customerId !== undefined && !customerIds.has(order.customerId)) expect.fail(order.id);
      for (const line of order.lines) {
        const product = catalogue.ids.indexOf(line.productId);
        const variant = catalogue.variantIds.indexOf(line.variantId ?? "");
        if (product === undefined || variant === undefined) expect.fail(`${order.id}: ${line.productId}`);
        expect(catalogue.productOfVariant[variant]).toBe(product);
      }
    }
    for (const { productId, occurredAt } of interactions) {
      expectInHistory(occurredAt);
      if (catalogue.ids.indexOf(productId) === undefined) expect.fail(productId);
    }
  });

  it("lists orders oldest first, each product once an order, and charges what the market's list says", () => {
    let previous = "";
    for (const order of shop.orders) {
      expect(order.placedAt >= previous).toBe(true);
      previous = order.placedAt;
      expect(new Set(order.lines.map((line) => line.productId)).size).toBe(order.lines.length);
      const market = order.currency === "GBP" ? "gb" : "eu";
      for (const line of order.lines) expect(line.unitPrice).toBe(priceOf(line.variantId ?? "", market));
    }
  });

  it("sells nothing before it was published", () => {
    const published = new Map(shop.products.map((product) => [product.id, product.publishedAt ?? ""]));
    const early = shop.orders.flatMap(({ placedAt, lines }) =>
      lines.filter((line) => placedAt < (published.get(line.productId) ?? "")),
    );
    expect(early).toEqual([]);
  });

  it("gives every order of an online customer a visit: seen, put into the cart, and bought at the order's own time", () => {
    const done = new Set(
      interactions.map((event) => `${event.visitorId} ${event.kind} ${event.productId} ${event.occurredAt}`),
    );
    const carted = new Set(
      interactions.filter((event) => event.kind === "cart").map((event) => `${event.visitorId} ${event.productId}`),
    );
    const visitorsOf = new Map(shop.customers.map((customer) => [customer.id, customer.visitorIds]));
    let checked = 0;
    for (const { customerId, placedAt, lines } of shop.orders) {
      const visitors = visitorsOf.get(customerId ?? "") ?? [];
      if (visitors.length === 0) continue;
      for (const { productId } of lines) {
        const buyer = visitors.find((visitor) => done.has(`${visitor} purchase ${productId} ${placedAt}`));
        if (buyer === undefined || !carted.has(`${buyer} ${productId}`))
          expect.fail(`${customerId} ${placedAt} ${productId}`);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(1_000);
  });

  it("has guests, small baskets and a few very large ones", () => {
    const guests = shop.orders.filter((order) => order.customerId === undefined).length / shop.orders.length;
    expect(guests).toBeGreaterThan(0.08);
    expect(guests).toBeLessThan(0.16);
    const sizes = shop.orders.map((order) => order.lines.length).toSorted((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeLessThanOrEqual(3);
    expect(sizes[sizes.length - 1]).toBeGreaterThan(12);
  });
});

describe("the same seed", () => {
  it("gives the same interactions however often they are read", () => {
    expect(fingerprint(shop.interactions)).toBe(fingerprint(interactions));
  });

  // Golden values of this generator itself: they change when the shop is changed on purpose, and at no other time.
  it("gives the same shop in every JavaScript engine", () => {
    const small = createDemoShop({ scale: 0.01 });
    expect({
      products: fingerprint(small.products),
      customers: fingerprint(small.customers),
      orders: fingerprint(small.orders),
      interactions: fingerprint(small.interactions),
      truth: fingerprint([small.truth]),
    }).toEqual({
      products: 2_370_167_129,
      customers: 2_506_860_796,
      orders: 1_565_876_239,
      interactions: 3_041_388_458,
      truth: 1_833_931_020,
    });
  });

  it("and another seed gives another shop", () => {
    const other = createDemoShop({ seed: "another", scale: 0.01 });
    expect(fingerprint(other.orders)).not.toBe(fingerprint(createDemoShop({ scale: 0.01 }).orders));
  });
});

it("a scale out of range is refused by name", () => {
  expect(() => createDemoShop({ scale: 0 })).toThrow(/"scale" must be a number between 0\.001 and 20/);
});

function priceOf(variantId: string, market: string): number | undefined {
  const variant = catalogue.variantIds.indexOf(variantId) ?? -1;
  const product = catalogue.products[catalogue.productOfVariant[variant]];
  return product.variants.find((candidate) => candidate.id === variantId)?.prices[market];
}
