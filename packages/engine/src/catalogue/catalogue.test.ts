import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { availabilityOf, createCatalogue, defaultMarket, marketOf, offerOf } from "./catalogue.ts";
import type { Market, Product, Variant } from "./product.ts";

const mug: Product = {
  id: "mug",
  title: "Mug",
  brand: "Clay & Co",
  category: ["Kitchen", "Mugs"],
  variants: [
    { id: "mug-blue", prices: { default: 1250 }, stock: 3 },
    { id: "mug-red", prices: { default: 1150 }, stock: 0 },
  ],
};
const teapot: Product = {
  id: "teapot",
  title: "Teapot",
  brand: "Clay & Co",
  variants: [{ id: "teapot", prices: { default: 3900 } }],
};
const tray: Product = { id: "tray", title: "Tray", category: ["Kitchen"], variants: [{ id: "tray", prices: {} }] };

const withVariant = (change: Partial<Variant>): Product => ({
  ...teapot,
  variants: [{ id: "teapot", prices: { default: 3900 }, ...change }],
});

describe("a catalogue", () => {
  it("finds products, variants, brands and categories by index", () => {
    const catalogue = createCatalogue({ products: [mug, teapot, tray] });
    expect(catalogue.ids.all).toEqual(["mug", "teapot", "tray"]);
    expect(catalogue.variantIds.all).toEqual(["mug-blue", "mug-red", "teapot", "tray"]);
    expect(Array.from(catalogue.productOfVariant)).toEqual([0, 0, 1, 2]);
    expect(catalogue.brands.all).toEqual(["Clay & Co"]);
    expect(Array.from(catalogue.brandOf)).toEqual([0, 0, -1]);
    expect(catalogue.categories.all).toEqual(["Kitchen / Mugs", "Kitchen"]);
    expect(Array.from(catalogue.categoryOf)).toEqual([0, -1, 1]);
  });

  it.each<[string, readonly Product[], string]>([
    ["an empty id", [{ ...mug, id: "" }], 'products[0].id must be a non-empty id; received ""'],
    [
      "an id twice",
      [mug, { ...teapot, id: "mug" }],
      'products[1].id must be an id that no other one has; received "mug"',
    ],
    ["no variant", [mug, { ...teapot, variants: [] }], "products[1].variants must be at least one variant"],
    [
      "a variant id twice",
      [mug, withVariant({ id: "mug-red" })],
      "products[1].variants[0].id must be an id that no other one has",
    ],
    [
      "a price in major units",
      [withVariant({ prices: { default: 19.99 } })],
      "products[0].variants[0].prices.default must be a whole number of minor units",
    ],
    ["a price below zero", [withVariant({ prices: { default: -1 } })], "products[0].variants[0].prices.default"],
    [
      "a price in an unknown market",
      [withVariant({ prices: { moon: 1 } })],
      'products[0].variants[0].prices must be the id of a market of the catalogue; received "moon"',
    ],
    ["a cost that is no number", [withVariant({ cost: Number.NaN })], "products[0].variants[0].cost"],
    ["a stock that is no number", [withVariant({ stock: Number.NaN })], "products[0].variants[0].stock"],
  ])("with %s is refused, naming the product and the field", (_, products, message) => {
    expect(() => createCatalogue({ products })).toThrow(InvalidInput);
    expect(() => createCatalogue({ products })).toThrow(message);
  });

  it.each<[string, readonly Market[], string]>([
    ["no market", [], "markets must be at least one market"],
    ["a market twice", [defaultMarket, defaultMarket], "markets[1].id"],
    ["a malformed currency", [{ ...defaultMarket, currency: "euro" }], "markets[0].currency must be an ISO 4217 code"],
    ["a malformed locale", [{ ...defaultMarket, locale: "en_GB" }], "markets[0].locale must be a BCP 47 tag"],
    [
      "an unknown time zone",
      [{ ...defaultMarket, timeZone: "Mars/Olympus" }],
      "markets[0].timeZone must be an IANA time zone",
    ],
  ])("with %s is refused", (_, markets, message) => {
    expect(() => createCatalogue({ products: [], markets })).toThrow(message);
  });

  it("answers in the home market unless asked for another", () => {
    const abroad = { ...defaultMarket, id: "uk", currency: "GBP" };
    const catalogue = createCatalogue({ products: [], markets: [defaultMarket, abroad] });
    expect(marketOf(catalogue)).toBe(defaultMarket);
    expect(marketOf(catalogue, "uk")).toBe(abroad);
    expect(() => marketOf(catalogue, "us")).toThrow(`one of the catalogue's markets (default, uk); received "us"`);
  });
});

describe("the variant a product is shown with", () => {
  const offerOfVariants = (...variants: Variant[]) => offerOf({ ...mug, variants }, defaultMarket)?.variant.id;
  const variant = (id: string, price: number, stock?: number): Variant => ({
    id,
    prices: { default: price },
    ...(stock !== undefined && { stock }),
  });

  it("is one in stock, even when a cheaper one is sold out", () => {
    expect(offerOf(mug, defaultMarket)).toEqual({ variant: mug.variants[0], price: 1250 });
    expect(offerOfVariants(variant("gone", 100, 0), variant("there", 900, 1))).toBe("there");
    expect(offerOfVariants(variant("there", 900, 1), variant("gone", 100, 0))).toBe("there");
  });

  it("is the cheapest of those in stock, the first of equals", () => {
    expect(offerOfVariants(variant("a", 300, 1), variant("b", 200), variant("c", 200, 9))).toBe("b");
  });

  it("is the cheapest of all when nothing is in stock", () => {
    expect(offerOfVariants(variant("a", 300, 0), variant("b", 200, 0))).toBe("b");
  });

  it("is none where the product is not sold", () => {
    expect(offerOf(tray, defaultMarket)).toBeUndefined();
  });
});

describe("availability", () => {
  it.each<[string, readonly (number | undefined)[], string]>([
    ["sold out in every variant", [0, 0], "out-of-stock"],
    ["oversold", [-2, 0], "out-of-stock"],
    ["down to five over all variants", [2, 3], "low"],
    ["oversold in one variant and full in another", [-5, 6], "in-stock"],
    ["not tracked in one variant", [0, undefined], "in-stock"],
  ])("of a product %s", (_, stocks, expected) => {
    const variants = stocks.map((stock, i): Variant => ({
      id: `v${i}`,
      prices: {},
      ...(stock !== undefined && { stock }),
    }));
    expect(availabilityOf({ ...mug, variants })).toBe(expected);
  });
});
