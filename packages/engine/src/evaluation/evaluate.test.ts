import { describe, expect, it } from "vitest";
import { groupByRow, rowOf, type Incidence } from "../matrix/sparse.ts";
import type { Query } from "../models/recommender.ts";
import { createRandom } from "../random/generator.ts";
import { evaluate, type EvaluationOptions, type Method } from "./evaluate.ts";
import { leaveOneOut } from "./leave-out.ts";
import { metrics } from "./metric.ts";
import { reproduceSampledNegatives } from "./sampled-negatives.ts";

const users = 40;
const products = 50;
/** Each user walks up from a product of their own by steps of one: the next is the newest plus one. */
const sequences: Incidence = groupByRow({
  rows: users,
  columns: products,
  row: Array.from({ length: users * 4 }, (_, i) => Math.floor(i / 4)),
  column: Array.from({ length: users * 4 }, (_, i) => Math.floor(i / 4) + (i % 4)),
});
const split = leaveOneOut(sequences);

/** Scores what follows the newest product highest, and all that is further away less. */
const nextInLine = ({ history }: Query): Float64Array =>
  Float64Array.from({ length: products }, (_, product) => -Math.abs(product - history[history.length - 1] - 1));
const walker: Method<Incidence, Query> = { name: "walker", score: nextInLine, learnedFrom: split.training };
const clueless: Method<Incidence, Query> = {
  name: "clueless",
  train: () => ({ recommend: () => ({ products: new Uint32Array(0), scores: new Float64Array(0) }) }),
};

function judged(methods: readonly Method<Incidence, Query>[], changes: Partial<EvaluationOptions> = {}) {
  return evaluate(split, methods, { random: createRandom("test"), resamples: 100, listLength: 5, ...changes });
}

describe("an evaluation", () => {
  it("gives each method its figures, and popularity a row beside them", async () => {
    const { rows, popularity, questions, protocol } = await judged([walker, clueless]);
    expect(questions).toBe(users);
    expect(protocol).toMatch(/^leave one out.*whole catalogue ranked, the history masked/);
    expect(rows.map(({ name }) => name)).toEqual(["walker", "clueless"]);
    expect(rows[0].figures["HR@5"]).toMatchObject({ value: 1, lower: 1, upper: 1 });
    expect(rows[0].figures["NDCG@5, truncated ideal"].value).toBe(1);
    expect(rows[1].figures["HR@5"].value).toBe(0);
    expect(popularity.name).toBe("popularity");
    expect(popularity.advantages["HR@5"]).toMatchObject({ value: 0, lower: 0, upper: 0 });
    expect(rows[0].advantages["HR@5"].value).toBeCloseTo(1 - popularity.figures["HR@5"].value, 12);
    expect(rows[0].coverage).toBeGreaterThan(popularity.coverage);
    expect(rows[0].gini).toBeLessThan(popularity.gini);
  });

  it("trains on the training part and nothing else", async () => {
    let seen: Incidence | undefined;
    const learner: Method<Incidence, Query> = {
      name: "learner",
      train: async (training) => {
        seen = training;
        return { recommend: () => ({ products: new Uint32Array(0), scores: new Float64Array(0) }) };
      },
    };
    await judged([learner]);
    expect(seen).toBe(split.training);
  });

  it("refuses a method that has learned what is asked", async () => {
    const cheat: Method<Incidence, Query> = { ...walker, name: "cheat", learnedFrom: sequences };
    await expect(judged([cheat])).rejects.toThrow(/learnedFrom row 0 must be .* received "product 3"/);
  });

  it("gives a method the same figures alone and in company, and for the same seed again", async () => {
    const alone = await judged([walker]);
    const among = await judged([clueless, walker]);
    expect(among.rows[1]).toEqual(alone.rows[0]);
    expect(await judged([walker])).toEqual(alone);
  });

  it("asks every question as if it were the only one", async () => {
    const row = { metrics: [metrics.reciprocalRank(50)], resamples: 2 };
    const single = await Promise.all(
      Array.from({ length: users }, async (_, index) => {
        const one = { ...split, questions: { length: 1, at: () => split.questions.at(index) } };
        const report = await evaluate(one, [], { random: createRandom(0), ...row });
        return report.popularity.figures["MRR@50"].value;
      }),
    );
    const { popularity } = await judged([], row);
    expect(popularity.figures["MRR@50"].value).toBeCloseTo(single.reduce((a, b) => a + b) / users, 12);
  });

  it("draws questions where there are more than it may ask", async () => {
    const report = await judged([], { maximumQuestions: 7 });
    expect([report.questions, report.eligibleQuestions]).toEqual([7, users]);
  });

  it("takes any metrics, and refuses two of one name", async () => {
    const { rows } = await judged([walker], {
      metrics: [metrics.areaUnderCurve(), metrics.recall(3)],
      interval: "bca",
    });
    expect(Object.keys(rows[0].figures)).toEqual(["AUC", "recall@3 of relevant"]);
    expect(rows[0].figures["AUC"].value).toBe(1);
    await expect(judged([], { metrics: [metrics.recall(3), metrics.recall(3)] })).rejects.toThrow(/different names/);
  });

  it("says how far it is, and stops when asked to", async () => {
    const steps = new Set<string>();
    await judged([walker], { onProgress: ({ step }) => steps.add(step) });
    expect([...steps]).toEqual(["judging popularity", "judging walker", "drawing customers anew"]);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(judged([walker], { signal })).rejects.toThrow("enough");
  });

  it("says so when nothing can be asked", async () => {
    const empty = leaveOneOut(groupByRow({ rows: 1, columns: 3, row: [0], column: [1] }));
    await expect(evaluate(empty, [], { random: createRandom(0) })).rejects.toThrow(/questions must be at least one/);
  });

  it("refuses answers longer than asked for", async () => {
    const all = Uint32Array.from({ length: products }, (_, product) => product);
    const loud: Method<Incidence, Query> = {
      name: "loud",
      train: () => ({ recommend: () => ({ products: all, scores: new Float64Array(products) }) }),
    };
    await expect(judged([loud], { metrics: [metrics.hitRate(5)] })).rejects.toThrow(/at most 5 products/);
  });
});

