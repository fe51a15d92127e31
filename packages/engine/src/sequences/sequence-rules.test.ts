import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { groupByRow, type Incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadSequenceRules, trainMarkovChain, trainPairRules, trainSequenceRules } from "./sequence-rules.ts";

// On the checkerboard product 18 always stands last: no rule leads on from it.
const directed = { hasCheckerboard: false };
describeModel("sequence rules", (view, controls) => trainSequenceRules(view, controls), loadSequenceRules, directed);
describeModel("a Markov chain", (view, controls) => trainMarkovChain(view, controls), loadSequenceRules, directed);
describeModel("rules of pairs", (view, controls) => trainPairRules(view, controls), loadSequenceRules);

function sessionsOf(columns: number, lists: readonly (readonly number[])[]): { sessions: Incidence } {
  const row = lists.flatMap((products, session) => products.map(() => session));
  return { sessions: groupByRow({ rows: lists.length, columns, row, column: lists.flat() }) };
}

const walks = sessionsOf(5, [
  [0, 1, 2],
  [0, 2],
  [3, 0, 1],
]);

describe("sequence rules", () => {
  it("count what follows, the nearer the more", async () => {
    const { products, scores } = (await trainSequenceRules(walks)).recommend({ history: [0] }, 5);
    // 1 follows directly twice; 2 once directly and once with a gap of two.
    expect([...products]).toEqual([1, 2]);
    expect([...scores]).toEqual([2, 1.5]);
  });

  it("fall off faster by the square of the gap", async () => {
    const model = await trainSequenceRules(walks, { weighting: "quadratic" });
    expect([...model.recommend({ history: [0] }, 5).scores]).toEqual([2, 1.25]);
  });

  it("lead no further than their steps, and never backwards", async () => {
    const model = await trainSequenceRules(walks, { steps: 1 });
    expect([...model.recommend({ history: [3] }, 5).products]).toEqual([0]);
    expect([...model.recommend({ history: [2] }, 5).products]).toEqual([]);
  });

  it("answer from the newest product alone", async () => {
    const model = await trainSequenceRules(walks);
    expect(model.recommend({ history: [3, 0] }, 5).products).toEqual(Uint32Array.of(1, 2));
    expect(model.explain({ history: [3, 0] }, 2)).toEqual([{ product: 0, share: 1 }]);
    expect(model.explain({ history: [3, 0] }, 4)).toEqual([]);
  });

  it("keep the strongest of a product's rules, of equal ones those that were seen first", async () => {
    const model = await trainMarkovChain(
      sessionsOf(4, [
        [0, 3],
        [0, 1],
        [0, 2],
        [0, 2],
      ]),
      { rules: 2 },
    );
    expect(model.recommend({ history: [0] }, 4).products).toEqual(Uint32Array.of(2, 3));
  });

  it("are refused with settings that make no sense, by name", async () => {
    await expect(trainSequenceRules(walks, { steps: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainPairRules(walks, { rules: 0.5 })).rejects.toThrow(/rules/);
  });
});

describe("rules of pairs", () => {
  it("count both ways, at any distance alike", async () => {
    const model = await trainPairRules(walks);
    expect([...model.recommend({ history: [2] }, 5).products]).toEqual([0, 1]);
    expect([...model.recommend({ history: [2] }, 5).scores]).toEqual([2, 1]);
  });
});
