import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTiers } from "./build-tiers.ts";
import type { Bundle } from "./bundle.ts";
import { composeGiftSet, type GiftSlot } from "./compose-gift-set.ts";
import { deliveryDays, priceSubscription } from "./price-subscription.ts";

/** Every choice of products, tried out. */
function bestScore(slots: readonly GiftSlot[], budget: number, atLeast: number): number | undefined {
  let best: number | undefined;
  const visit = (slot: number, choice: number, count: number, price: number, score: number): void => {
    if (price > budget) return;
    if (slot === slots.length) {
      if (price >= atLeast) best = Math.max(best ?? 0, score);
      return;
    }
    const { choices, minimum, maximum } = slots[slot];
    if (choice === choices.length) {
      if (count >= minimum && count <= maximum) visit(slot + 1, 0, 0, price, score);
      return;
    }
    visit(slot, choice + 1, count, price, score);
    visit(slot, choice + 1, count + 1, price + choices[choice].price, score + choices[choice].score);
  };
  visit(0, 0, 0, 0, 0);
  return best;
}

describe("a gift set", () => {
  const slots: GiftSlot[] = [
    {
      id: "drink",
      minimum: 1,
      maximum: 1,
      choices: [
        { productId: "wine", price: 1500, score: 5 },
        { productId: "juice", price: 500, score: 2 },
      ],
    },
    {
      id: "sweets",
      minimum: 1,
      maximum: 2,
      choices: [
        { productId: "chocolate", price: 900, score: 3 },
        { productId: "eggs", price: 400, score: 4, occasions: ["easter"] },
        { productId: "biscuits", price: 600, score: 1 },
      ],
    },
  ];

  it("suits the occasion and stays within the budget", () => {
    const birthday = composeGiftSet(slots, { occasion: "birthday", budget: 2500 });
    expect(birthday?.items.map(({ productId }) => productId)).toEqual(["wine", "chocolate"]);
    const easter = composeGiftSet(slots, { occasion: "easter", budget: 2500 });
    expect(easter?.items.map(({ productId }) => productId)).toEqual(["wine", "eggs", "biscuits"]);
    expect(easter).toMatchObject({ price: 2500, score: 10, exact: true });
  });

  it("is nothing rather than over the budget", () => {
    expect(composeGiftSet(slots, { budget: 800 })).toBeUndefined();
    expect(() => composeGiftSet(slots, { budget: 800, atLeast: 900 })).toThrow(
      "atLeast must be at most the budget (800)",
    );
  });

  it("is the best of all sets within the budget", () => {
    const choice = fc.record({ price: fc.integer({ min: 1, max: 30 }), score: fc.integer({ min: 0, max: 9 }) });
    const slot = fc.record({
      choices: fc.array(choice, { minLength: 1, maxLength: 4 }),
      minimum: fc.integer({ min: 0, max: 2 }),
      extra: fc.integer({ min: 0, max: 2 }),
    });
    fc.assert(
      fc.property(
        fc.array(slot, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 0, max: 60 }),
        (drawn, budget, least) => {
          const own = drawn.map(({ choices, minimum, extra }, s) => ({
            id: `s${s}`,
            minimum,
            maximum: Math.max(1, minimum + extra),
            choices: choices.map((part, c) => ({ ...part, productId: `${s}.${c}` })),
          }));
          const atLeast = Math.min(least, budget);
          const found = composeGiftSet(own, { budget, atLeast });
          expect(found?.score).toBe(bestScore(own, budget, atLeast));
          if (!found) return;
          expect(found.exact).toBe(true);
          expect(found.items.reduce((sum, { price }) => sum + price, 0)).toBe(found.price);
          expect(new Set(found.items.map(({ productId }) => productId)).size).toBe(found.items.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("says when it looked at a part of the sets only", () => {
    const wide = [0, 1, 2].map((s) => ({
      id: `s${s}`,
      minimum: 0,
      maximum: 8,
      choices: Array.from({ length: 8 }, (_, c) => ({
        productId: `${s}.${c}`,
        price: 100 + 37 * c + 11 * s,
        score: 10 + 3.1 * c + s,
      })),
    }));
    expect(composeGiftSet(wide, { budget: 3000 }, { stateLimit: 10 })?.exact).toBe(false);
  });
});

describe("good, better, best", () => {
  it("rise in price by steps a shopper would take, with the best sellers that allow it", () => {
    const choices = [
      { productId: "basic", price: 1000, score: 5 },
      { productId: "near", price: 1050, score: 9 },
      { productId: "middle", price: 1600, score: 4 },
      { productId: "upper", price: 2600, score: 3 },
      { productId: "luxury", price: 20_000, score: 50 },
    ];
    const tiers = buildTiers(choices);
    expect(tiers.map(({ name, products }) => [name, products[0].productId])).toEqual([
      ["good", "near"],
      ["better", "middle"],
      ["best", "upper"],
    ]);
    expect(buildTiers(choices.slice(0, 2))).toEqual([]);
  });
});

describe("a subscription", () => {
  const coffee: Bundle = {
    id: "coffee",
    name: "Coffee",
    type: "subscription",
    products: [{ productId: "beans", quantity: 1, required: true }],
    discount: { type: "percentage", value: 10 },
    conditions: {},
    performance: { views: 0, conversions: 0, revenue: 0 },
    active: true,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    interval: { unit: "week", count: 2 },
  };
  const lines = [{ productId: "beans", quantity: 1, unitPrice: 1290 }];

  it("says what a delivery costs and what a year saves", () => {
    const { delivery, savingAYear, deliveriesAYear } = priceSubscription(coffee, lines, {
      currency: "EUR",
      locale: "en",
    });
    expect(delivery.total).toBe(1161);
    expect(deliveriesAYear).toBeCloseTo(26.09, 2);
    expect(savingAYear).toBe(3365);
    const { interval: _, ...once } = coffee;
    expect(() => priceSubscription(once, lines, { currency: "EUR", locale: "en" })).toThrow("bundle.interval");
  });

  it("comes on the last day of a month that is too short, and at local midnight over a change of clocks", () => {
    const days = deliveryDays(Date.parse("2026-01-31T09:00:00Z"), { unit: "month", count: 1 }, 4, "Europe/Berlin");
    expect(days.map((at) => new Date(at).toISOString())).toEqual([
      "2026-01-30T23:00:00.000Z",
      "2026-02-27T23:00:00.000Z",
      "2026-03-30T22:00:00.000Z",
      "2026-04-29T22:00:00.000Z",
    ]);
  });
});
