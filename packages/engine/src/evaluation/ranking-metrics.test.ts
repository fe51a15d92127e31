import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hitRate, ndcg, recall, reciprocalRank } from "./ranking-metrics.ts";

describe("metrics of one list", () => {
  const list = [5, 1, 7, 2];
  const bought = new Set([1, 2, 9]);

  it("counts a customer as hit once, however many hits the list holds", () => {
    expect(hitRate(list, bought, 4)).toBe(1);
    expect(hitRate(list, bought, 1)).toBe(0);
  });

  it("divides recall by what it says it divides by", () => {
    expect(recall(list, bought, 2, "relevant")).toBeCloseTo(1 / 3, 12);
    expect(recall(list, bought, 2, "reachable")).toBeCloseTo(1 / 2, 12);
  });

  it("takes the first hit's place for the reciprocal rank, and zero behind the cut", () => {
    expect(reciprocalRank(list, bought, 4)).toBe(1 / 2);
    expect(reciprocalRank(list, bought, 1)).toBe(0);
  });

  it("discounts hits by the logarithm of their place, against the named ideal", () => {
    // Hits at places 2 and 4. Ideal cut at min(4, 3) = 3 places; with k = 2 the full ideal still has 3.
    const gain = 1 / Math.log2(3) + 1 / Math.log2(5);
    const idealOfThree = 1 + 1 / Math.log2(3) + 1 / 2;
    expect(ndcg(list, bought, 4)).toBeCloseTo(gain / idealOfThree, 12);
    expect(ndcg(list, bought, 2)).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12);
    expect(ndcg(list, bought, 2, "full")).toBeCloseTo(1 / Math.log2(3) / idealOfThree, 12);
  });

  it("gives zero rather than nonsense when nothing was bought", () => {
    expect([recall(list, new Set(), 3), ndcg(list, new Set(), 3), hitRate(list, new Set(), 3)]).toEqual([0, 0, 0]);
  });

  it("refuses a list length that is no length", () => {
    expect(() => hitRate(list, bought, 0)).toThrow(/"k" must be an integer of at least 1/);
  });

  it("stays between 0 and 1, and the full ideal never flatters", () => {
    const products = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(products, products, fc.integer({ min: 1, max: 25 }), (ranked, relevant, k) => {
        const truth = new Set(relevant);
        const truncated = ndcg(ranked, truth, k);
        const figures = [truncated, recall(ranked, truth, k, "reachable"), reciprocalRank(ranked, truth, k)];
        for (const figure of figures) expect(figure).toBeGreaterThanOrEqual(0);
        for (const figure of figures) expect(figure).toBeLessThanOrEqual(1 + 1e-12);
        expect(ndcg(ranked, truth, k, "full")).toBeLessThanOrEqual(truncated);
      }),
    );
  });
});
