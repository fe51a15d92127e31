import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import { createCatalogueRanker } from "./catalogue-ranker.ts";
import { bent, priorFeatures, straight } from "./feature.ts";
import { fitWeights } from "./fit.ts";
import type { RankingPlan } from "./plan.ts";
import { createRanker } from "./ranker.ts";
import { namedWeights } from "./weights.ts";

const beside: SignalSource<Query> = {
  signals: ["after", "before"],
  fill({ history }, [after, before]) {
    for (let i = 0; i < history.length; i++) {
      if (history[i] + 1 < 20) after.add(history[i] + 1, 1);
      if (history[i] > 0) before.add(history[i] - 1, 0.5);
    }
  },
};

const plan: RankingPlan<Query> = {
  productCount: 20,
  sources: [beside],
  priors: { popularity: Float32Array.from({ length: 20 }, (_, product) => (product * 7) % 20) },
  features: [...bent(["after"], [0.01]), ...straight(["after", "before"]), ...priorFeatures(["popularity"])],
  pool: { size: Infinity, weights: {}, always: Uint32Array.from({ length: 20 }, (_, product) => product) },
  bucketCount: 1,
  bucketOf: () => 0,
};
const weights = namedWeights(["after@0.01", "after", "before", "popularity"], {
  "after@0.01": 0.5,
  after: 1,
  before: -3,
  popularity: 0.2,
});

describe("ranking a whole catalogue", () => {
  const whole = createCatalogueRanker(plan, weights);

  it("gives what a ranker of every product gives, whatever is asked", () => {
    const slow = createRanker(plan, weights);
    const anyQuestion = fc.record({
      history: fc.array(fc.nat(19), { maxLength: 5 }),
      exclude: fc.uniqueArray(fc.nat(19), { maxLength: 5 }).map((products) => new Set(products)),
      repeats: fc.boolean(),
      count: fc.nat(22),
    });
    fc.assert(
      fc.property(anyQuestion, ({ count, ...question }) => {
        const [fast, expected] = [whole.rank(question, count), slow.rank(question, count)];
        expect([...fast.products]).toEqual([...expected.products]);
        for (const [place, score] of fast.scores.entries()) expect(score).toBeCloseTo(expected.scores[place], 4);
        const expectedShares = slow.sharesOf(question, 3);
        for (const [place, { signal, amount }] of whole.sharesOf(question, 3).entries()) {
          expect(signal).toBe(expectedShares[place].signal);
          expect(amount).toBeCloseTo(expectedShares[place].amount, 4);
        }
      }),
    );
  });

  it("can be held to some products", () => {
    expect([...whole.rank({ history: [4] }, 20, new Set([1, 2, 4])).products].toSorted((a, b) => a - b)).toEqual([
      1, 2,
    ]);
  });

  it("refuses weights of another plan", () => {
    expect(() => createCatalogueRanker(plan, namedWeights(["popularity"], {}))).toThrow(InvalidInput);
  });
});

describe("products that stand for others", () => {
  it("weigh as many as they stand for", async () => {
    const lists = [
      { features: Float32Array.of(1, 0, 0, 0), targets: Float32Array.of(1, 0, 0, 0), bucket: 0 },
      { features: Float32Array.of(0, 1, 1, 1), targets: Float32Array.of(1, 0, 0, 0), bucket: 0 },
    ];
    const fewer = [
      { features: Float32Array.of(1, 0), targets: Float32Array.of(1, 0), standsFor: Float32Array.of(1, 3), bucket: 0 },
      { features: Float32Array.of(0, 1), targets: Float32Array.of(1, 0), standsFor: Float32Array.of(1, 3), bucket: 0 },
    ];
    const penalty = { width: 1, sharedPenalty: 0 };
    const [all, sample] = [await fitWeights(lists, penalty), await fitWeights(fewer, penalty)];
    expect(sample.values[0]).toBeCloseTo(all.values[0], 3);
    const broken = { ...fewer[0], standsFor: Float32Array.of(1, 0) };
    await expect(fitWeights([broken], penalty)).rejects.toThrow(/standsFor/);
  });
});
