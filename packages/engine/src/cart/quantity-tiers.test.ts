import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkTiers, priceQuantity, type QuantityTier } from "./quantity-tiers.ts";

const market = { currency: "EUR", locale: "en" };
const tiers = [
  { from: 3, percentage: 5 },
  { from: 6, percentage: 10 },
] as const;

describe("quantity tiers", () => {
  it("price the units and say what one more would save", () => {
    const priced = priceQuantity({ tiers }, [{ quantity: 5, unitPrice: 999 }], market);
    // 4,995 less 5 %: 249.75, half up 250. Six: 5,994 less 10 %: 599.4.
    expect(priced).toMatchObject({ tier: 0, subtotal: 4995, discount: 250, total: 4745 });
    expect(priced.next).toEqual({ tier: 1, unitsToAdd: 1, total: 5395, extraCost: 650, discount: 599, saving: 299 });
    expect(priced.message).toBe("Add 1 more and save €5.99 in all.");
  });

  it("say so when one more costs less", () => {
    const steep = { tiers: [{ from: 10, percentage: 50 }] };
    const priced = priceQuantity(steep, [{ quantity: 9, unitPrice: 100 }], market);
    expect(priced.next?.extraCost).toBe(-400);
    expect(priced.message).toBe("Add 1 more and pay €4.00 less.");
  });

  it("count units of all variants together and never raise a price", () => {
    const fixed = { tiers: [{ from: 3, unitPrice: 900 }] };
    const lines = [
      { quantity: 2, unitPrice: 1000 },
      { quantity: 1, unitPrice: 800 },
    ];
    expect(priceQuantity(fixed, lines, market)).toMatchObject({ lineDiscounts: [200, 0], total: 2600 });
  });

  it("refuse what is no ladder, and say which step", () => {
    const check =
      (...steps: QuantityTier[]) =>
      () =>
        checkTiers({ tiers: steps });
    expect(check()).toThrow(/at least one tier/);
    expect(check({ from: 0, percentage: 5 })).toThrow(/tiers\[0\]\.from/);
    expect(check({ from: 2, to: 5, percentage: 5 }, { from: 5, percentage: 10 })).toThrow(/tiers\[1\]\.from/);
    expect(check({ from: 2, to: 3, percentage: 5 }, { from: 5, percentage: 10 })).toThrow(/fall back/);
    expect(check({ from: 2, to: 1, percentage: 5 })).toThrow(/tiers\[0\]\.to/);
    expect(check({ from: 2, percentage: 101 })).toThrow(/tiers\[0\]\.percentage/);
    expect(check({ from: 2, percentage: 10 }, { from: 4, percentage: 5 })).toThrow(/tiers\[1\]\.percentage/);
    expect(check({ from: 2, unitPrice: 900 }, { from: 4, unitPrice: 950 })).toThrow(/tiers\[1\]\.unitPrice/);
    expect(check({ from: 2 })).toThrow(/either a percentage or a unitPrice/);
    expect(check({ from: 2, percentage: 5 }, { from: 4, unitPrice: 1 })).toThrow(/of the same kind/);
    expect(() => priceQuantity({ tiers, currency: "USD" }, [{ quantity: 1, unitPrice: 1 }], market)).toThrow(
      /currency/,
    );
  });

  it("add up to the cent whatever the lines, and never go below zero or above the price", () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 50 }),
      unitPrice: fc.integer({ min: 0, max: 99_999 }),
    });
    const ladder = fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 10_000 })).map(([a, b]) => [
      { from: 2, percentage: Math.min(a, b) / 100 },
      { from: 9, percentage: Math.max(a, b) / 100 },
    ]);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), ladder, (lines, steps) => {
        const priced = priceQuantity({ tiers: steps }, lines, market);
        expect(priced.total + priced.discount).toBe(priced.subtotal);
        expect(priced.lineDiscounts.reduce((sum, part) => sum + part, 0)).toBe(priced.discount);
        for (const [index, part] of priced.lineDiscounts.entries()) {
          expect(Number.isSafeInteger(part)).toBe(true);
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(lines[index].quantity * lines[index].unitPrice);
        }
        const percentage = priced.tier === undefined ? 0 : steps[priced.tier].percentage;
        expect(Math.abs(priced.discount - (priced.subtotal * percentage) / 100)).toBeLessThanOrEqual(0.5 + 1e-6);
      }),
    );
  });
});