describe("sampled negatives, to reproduce a paper", () => {
  const options = { random: createRandom("NCF"), negatives: 9, metrics: [metrics.hitRate(1)], resamples: 20 };

  it("flatter, and the report warns of it", async () => {
    const full = await evaluate(split, [], { random: createRandom(1), metrics: [metrics.hitRate(10)], resamples: 20 });
    const report = await reproduceSampledNegatives(split, [walker], { ...options, metrics: [metrics.hitRate(10)] });
    // Ten products in all: everybody is a hit among the first ten.
    expect(report.popularity.figures["HR@10"].value).toBe(1);
    expect(full.popularity.figures["HR@10"].value).toBeLessThan(0.9);
    expect(report.warning).toMatch(/can order methods wrongly/);
    expect(report.protocol).toMatch(/but judged among 9 products drawn by chance$/);
  });

  it("are the same for every method and the same seed", async () => {
    const first = await reproduceSampledNegatives(split, [walker, clueless], options);
    const second = await reproduceSampledNegatives(split, [clueless, walker], options);
    expect(second.rows.toReversed()).toEqual(first.rows);
    expect(first.rows[0].figures["HR@1"].value).toBe(1);
  });

  it("give no credit for what a method does not answer", async () => {
    const { rows } = await reproduceSampledNegatives(split, [clueless], { ...options, metrics: [metrics.hitRate(10)] });
    expect(rows[0].figures["HR@10"].value).toBe(0);
  });

  it("are never what the user had or took, and no more than there are", async () => {
    const area = { ...options, negatives: 1000, drawn: "popularity" as const, metrics: [metrics.areaUnderCurve()] };
    const sampled = await reproduceSampledNegatives(split, [walker], area);
    const full = await judged([walker], { metrics: [metrics.areaUnderCurve()] });
    expect(sampled.popularity.figures["AUC"].value).toBeCloseTo(full.popularity.figures["AUC"].value, 12);
    expect(rowOf(split.training, 0)).toHaveLength(3);
  });
});
