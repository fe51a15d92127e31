import { describe, expect, it } from "vitest";
import { createCatalogue } from "./catalogue.ts";
import type { Market, Product } from "./product.ts";
import { obstacles, shelfOf } from "./shelf.ts";

const markets: readonly Market[] = [
  { id: "de", country: "DE", currency: "EUR", locale: "de", timeZone: "Europe/Berlin" },
  { id: "uk", country: "GB", currency: "GBP", locale: "en-GB", timeZone: "Europe/London" },
];
const [de, uk] = markets;

const mug: Product = {
  id: "mug",
  title: "Mug",
  variants: [
    { id: "mug-blue", prices: { de: 1200, uk: 1100 }, cost: 300, stock: 3 },
    { id: "mug-red", prices: { de: 1000 }, cost: 500, stock: 40 },
  ],
};
const tray: Product = { id: "tray", title: "Tray", variants: [{ id: "tray-1", prices: { uk: 2500 } }] };

function obstaclesIn(products: readonly Product[], market: Market): readonly (string | undefined)[] {
  return Array.from(shelfOf(createCatalogue({ products, markets }), market).obstacle, (code) => obstacles[code]);
}

describe("the shelf of a market", () => {
  it("holds each product at the price of the variant it is offered as", () => {
    const catalogue = createCatalogue({ products: [mug, tray], markets });
    expect([...shelfOf(catalogue, de).price]).toEqual([1000, NaN]);
    expect([...shelfOf(catalogue, uk).price]).toEqual([1100, 2500]);
  });

  it("judges the margin of that variant at the home market's price", () => {
    const catalogue = createCatalogue({ products: [mug, tray], markets });
    expect([...shelfOf(catalogue, de).marginRate]).toEqual([0.5, NaN]);
    expect([...shelfOf(catalogue, uk).marginRate]).toEqual([0.75, NaN]);
  });

  it("says what keeps a product from being shown", () => {
    const [blue, red] = mug.variants;
    const gone = { ...mug, id: "gone", variants: [{ ...blue, id: "gone-blue", stock: 0 }] };
    const hidden = { ...tray, id: "hidden", active: false, variants: [{ ...red, id: "hidden-red" }] };
    expect(obstaclesIn([mug, tray, gone, hidden], de)).toEqual([
      undefined,
      "not-sold-in-market",
      "out-of-stock",
      "inactive",
    ]);
  });

  it("calls a product out of stock where its last variant is gone, however many another market has", () => {
    const [blue, red] = mug.variants;
    const products = [{ ...mug, variants: [{ ...blue, stock: 0 }, red] }];
    expect(obstaclesIn(products, uk)).toEqual(["out-of-stock"]);
    expect(obstaclesIn(products, de)).toEqual([undefined]);
  });

  it("is that of the newest catalogue after a price has changed", () => {
    const cheaper = { ...tray, variants: [{ id: "tray-1", prices: { uk: 1900 } }] };
    expect(shelfOf(createCatalogue({ products: [tray], markets }), uk).price[0]).toBe(2500);
    expect(shelfOf(createCatalogue({ products: [cheaper], markets }), uk).price[0]).toBe(1900);
  });
});
