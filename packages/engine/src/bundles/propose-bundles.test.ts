import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BundleEvidence } from "./complement-graph.ts";
import { jointOrders } from "./joint-orders.ts";
import { proposeBundles } from "./propose-bundles.ts";

const product = (productId: string, rest: Partial<BundleEvidence["products"][number]> = {}) => ({
  productId,
  price: 2000,
  cost: 100,
  orders: 500,
  ...rest,
});
const pair = (a: string, b: string, orders = 20, rest: Partial<BundleEvidence["pairs"][number]> = {}) => ({
  a,
  b,
  orders,
  lift: 2.4,
  ...rest,
});
const shop: BundleEvidence = {
  orders: 10_000,
  products: ["pot", "tea", "cup", "mug"].map((id) => product(id)),
  pairs: [
    pair("pot", "tea"),
    pair("tea", "cup"),
    pair("pot", "cup"),
    pair("cup", "mug", 5, { relation: "substitute", lift: 3 }),
  ],
};
const setsOf = (...given: Parameters<typeof proposeBundles>): string[] =>
  proposeBundles(...given).map(({ productIds }) => productIds.join("+"));

describe("bundles found in what is bought together", () => {
  it("are sets of which every two are complements, never substitutes", () => {
    expect(setsOf(shop, { maximumPerProduct: 9 }).sort()).toEqual(
      ["pot+cup", "pot+tea", "pot+tea+cup", "tea+cup"].sort(),
    );
    expect(setsOf({ ...shop, pairs: shop.pairs.slice(0, 2) }, { maximumPerProduct: 9 }).sort()).toEqual([
      "pot+tea",
      "tea+cup",
    ]);
  });

  it("leave out what is out of stock, outside the price band, or without margin after the discount", () => {
    const noTea = {
      ...shop,
      products: shop.products.map((own) => (own.productId === "tea" ? { ...own, stock: 0 } : own)),
    };
    expect(setsOf(noTea)).toEqual(["pot+cup"]);
    expect(setsOf(shop, { priceBand: { from: 5000, to: 7000 } })).toEqual(["pot+tea+cup"]);
    const dear = { ...shop, products: shop.products.map((own) => ({ ...own, cost: 1900 })) };
    expect(setsOf(dear, { discount: 10 })).toEqual([]);
  });

  it("put the same product into no more bundles than allowed", () => {
    expect(setsOf(shop, { maximumPerProduct: 1 })).toHaveLength(1);
  });

  it("prefer the set that is expected to add more margin", () => {
    const rich = {
      ...shop,
      products: shop.products.map((own) => (own.productId === "cup" ? { ...own, price: 9000 } : own)),
    };
    expect(proposeBundles(rich)[0].productIds).toContain("cup");
  });

  it("use a counted triple where there is one, and say where it was estimated", () => {
    const options = { minimumSize: 3 };
    expect(proposeBundles(shop, options)[0]).toMatchObject({ isCounted: false });
    const counted = proposeBundles({ ...shop, triples: [{ products: ["tea", "pot", "cup"], orders: 12 }] }, options)[0];
    expect(counted).toMatchObject({ isCounted: true, jointOrders: 12 });
    expect(counted.explanation).toContain("together in 12 orders");
  });

  it("name an unknown product or an impossible count", () => {
    expect(() => proposeBundles({ ...shop, pairs: [pair("pot", "ghost")] })).toThrow(
      'pairs[0].b must be the id of one of the products; received "ghost"',
    );
    expect(() => proposeBundles({ ...shop, pairs: [pair("pot", "tea", 501)] })).toThrow(
      "pairs[0].orders must be at most the orders of either product (500)",
    );
  });
});

describe("orders that hold a whole set", () => {
  it("are estimated rightly where products are independent, and never above the rarest pair", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 0.9, noNaN: true }), { minLength: 3, maxLength: 5 }),
        (rates) => {
          const orders = 1_000_000;
          const { joint } = jointOrders(
            rates.map((_, index) => index),
            {
              orders,
              ofProduct: (index) => orders * rates[index],
              ofPair: (a, b) => orders * rates[a] * rates[b],
              ofTriple: () => undefined,
            },
          );
          expect(joint / orders).toBeCloseTo(
            rates.reduce((product, rate) => product * rate, 1),
            8,
          );
        },
      ),
    );
    const { joint } = jointOrders([0, 1, 2], {
      orders: 100,
      ofProduct: () => 10,
      ofPair: () => 10,
      ofTriple: () => undefined,
    });
    expect(joint).toBe(10);
  });
});
