import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { createRandom } from "../random/generator.ts";
import { createOrderHistoryBuilder } from "./order-history-builder.ts";
import type { OrderHistory } from "./order-history.ts";
import { returnRates } from "./return-rates.ts";

/** What one product sold and got back. */
interface Sold {
  readonly units: number;
  readonly back: number;
}

function historyOf(sold: readonly Sold[], day = 1): OrderHistory {
  const ids = createIdentifiers(sold.map((_, index) => `p${index}`));
  const builder = createOrderHistoryBuilder();
  const lines = sold.flatMap(({ units, back }, index) =>
    units === 0 ? [] : [{ productId: `p${index}`, quantity: units, unitPrice: 100, returnedQuantity: back }],
  );
  builder.addOrder({ id: "o1", placedAt: `2025-01-0${day}T00:00:00Z`, currency: "EUR", lines });
  builder.addOrder({
    id: "o2",
    placedAt: "2025-03-01T00:00:00Z",
    currency: "EUR",
    lines: [{ productId: "p0", quantity: 1, unitPrice: 100 }],
  });
  return builder.finish(ids).history;
}

const oneGroup = (length: number): Int32Array => new Int32Array(length);

describe("return rates", () => {
  it("believe a product that sold often, and ask its category about one that hardly sold", () => {
    const history = historyOf([
      { units: 1000, back: 400 },
      { units: 1000, back: 40 },
      { units: 1000, back: 60 },
      { units: 1000, back: 50 },
      { units: 1, back: 1 },
      { units: 0, back: 0 },
    ]);
    const { product, group, shop } = returnRates(history, oneGroup(6));
    expect(product[0]).toBeGreaterThan(0.38);
    expect(product[1]).toBeLessThan(0.06);
    // One unit that came back is no rate of 100 %.
    expect(product[4]).toBeLessThan(0.35);
    expect(product[4]).toBeGreaterThan(group[0]);
    expect(product[5]).toBe(group[0]);
    expect(shop).toBeCloseTo(551 / 4001, 12);
  });

  it("draw a product towards its own category, not to the others", () => {
    const shoes = Array.from({ length: 20 }, (_, i) => ({ units: 200, back: 80 + (i % 5) * 4 }));
    const mugs = Array.from({ length: 20 }, (_, i) => ({ units: 200, back: 2 + (i % 5) }));
    const history = historyOf([...shoes, ...mugs, { units: 0, back: 0 }, { units: 0, back: 0 }]);
    const groupOf = Int32Array.from([...shoes.map(() => 0), ...mugs.map(() => 1), 0, 1]);
    const { product } = returnRates(history, groupOf);
    expect(product[40]).toBeGreaterThan(0.4);
    expect(product[41]).toBeLessThan(0.05);
  });

  it("leave out orders that may still come back, and cancelled ones", () => {
    const history = historyOf([{ units: 10, back: 5 }]);
    expect(returnRates(history, oneGroup(1)).shop).toBe(0.5);
    expect(returnRates(history, oneGroup(1), { matureAfterDays: 365 })).toMatchObject({ shop: 0 });
    expect(() => returnRates(history, new Int32Array())).toThrow("groupOf");
  });

  it("find the strength that the rates were drawn with", () => {
    // Rates from Beta(4, 16): mean .2, strength 20. 400 products of 50 units each.
    const random = createRandom("returns");
    const bernoulli = (p: number): number => (random.next() < p ? 1 : 0);
    const sold = Array.from({ length: 400 }, () => {
      const tickets = Array.from({ length: 19 }, () => random.next()).toSorted((a, b) => a - b);
      // The fourth smallest of 19 uniforms has the distribution Beta(4, 16).
      const rate = tickets[3];
      return { units: 50, back: Array.from({ length: 50 }, () => bernoulli(rate)).reduce((a, b) => a + b, 0) };
    });
    const { strength, shop } = returnRates(historyOf(sold), oneGroup(400));
    expect(shop).toBeCloseTo(0.2, 1);
    expect(strength).toBeGreaterThan(15);
    expect(strength).toBeLessThan(27);
  });

  it("lie between 0 and 1, and between the plain rate and that of the category", () => {
    const sale = fc
      .integer({ min: 0, max: 60 })
      .chain((units) => fc.record({ units: fc.constant(units), back: fc.integer({ min: 0, max: units }) }));
    fc.assert(
      fc.property(fc.array(sale, { minLength: 1, maxLength: 12 }), (sold) => {
        const { product, group } = returnRates(historyOf(sold), oneGroup(sold.length));
        for (const [index, { units, back }] of sold.entries()) {
          const plain = units > 0 ? back / units : group[0];
          expect(product[index]).toBeGreaterThanOrEqual(Math.min(plain, group[0]) - 1e-12);
          expect(product[index]).toBeLessThanOrEqual(Math.max(plain, group[0]) + 1e-12);
        }
      }),
    );
  });
});
