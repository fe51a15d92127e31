import { describe, expect, it } from "vitest";
import { metrics, type JudgedAnswer } from "./metric.ts";
import { ofExploration, ofRepeats, repeatRatio } from "./repeat-explore.ts";

/** A list over ten products, best first. */
function answer(list: number[], relevant: number[], history: number[] = [], owned: number[] = []): JudgedAnswer {
  return {
    ranked: { products: Uint32Array.from(list), scores: Float64Array.from(list, (_, place) => -place) },
    relevant: new Set(relevant),
    owned: new Set(owned),
    productCount: 10,
    history,
  };
}

describe("metrics by name", () => {
  it("say their convention", () => {
    const names = [metrics.recall(20), metrics.recall(20, "reachable"), metrics.ndcg(10), metrics.ndcg(10, "full")];
    expect(names.map(({ name }) => name)).toEqual([
      "recall@20 of relevant",
      "recall@20 of reachable",
      "NDCG@10, truncated ideal",
      "NDCG@10, full ideal",
    ]);
  });

  it("give the figure of one answer", () => {
    const judged = answer([5, 1, 7, 2], [1, 2, 9]);
    const popularity = { counts: new Uint32Array(10).fill(1), among: 4 };
    const figures = [
      metrics.hitRate(1),
      metrics.reciprocalRank(4),
      metrics.precision(4),
      metrics.averagePrecision(2, "reachable"),
      metrics.novelty(4, popularity),
      metrics.diversity(4, () => 0.25),
    ].map((metric) => metric.of(judged));
    expect(figures).toEqual([0, 1 / 2, 2 / 4, 1 / 4, 2, 0.75]);
  });

  it("ask for the whole catalogue where they read all of it", () => {
    expect([metrics.areaUnderCurve().depth, metrics.hitRate(7).depth]).toEqual([Infinity, 7]);
  });

  it("leave out of the AUC what may not be answered, be it relevant or not", () => {
    const area = metrics.areaUnderCurve();
    // Of 8 answerable products 5 alone is relevant: it loses to 1 and beats the 6 that were not returned.
    expect(area.of(answer([1, 5], [5, 3], [3, 4], [3, 4]))).toBeCloseTo(6 / 7, 12);
    expect(area.of(answer([1, 5], [3], [3], [3]))).toBeNaN();
  });

  it("refuse a list length that is no length", () => {
    expect(() => metrics.ndcg(0)).toThrow(/"k" must be an integer of at least 1/);
  });
});

describe("what is bought again and what is new", () => {
  // The history knows 1 and 2; the customer took 1 again and 9 for the first time.
  const judged = answer([1, 7, 9], [1, 9], [1, 2, 1]);

  it("are judged apart, on the same list", () => {
    const again = ofRepeats(metrics.reciprocalRank(3));
    const first = ofExploration(metrics.reciprocalRank(3));
    expect([again.of(judged), first.of(judged)]).toEqual([1, 1 / 3]);
    expect([again.name, first.name]).toEqual(["MRR@3, repeats", "MRR@3, exploration"]);
  });

  it("do not count where there was none to find", () => {
    expect(ofExploration(metrics.recall(3)).of(answer([1], [1], [1]))).toBeNaN();
    expect(ofRepeats(metrics.recall(3)).of(answer([1], [5], [1]))).toBeNaN();
  });

  it("show how much of a list repeats", () => {
    expect(repeatRatio(3).of(judged)).toBeCloseTo(1 / 3, 12);
    expect(repeatRatio(1).of(judged)).toBe(1);
  });
});
