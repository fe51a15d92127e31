import { describe, expect, it } from "vitest";
import { createCatalogue } from "./catalogue.ts";
import { offersIn } from "./offers.ts";
import type { Market, Product } from "./product.ts";

const markets: readonly Market[] = [
  { id: "de", country: "DE", currency: "EUR", locale: "de", timeZone: "Europe/Berlin" },
  { id: "uk", country: "GB", currency: "GBP", locale: "en-GB", timeZone: "Europe/London" },
];
const [de, uk] = markets;

const mug: Product = {
  id: "mug",
  title: "Mug",
  variants: [
    { id: "mug-blue", prices: { de: 1200, uk: 1100 }, stock: 3 },
    { id: "mug-red", prices: { de: 1000 }, stock: 40 },
  ],
};
const tray: Product = { id: "tray", title: "Tray", variants: [{ id: "tray-1", prices: { uk: 2500 } }] };

describe("the offers of a market", () => {
  it("show each product by the variant, price and stock of that market", () => {
    const catalogue = createCatalogue({ products: [mug, tray], markets });
    expect(offersIn(catalogue, de)).toEqual([
      { variant: mug.variants[1], price: 1000, availability: "in-stock" },
      undefined,
    ]);
    expect(offersIn(catalogue, uk)).toEqual([
      { variant: mug.variants[0], price: 1100, availability: "low" },
      { variant: tray.variants[0], price: 2500, availability: "in-stock" },
    ]);
  });

  it("call a product out of stock where its last variant is gone, however many another market has", () => {
    const [blue, red] = mug.variants;
    const products = [{ ...mug, variants: [{ ...blue, stock: 0 }, red] }];
    const catalogue = createCatalogue({ products, markets });
    expect(offersIn(catalogue, uk)[0]?.availability).toBe("out-of-stock");
    expect(offersIn(catalogue, de)[0]?.availability).toBe("in-stock");
  });

  it("are those of the newest catalogue after a price has changed", () => {
    const before = createCatalogue({ products: [tray], markets });
    expect(offersIn(before, uk)[0]?.price).toBe(2500);
    const cheaper = { ...tray, variants: [{ id: "tray-1", prices: { uk: 1900 } }] };
    expect(offersIn(createCatalogue({ products: [cheaper], markets }), uk)[0]?.price).toBe(1900);
  });
});
