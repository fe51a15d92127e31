import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averagePrecision, hitRate, ndcg, precision, recall, reciprocalRank } from "./ranking-metrics.ts";

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

  it("divides precision by k, however short the list", () => {
    expect(precision(list, bought, 4)).toBe(2 / 4);
    expect(precision(list, bought, 8)).toBe(2 / 8);
  });

  it("averages the precision at each hit, against the named denominator", () => {
    // Hits at places 2 and 4: precisions 1/2 and 2/4.
    expect(averagePrecision(list, bought, 4)).toBeCloseTo((1 / 2 + 2 / 4) / 3, 12);
    expect(averagePrecision(list, bought, 2)).toBeCloseTo(1 / 2 / 3, 12);
    expect(averagePrecision(list, bought, 2, "reachable")).toBeCloseTo(1 / 2 / 2, 12);
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

  const products = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 20 });
  const depth = fc.integer({ min: 1, max: 25 });
  /** Every metric and convention of one list. */
  function figuresOf(ranked: readonly number[], relevant: Iterable<number>, k: number): number[] {
    const truth = new Set(relevant);
    return [
      hitRate(ranked, truth, k),
      reciprocalRank(ranked, truth, k),
      precision(ranked, truth, k),
      recall(ranked, truth, k, "relevant"),
      recall(ranked, truth, k, "reachable"),
      averagePrecision(ranked, truth, k, "relevant"),
      averagePrecision(ranked, truth, k, "reachable"),
      ndcg(ranked, truth, k, "truncated"),
      ndcg(ranked, truth, k, "full"),
    ];
  }

  it("stays between 0 and 1, and the wider denominator never flatters", () => {
    fc.assert(
      fc.property(products, products, depth, (ranked, relevant, k) => {
        const figures = figuresOf(ranked, relevant, k);
        for (const figure of figures) expect(figure).toBeGreaterThanOrEqual(0);
        for (const figure of figures) expect(figure).toBeLessThanOrEqual(1 + 1e-12);
        const [, , , relevantRecall, reachableRecall, relevantMap, reachableMap, truncated, full] = figures;
        expect(relevantRecall).toBeLessThanOrEqual(reachableRecall);
        expect(relevantMap).toBeLessThanOrEqual(reachableMap);
        expect(full).toBeLessThanOrEqual(truncated);
      }),
    );
  });

  it("reads the conventions alike while a list can hold all that is relevant", () => {
    fc.assert(
      fc.property(products, products, (ranked, relevant) => {
        const k = Math.max(1, relevant.length);
        const [, , , relevantRecall, reachableRecall, relevantMap, reachableMap, truncated, full] = figuresOf(
          ranked,
          relevant,
          k,
        );
        expect([relevantRecall, relevantMap, full]).toEqual([reachableRecall, reachableMap, truncated]);
      }),
    );
  });

  it("does not care what products are called, nor what stands behind the first k", () => {
    const tail = fc.uniqueArray(fc.integer({ min: 100, max: 130 }), { maxLength: 10 });
    fc.assert(
      fc.property(products, products, depth, tail, (ranked, relevant, k, behind) => {
        const figures = figuresOf(ranked, relevant, k);
        const renamed = (product: number): number => 1000 - 7 * product;
        expect(figuresOf(ranked.map(renamed), relevant.map(renamed), k)).toEqual(figures);
        expect(figuresOf([...ranked, ...behind], relevant, k)).toEqual(figures);
      }),
    );
  });

  it("gives its best to the list that holds all that is relevant first", () => {
    fc.assert(
      fc.property(products, depth, (relevant, k) => {
        fc.pre(relevant.length > 0);
        const ideal = new Set(relevant);
        expect(ndcg(relevant, ideal, k)).toBeCloseTo(1, 12);
        expect(averagePrecision(relevant, ideal, k, "reachable")).toBeCloseTo(1, 12);
        expect(recall(relevant, ideal, k, "reachable")).toBe(1);
      }),
    );
  });
});
