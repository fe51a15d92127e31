import { describe, expect, it } from "vitest";
import type { Ranked } from "../matrix/top-k.ts";
import { popularityRecommender, withBackOff, type Answering } from "./back-off.ts";

function fixed(products: number[], scores: number[]): Answering {
  return {
    recommend: (_query, count): Ranked => ({
      products: Uint32Array.from(products.slice(0, count)),
      scores: Float64Array.from(scores.slice(0, count)),
    }),
  };
}

describe("a method with a back-off", () => {
  const bestsellers = popularityRecommender([10, 40, 40, 5]);

  it("puts the fallback's products behind its own, each once, with descending scores", () => {
    const { products, scores } = withBackOff(fixed([3, 1], [0.9, 0.2]), bestsellers, 4).recommend({ history: [] }, 4);
    expect([...products]).toEqual([3, 1, 2, 0]);
    expect([...scores]).toEqual([...scores].toSorted((a, b) => b - a));
    expect(scores[2]).toBeLessThan(0.2);
  });

  it("keeps the fallback's ties", () => {
    const { scores } = withBackOff(fixed([], []), bestsellers, 4).recommend({ history: [] }, 4);
    expect(scores[0]).toBe(scores[1]);
  });

  it("never answers more than it was asked for", () => {
    const { products } = withBackOff(fixed([3], [1]), bestsellers, 4).recommend({ history: [] }, 2);
    expect([...products]).toEqual([3, 1]);
  });
});

describe("popularity", () => {
  it("leaves out what the shopper has and what is excluded", () => {
    const popularity = popularityRecommender([1, 4, 3, 2]);
    const { products, scores } = popularity.recommend({ history: [1], exclude: new Set([0]) }, 10);
    expect([...products]).toEqual([2, 3]);
    expect([...scores]).toEqual([3, 2]);
  });
});
