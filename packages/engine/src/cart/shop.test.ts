import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import type { Recommender } from "../models/recommender.ts";
import { relatedBy } from "./related.ts";
import { marginIn, showableIn } from "./shop.ts";

const market = { country: "DE", currency: "EUR", locale: "de", timeZone: "UTC" };
const catalogue = createCatalogue({
  markets: [
    { ...market, id: "de" },
    { ...market, id: "uk", country: "GB", currency: "GBP" },
  ],
  products: [
    { id: "mug", title: "Mug", variants: [{ id: "m", prices: { de: 1190, uk: 1000 }, cost: 500 }] },
    { id: "wine", title: "Wine", restrictions: { minimumAge: 18 }, variants: [{ id: "w", prices: { de: 900 } }] },
    {
      id: "kite",
      title: "Kite",
      restrictions: { excludedCountries: ["DE"] },
      variants: [{ id: "k", prices: { de: 1 } }],
    },
  ],
});
const home = marketOf(catalogue, "de");

describe("a shop as one shopper meets it", () => {
  it("shows nothing that may not be sold to them, and asks for an age before it counts on one", () => {
    const shown = (age?: number): boolean[] =>
      [0, 1, 2].map(showableIn({ catalogue, market: home, ...(age !== undefined && { age }) }));
    expect(shown()).toEqual([true, false, false]);
    expect(shown(18)).toEqual([true, true, false]);
  });

  it("reckons margins net of tax, and in another market by the share that is left at home", () => {
    // 11.90 is 10.00 without tax, of which 5.00 is left: half.
    expect(marginIn({ catalogue, market: home, taxRate: 0.19 })(0, 1190)).toBeCloseTo(500, 9);
    expect(marginIn({ catalogue, market: marketOf(catalogue, "uk"), taxRate: 0.19 })(0, 1000)).toBeCloseTo(
      1000 / 1.19 / 2,
      9,
    );
    expect(marginIn({ catalogue, market: home })(1, 900)).toBeNaN();
  });
});

describe("a model as a source of related products", () => {
  it("is asked for one product at a time, and not for products younger than itself", () => {
    const model: Recommender = {
      kind: "pairs",
      productCount: 2,
      recommend: ({ history }) => ({
        products: Uint32Array.of(1 - history[0]),
        scores: Float64Array.of(history[0] === 0 ? 0.5 : 0),
      }),
      explain: () => [],
      save: () => ({ kind: "pairs", settings: {}, columns: {} }),
    };
    expect(relatedBy(model)(0, 5)).toEqual([{ product: 1, score: 0.5 }]);
    expect(relatedBy(model)(1, 5)).toEqual([]);
    expect(relatedBy(model)(2, 5)).toEqual([]);
  });
});
