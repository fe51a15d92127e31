import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import { createRandom } from "../random/generator.ts";
import { createCandidateFinder } from "./candidates.ts";
import { bent, priorFeatures, straight } from "./feature.ts";
import { fitWeights } from "./fit.ts";
import { rankingList, type RankingList } from "./lists.ts";
import type { RankingPlan } from "./plan.ts";
import { createRanker } from "./ranker.ts";
import { namedWeights } from "./weights.ts";

/** Speaks for the products next to each one of the history, the nearer the louder. */
const beside: SignalSource<Query> = {
  signals: ["after", "before"],
  fill({ history }, [after, before]) {
    for (let i = 0; i < history.length; i++) {
      for (let gap = 1; gap <= 3; gap++) {
        if (history[i] + gap < 20) after.add(history[i] + gap, 1 / gap);
        if (history[i] - gap >= 0) before.add(history[i] - gap, 1 / gap);
      }
    }
  },
};

const plan: RankingPlan<Query> = {
  productCount: 20,
  sources: [beside],
  priors: { popularity: Float32Array.from({ length: 20 }, (_, product) => product / 20) },
  features: [...bent(["after"], [0.01]), ...straight(["before"]), ...priorFeatures(["popularity"])],
  pool: { size: 8, weights: { after: 1, before: 0.5 }, always: Uint32Array.of(19) },
  bucketCount: 1,
  bucketOf: () => 0,
};
const names = ["after@0.01", "before", "popularity"];

describe("a linear ranker", () => {
  const ranker = createRanker(plan, namedWeights(names, { "after@0.01": 1, before: 0.1, popularity: 0.01 }));

  it("keeps its promises about length, repetition, history and exclusions", () => {
    const anyQuestion = fc.record({
      history: fc.array(fc.nat(19), { maxLength: 4 }),
      exclude: fc.uniqueArray(fc.nat(19), { maxLength: 4 }).map((products) => new Set(products)),
      count: fc.nat(25),
    });
    fc.assert(
      fc.property(anyQuestion, ({ history, exclude, count }) => {
        const { products, scores } = ranker.rank({ history, exclude }, count);
        expect(products.length).toBeLessThanOrEqual(Math.min(count, plan.pool.size));
        expect(new Set(products).size).toBe(products.length);
        for (const product of products) expect(exclude.has(product) || history.includes(product)).toBe(false);
        expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
      }),
    );
  });

  it("explains a score by what each signal added to it", () => {
    const question = { history: [5] };
    const { products, scores } = ranker.rank(question, 3);
    for (const [place, product] of products.entries()) {
      const shares = ranker.sharesOf(question, product);
      expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBeCloseTo(scores[place], 6);
    }
    expect(ranker.sharesOf(question, products[0])[0].signal).toBe("after");
    expect(ranker.sharesOf(question, 0)).toEqual([]);
    expect(ranker.sharesOf(question, plan.productCount)).toEqual([]);
  });

  it("asks every question afresh", () => {
    const question = { history: [5, 9] };
    const first = ranker.rank(question, 8);
    ranker.rank({ history: [2] }, 8);
    expect(ranker.rank(question, 8)).toEqual(first);
  });

  it("refuses parts that do not fit, naming them", () => {
    expect(() => createRanker(plan, namedWeights(["after"], {}))).toThrow(InvalidInput);
    expect(() => namedWeights(names, { afterwards: 1 })).toThrow(/weights.afterwards/);
    expect(() => createCandidateFinder({ ...plan, features: straight(["nowhere"]) })).toThrow(/features\[0\]/);
    expect(() => createCandidateFinder({ ...plan, sources: [beside, beside] })).toThrow(/names of their own/);
    expect(() => createCandidateFinder({ ...plan, pool: { ...plan.pool, size: 0 } })).toThrow(InvalidOption);
    expect(() => createCandidateFinder({ ...plan, priors: { popularity: new Float32Array(3) } })).toThrow(/20 values/);
  });
});

