import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topOf } from "../matrix/top-k.ts";
import { areaUnderCurve } from "./area-under-curve.ts";

function ranking(...entries: readonly (readonly [product: number, score: number])[]) {
  return {
    products: Uint32Array.from(entries, ([product]) => product),
    scores: Float64Array.from(entries, ([, score]) => score),
  };
}
const nothing: ReadonlySet<number> = new Set();

describe("AUC of one customer", () => {
  it("is 1 when what was bought stands on top and 0 when it stands at the bottom", () => {
    const ranked = ranking([0, 3], [1, 2], [2, 1]);
    expect(areaUnderCurve({ ranked, relevant: new Set([0]), owned: nothing, productCount: 3 })).toBe(1);
    expect(areaUnderCurve({ ranked, relevant: new Set([2]), owned: nothing, productCount: 3 })).toBe(0);
  });

  it("counts ties half", () => {
    const ranked = ranking([0, 1], [1, 1], [2, 0.5]);
    // Product 0 ties with 1 and beats 2: (0.5 + 1) / 2.
    expect(areaUnderCurve({ ranked, relevant: new Set([0]), owned: nothing, productCount: 3 })).toBe(0.75);
  });

  it("lets products that were not returned tie below all that were", () => {
    const ranked = ranking([4, 1]);
    // 4 beats 0, 1, 2; 3 loses to nobody returned that is irrelevant and ties with 0, 1, 2.
    expect(areaUnderCurve({ ranked, relevant: new Set([4, 3]), owned: nothing, productCount: 5 })).toBe(0.75);
    expect(areaUnderCurve({ ranked: ranking(), relevant: new Set([3]), owned: nothing, productCount: 5 })).toBe(0.5);
  });

  it("leaves products the customer already owned out of every comparison", () => {
    const ranked = ranking([0, 3], [1, 2], [2, 1]);
    expect(areaUnderCurve({ ranked, relevant: new Set([1]), owned: new Set([0]), productCount: 3 })).toBe(1);
  });

  it("equals the count over all pairs, whatever the scores", () => {
    const customer = fc.record({
      scores: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 25 }),
      returned: fc.integer({ min: 0, max: 25 }),
      relevant: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(customer, ({ scores, returned, relevant }) => {
        const ranked = topOf(scores, returned);
        const truth = new Set(relevant);
        const stated = new Map(Array.from(ranked.products, (product) => [product, scores[product]]));
        const scoreOf = (product: number): number => stated.get(product) ?? -1;
        let wins = 0;
        let pairs = 0;
        for (const good of truth) {
          for (let other = 0; other < scores.length; other++) {
            if (truth.has(other)) continue;
            pairs++;
            wins += scoreOf(good) > scoreOf(other) ? 1 : scoreOf(good) === scoreOf(other) ? 0.5 : 0;
          }
        }
        const area = areaUnderCurve({ ranked, relevant: truth, owned: nothing, productCount: scores.length });
        expect(area).toBeCloseTo(wins / pairs, 12);
      }),
    );
  });
});
