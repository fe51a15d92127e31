import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import { readCart } from "./cart-lines.ts";
import type { CartOffer } from "./cart-offer.ts";
import { nextBestOffer, type NextBestOfferOptions } from "./next-best-offer.ts";

const catalogue = createCatalogue({
  products: [
    { id: "mug", title: "Mug", variants: [{ id: "mug-1", prices: { default: 2000 }, cost: 1000 }] },
    { id: "tray", title: "Tray", variants: [{ id: "tray-1", prices: { default: 1000 }, cost: 400 }] },
    { id: "jug", title: "Jug", variants: [{ id: "jug-1", prices: { default: 3000 } }] },
    { id: "gone", title: "Gone", variants: [{ id: "gone-1", prices: { default: 3000 }, cost: 1, stock: 0 }] },
  ],
});
const market = marketOf(catalogue);
const cart = readCart([{ productId: "mug", quantity: 2 }], catalogue, market);
const often = { accepted: { count: 2000, of: 10_000 }, natural: { count: 500, of: 10_000 } };

const choose = (offers: readonly CartOffer[], options: NextBestOfferOptions = {}) =>
  nextBestOffer(cart, { catalogue, market }, offers, options);
const tray: CartOffer = { kind: "product", id: "tray-10", productId: "tray", percentage: 10, ...often };

describe("the next best offer", () => {
  it("weighs what it brings against what it gives to those who would have bought anyway", () => {
    const { choice, offers } = choose([tray]);
    expect(choice).toBe("tray-10");
    // 20 % x (600 - 100) - 5 % x 600 = 70.
    expect(offers[0].gain?.value).toBeCloseTo(70, 1);
    expect(offers[0]).toMatchObject({ margin: 600, given: 100 });
    expect(offers[0].gain?.lower).toBeGreaterThan(65);
    expect(offers[0].gain?.upper).toBeLessThan(75);
  });

  it("makes no offer when the discount only reaches those who buy anyway", () => {
    const discount: CartOffer = {
      kind: "discount",
      id: "ten",
      percentage: 10,
      accepted: { count: 6100, of: 10_000 },
      natural: { count: 6000, of: 10_000 },
    };
    // 61 % x (2,000 - 400) - 60 % x 2,000 = -224.
    const { choice, why, offers } = choose([discount]);
    expect(choice).toBeUndefined();
    expect(why).toContain("none is best");
    expect(offers[0].gain?.value).toBeCloseTo(-224, 0);
  });

  it("asks for as much certainty as it is told to", () => {
    const hardlyTried = { ...tray, accepted: { count: 2, of: 10 }, natural: { count: 1, of: 20 } };
    expect(choose([hardlyTried]).choice).toBe("tray-10");
    expect(choose([hardlyTried], { certainty: 0.95 }).choice).toBeUndefined();
    expect(choose([tray], { minimumGain: 80 }).choice).toBeUndefined();
  });

  it("says why an offer cannot be made", () => {
    const product = (id: string): CartOffer => ({ kind: "product", id, productId: id, ...often });
    const shipping: CartOffer = { kind: "free-shipping", id: "ship", threshold: 3000, shippingCost: 400, ...often };
    const { offers, why } = choose([product("mug"), product("jug"), product("gone"), shipping]);
    expect(offers.map(({ obstacle }) => obstacle)).toEqual([
      "in-cart",
      "unknown-cost",
      "not-available",
      "threshold-reached",
    ]);
    expect(why).toBe("No offer can be made with this cart.");
  });

  it("takes the gap's margin for what free shipping brings, and a discount net of tax for what it costs", () => {
    const shipping: CartOffer = { kind: "free-shipping", id: "ship", threshold: 5000, shippingCost: 400, ...often };
    // Half of the cart's 4,000 is margin, so that a gap of 1,000 brings 500.
    expect(choose([shipping]).offers[0]).toMatchObject({ margin: 500, given: 400 });
    const taxed = nextBestOffer(cart, { catalogue, market, taxRate: 0.25 }, [tray]);
    // 1,000 and 100 are 800 and 80 without tax: 20 % x (400 - 80) - 5 % x 400 = 44.
    expect(taxed.offers[0].gain?.value).toBeCloseTo(44, 1);
  });

  it("refuses a discount over 100 %, unknown products, impossible counts and repeated ids", () => {
    expect(() => choose([{ ...tray, percentage: 101 }])).toThrow(/offers\[0\]\.percentage/);
    expect(() => choose([{ ...tray, productId: "lamp" }])).toThrow(/offers\[0\]\.productId/);
    expect(() => choose([{ ...tray, accepted: { count: 3, of: 2 } }])).toThrow(/offers\[0\]\.accepted\.count/);
    expect(() => choose([tray, tray])).toThrow(/offers\[1\]\.id/);
    const bundle: CartOffer = { kind: "bundle", id: "b", productIds: ["tray"], discount: 1001, ...often };
    expect(() => choose([bundle])).toThrow(/offers\[0\]\.discount must be at most what the products cost \(1000\)/);
    expect(() => choose([{ ...bundle, currency: "USD" }])).toThrow(/offers\[0\]\.currency/);
    expect(() => choose([{ ...bundle, productIds: ["tray", "lamp"] }])).toThrow(/offers\[0\]\.productIds\[1\]/);
  });

  it("never gains by giving more away for nothing", () => {
    const percent = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(percent, percent, (a, b) => {
        const gainAt = (percentage: number): number => choose([{ ...tray, percentage }]).offers[0].gain?.value ?? NaN;
        expect(gainAt(Math.max(a, b))).toBeLessThanOrEqual(gainAt(Math.min(a, b)));
      }),
    );
  });
});