/** Lists whose targets are drawn by softmax over known weights. */
function drawnLists(weights: readonly (readonly number[])[], count: number): RankingList[] {
  const random = createRandom("lists");
  const width = weights[0].length;
  return Array.from({ length: count }, (_, l) => {
    const bucket = l % weights.length;
    const features = Float32Array.from({ length: 12 * width }, () => random.next() * 2);
    const odds = Float64Array.from({ length: 12 }, (__, c) =>
      Math.exp(weights[bucket].reduce((sum, weight, f) => sum + weight * features[c * width + f], 0)),
    );
    let left = random.next() * odds.reduce((sum, odd) => sum + odd, 0);
    const chosen = odds.findIndex((odd) => (left -= odd) < 0);
    return { features, targets: Float32Array.from(odds, (__, c) => (c === chosen ? 1 : 0)), bucket };
  });
}

describe("fitting weights", () => {
  it("finds the weights that choices were made by", async () => {
    const { values } = await fitWeights(drawnLists([[2, -1, 0]], 4000), { width: 3, sharedPenalty: 1e-6 });
    expect(values[0]).toBeCloseTo(2, 0);
    expect(values[1]).toBeCloseTo(-1, 0);
    expect(Math.abs(values[2])).toBeLessThan(0.15);
  });

  it("finds what is different about each kind of question", async () => {
    const { values } = await fitWeights(
      drawnLists(
        [
          [2, 1],
          [-2, 1],
        ],
        4000,
      ),
      {
        width: 2,
        bucketCount: 2,
        sharedPenalty: 1e-6,
        bucketPenalty: 1e-6,
      },
    );
    expect(values[0]).toBeGreaterThan(1.5);
    expect(values[2]).toBeLessThan(-1.5);
    expect(values[1]).toBeCloseTo(1, 0);
  });

  it("does not mind the scale of a feature, nor one that never differs", async () => {
    const lists = drawnLists([[2, -1, 0]], 1000);
    const scaled = lists.map((list) => ({
      ...list,
      features: list.features.map((value, i) => (i % 3 === 1 ? value * 1000 : i % 3 === 2 ? 7 : value)),
    }));
    const plainWeights = await fitWeights(lists, { width: 3 });
    const { values } = await fitWeights(scaled, { width: 3 });
    expect(values[0]).toBeCloseTo(plainWeights.values[0], 1);
    expect(values[1] * 1000).toBeCloseTo(plainWeights.values[1], 1);
    expect(values[2]).toBe(0);
  });

  it("gives the same weights for the same lists", async () => {
    const lists = drawnLists([[2, -1]], 200);
    expect(await fitWeights(lists, { width: 2 })).toEqual(await fitWeights(lists, { width: 2 }));
  });

  it("stops when it is called off, and refuses lists it cannot learn from", async () => {
    const reason = new Error("changed my mind");
    const controller = new AbortController();
    const onProgress = () => controller.abort(reason);
    const lists = drawnLists([[1, 1]], 50);
    await expect(fitWeights(lists, { width: 2, onProgress, signal: controller.signal })).rejects.toBe(reason);
    await expect(fitWeights([], { width: 2 })).rejects.toThrow(/at least one list/);
    await expect(fitWeights(lists, { width: 3 })).rejects.toThrow(/lists\[0\].features/);
    const broken = { ...lists[0], features: lists[0].features.map(() => Number.NaN) };
    await expect(fitWeights([broken], { width: 2 })).rejects.toThrow(/finite/);
  });
});

describe("a list to learn from", () => {
  it("weighs what came next, and is left out where none of it is a candidate", () => {
    const finder = createCandidateFinder(plan);
    const list = rankingList(finder, { question: { history: [5] }, next: [6, 7, 0] }, 0);
    expect(list?.targets.filter((weight) => weight > 0)).toHaveLength(2);
    expect(list?.targets.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(2 / 3, 6);
    expect(rankingList(finder, { question: { history: [5] }, next: [0] }, 0)).toBeUndefined();
  });
});
