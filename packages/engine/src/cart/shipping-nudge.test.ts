import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import { readCart } from "./cart-lines.ts";
import { bestPair, bestSingle, type GapAnswer, type GapQuestion } from "./gap-search.ts";
import { nudgeToThreshold, type NudgeOptions } from "./shipping-nudge.ts";

function shopOf(prices: Readonly<Record<string, number>>, stockOf: Readonly<Record<string, number>> = {}) {
  const catalogue = createCatalogue({
    products: Object.entries(prices).map(([id, price]) => ({
      id,
      title: id,
      variants: [{ id: `${id}-1`, prices: { default: price }, ...(id in stockOf && { stock: stockOf[id] }) }],
    })),
  });
  return { catalogue, market: marketOf(catalogue) };
}

const shop = shopOf({ mug: 3000, tray: 1050, towel: 600, spoon: 430, lamp: 4000, gone: 1000, jar: 700 }, { gone: 0 });

function nudge(quantity: number, amount: number, options: NudgeOptions = {}) {
  const cart = readCart([{ productId: "mug", quantity }], shop.catalogue, shop.market);
  return nudgeToThreshold(cart, { amount }, shop, options);
}

const idsOf = ({ suggestions }: ReturnType<typeof nudge>): string[][] =>
  suggestions.map(({ products }) => products.map(({ productId }) => productId));

describe("the nudge to free shipping", () => {
  it("states the gap and closes it with the least overshoot", () => {
    const found = nudge(1, 4000);
    expect(found).toMatchObject({
      status: "within-reach",
      gap: 1000,
      subtotal: 3000,
      message: "€10.00 to go for free shipping.",
    });
    // 10.50 alone; 6.00 + 4.30 = 10.30 is nearer, but a second product to decide on counts as much as 1.00 of overshoot.
    expect(idsOf(found)).toEqual([["tray"], ["spoon", "towel"]]);
    expect(found.suggestions.map(({ overshoot }) => overshoot)).toEqual([50, 30]);
  });

  it("takes the pair first when a second product costs nothing", () => {
    expect(idsOf(nudge(1, 4000, { pairPenalty: 0 }))[0]).toEqual(["spoon", "towel"]);
    expect(idsOf(nudge(1, 4000, { pairs: false }))).toEqual([["tray"]]);
  });

  it("prefers what suits the shopper to what merely fits", () => {
    const jar = shop.catalogue.ids.indexOf("jar");
    const relevanceOf = (product: number): number => (product === jar ? 1 : 0);
    expect(idsOf(nudge(1, 4000, { relevanceOf }))[0]).toEqual(["spoon", "jar"]);
  });

  it("suggests nothing when the threshold is reached, too far, or cannot be reached within the overshoot", () => {
    expect(nudge(2, 4000)).toMatchObject({
      status: "reached",
      gap: 0,
      suggestions: [],
      message: "Your order ships free.",
    });
    expect(nudge(1, 9000)).toMatchObject({ status: "too-far", gap: 6000, suggestions: [] });
    expect(nudge(1, 3100, { maximumOvershoot: 200 })).toMatchObject({
      status: "unreachable",
      gap: 100,
      suggestions: [],
    });
  });

  it("counts discounts against the subtotal", () => {
    expect(nudge(1, 3000, { discount: 100 }).gap).toBe(100);
  });

  it("refuses another currency and amounts that are none", () => {
    const cart = readCart([], shop.catalogue, shop.market);
    expect(() => nudgeToThreshold(cart, { amount: 4000, currency: "USD" }, shop)).toThrow(/threshold\.currency/);
    expect(() => nudgeToThreshold(cart, { amount: 39.5 }, shop)).toThrow(/threshold\.amount/);
  });
});

/** Every product and every pair, one by one. */
function byTrying(question: GapQuestion): { single: number; pair: number } {
  const { price, relevance, gap, maximumOvershoot, relevanceWeight, pairPenalty } = question;
  const best = { single: -Infinity, pair: -Infinity };
  const fits = (total: number): boolean => total >= gap && total <= gap + maximumOvershoot;
  for (let a = 0; a < price.length; a++) {
    if (relevance[a] < 0) continue;
    if (fits(price[a])) best.single = Math.max(best.single, relevanceWeight * relevance[a] - (price[a] - gap) / gap);
    for (let b = a + 1; b < price.length; b++) {
      if (relevance[b] < 0 || price[a] >= gap || price[b] >= gap || !fits(price[a] + price[b])) continue;
      const suits = (relevanceWeight * (relevance[a] + relevance[b])) / 2;
      best.pair = Math.max(best.pair, suits - (price[a] + price[b] - gap) / gap - pairPenalty);
    }
  }
  return best;
}

describe("the search for what closes a gap", () => {
  it("finds the very best product and pair, as trying all of them does", () => {
    const item = fc.record({ price: fc.integer({ min: 1, max: 60 }), relevance: fc.constantFrom(-1, 0, 0.2, 0.5, 1) });
    const worthOf = (answer: GapAnswer | undefined): number => answer?.worth ?? -Infinity;
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 25 }),
        fc.integer({ min: 1, max: 80 }),
        fc.integer({ min: 0, max: 80 }),
        (items, gap, maximumOvershoot) => {
          const sorted = items.toSorted((a, b) => a.price - b.price);
          const question: GapQuestion = {
            price: Float64Array.from(sorted, ({ price }) => price),
            relevance: Float64Array.from(sorted, ({ relevance }) => relevance),
            gap,
            maximumOvershoot,
            relevanceWeight: 1,
            pairPenalty: 0.1,
          };
          const expected = byTrying(question);
          expect(worthOf(bestSingle(question))).toBeCloseTo(expected.single, 9);
          const pair = bestPair(question);
          expect(worthOf(pair)).toBeCloseTo(expected.pair, 9);
          if (pair) expect(new Set(pair.places).size).toBe(2);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
