import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { describeModel } from "../models/describe-model.ts";
import type { Recommender } from "../models/recommender.ts";
import { createCascade, loadCascade } from "./cascade.ts";
import { loadItemNeighbours, trainItemNeighbours } from "./item-neighbours.ts";
import { createLeaderboard } from "./leaderboard.ts";
import { loadPopularity, trainPopularity } from "./popularity.ts";

const loaders = { "item-neighbours": loadItemNeighbours, popularity: loadPopularity };

describeModel(
  "a cascade",
  async (view, controls) =>
    createCascade([
      { name: "together", model: await trainItemNeighbours(view.baskets, controls), minimumScore: 0.05 },
      { name: "popular", model: await trainPopularity(view, controls) },
    ]),
  (file) => loadCascade(file, loaders),
  { hasCheckerboard: false },
);

describeModel(
  "a cascade of sure layers",
  async (view, controls) =>
    createCascade([
      { name: "sure", model: await trainItemNeighbours(view.baskets, controls), minimumHistory: 2 },
      {
        name: "less sure",
        model: await trainItemNeighbours(view.baskets, { weighting: "none" }),
      },
    ]),
  (file) => loadCascade(file, loaders),
);

function ranking(...scores: readonly (readonly [product: number, score: number])[]): Recommender {
  return createLeaderboard("popularity", 10, {
    products: Uint32Array.from(scores, ([product]) => product),
    scores: Float64Array.from(scores, ([, score]) => score),
  });
}

describe("a cascade", () => {
  const sure = { name: "sure", model: ranking([1, 0.9], [2, 0.4], [3, 0.1]) };
  const popular = { name: "popular", model: ranking([3, 100], [1, 50], [5, 10], [6, 5]) };

  it("lets the first layer answer what it is sure of, and the next one fill the rest", () => {
    const model = createCascade([{ ...sure, minimumScore: 0.4 }, popular]);
    const { products, scores, fill } = model.recommend({ history: [] }, 4);
    expect([...products]).toEqual([1, 2, 3, 5]);
    expect([...scores]).toEqual([2, 1.5, 1, 0.5]);
    expect(fill).toEqual([
      { layer: "sure", share: 0.5 },
      { layer: "popular", share: 0.5 },
    ]);
  });

  it("does not ask a layer that needs more history than there is", () => {
    const model = createCascade([{ ...sure, minimumHistory: 2 }, popular]);
    expect(model.recommend({ history: [9] }, 2).fill[0].share).toBe(0);
    expect(model.recommend({ history: [9, 8] }, 2).fill[0].share).toBe(1);
  });

  it("answers a stranger by where they are, and says that it does", () => {
    const local = { name: "of your country", model: ranking([7, 3], [8, 2]), needsContext: true };
    const model = createCascade([{ ...sure, minimumHistory: 1 }, local, popular]);
    const fillOf = (...[query, count]: Parameters<typeof model.recommend>) =>
      model.recommend(query, count).fill.map(({ share }) => share);
    expect(fillOf({ history: [], context: { country: "FR" } }, 2)).toEqual([0, 1, 0]);
    expect(fillOf({ history: [], context: {} }, 2)).toEqual([0, 0, 1]);
    expect(fillOf({ history: [9], context: { country: "FR" } }, 4)).toEqual([0.75, 0.25, 0]);
  });

  it("names the layer that answers a product, and none for what no layer answers", () => {
    const model = createCascade([{ ...sure, minimumScore: 0.4 }, popular]);
    expect(model.explainLayers({ history: [] }, 1)).toEqual([{ layer: "sure", share: 1 }]);
    expect(model.explainLayers({ history: [] }, 3)).toEqual([{ layer: "popular", share: 1 }]);
    expect(model.explainLayers({ history: [] }, 9)).toEqual([]);
  });

  it("fills the page although the first layer named everything that the second one has first", () => {
    const model = createCascade([{ name: "same", model: ranking([3, 2], [1, 1]) }, popular]);
    expect([...model.recommend({ history: [] }, 4).products]).toEqual([3, 1, 5, 6]);
  });

  it("refuses what is no threshold", () => {
    expect(() => createCascade([])).toThrow(InvalidInput);
    expect(() => createCascade([{ ...sure, minimumScore: NaN }])).toThrow(InvalidOption);
    expect(() => createCascade([{ ...sure, minimumHistory: -1 }])).toThrow(InvalidOption);
  });
});
