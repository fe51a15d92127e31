import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidFile, InvalidInput, InvalidOption } from "../errors.ts";
import type { TrainingView } from "../history/training-view.ts";
import { describeModel } from "../models/describe-model.ts";
import type { Recommender } from "../models/recommender.ts";
import type { TrainingControls } from "../models/training.ts";
import { loadContent, trainContent } from "./content.ts";
import { createHybrid, loadHybrid, type Fusion } from "./hybrid.ts";
import { loadItemNeighbours, trainItemNeighbours } from "./item-neighbours.ts";
import { createLeaderboard } from "./leaderboard.ts";
import { loadPopularity } from "./popularity.ts";
import { loadUserNeighbours, trainUserNeighbours } from "./user-neighbours.ts";
import { customerMatrix } from "../history/training-view.ts";

const loaders = {
  "item-neighbours": loadItemNeighbours,
  "user-neighbours": loadUserNeighbours,
  content: loadContent,
  popularity: loadPopularity,
};

async function trainBoth(view: TrainingView, fusion: Fusion, controls: TrainingControls) {
  const items = await trainItemNeighbours(view.baskets, { weighting: "none", ...controls });
  const users = await trainUserNeighbours(customerMatrix(view), controls);
  return createHybrid(
    [
      { name: "items", model: items, weight: 2 },
      { name: "customers", model: users },
    ],
    { fusion, pool: 12 },
  );
}

for (const fusion of ["weighted", "z-score", "reciprocal-rank"] as const) {
  describeModel(
    `a hybrid by ${fusion}`,
    (view, controls) => trainBoth(view, fusion, controls),
    (file) => loadHybrid(file, loaders),
  );
}

/** A model that answers everybody alike. */
function ranking(scores: readonly (readonly [product: number, score: number])[]): Recommender {
  return createLeaderboard("popularity", 10, {
    products: Uint32Array.from(scores, ([product]) => product),
    scores: Float64Array.from(scores, ([, score]) => score),
  });
}

const one = {
  name: "one",
  model: ranking([
    [1, 10],
    [2, 5],
    [3, 1],
  ]),
};
const two = {
  name: "two",
  model: ranking([
    [2, 0.2],
    [4, 0.1],
  ]),
};
const anyone = { history: [] };

describe("a hybrid", () => {
  it("adds reciprocal ranks, by hand", () => {
    const { products, scores } = createHybrid([one, { ...two, weight: 0.5 }]).recommend(anyone, 4);
    expect([...products]).toEqual([2, 1, 3, 4]);
    expect([...scores]).toEqual([1 / 62 + 0.5 / 61, 1 / 61, 1 / 63, 0.5 / 62]);
  });

  it("adds scores on the scale of the best, by hand", () => {
    const { products, scores } = createHybrid([one, two], { fusion: "weighted" }).recommend(anyone, 4);
    expect([...products]).toEqual([2, 1, 4, 3]);
    expect([...scores]).toEqual([1.5, 1, 0.5, 0.1]);
  });

  it("adds deviations, those that a layer does not name one behind its last", () => {
    const { products, scores } = createHybrid([one, two], { fusion: "z-score" }).recommend(anyone, 4);
    const [first, second] = [Math.sqrt(61 / 3), Math.sqrt(0.005)];
    expect([...products]).toEqual([2, 1, 3, 4]);
    expect(scores[0]).toBeCloseTo(1 + 4 / first + 1 + 0.1 / second, 9);
    expect(scores[1]).toBeCloseTo(1 + 9 / first, 9);
  });

  it("takes scores below zero as it takes others", () => {
    const below = {
      name: "below",
      model: ranking([
        [5, -1],
        [6, -3],
      ]),
    };
    for (const fusion of ["weighted", "z-score", "reciprocal-rank"] as const) {
      const { products, scores } = createHybrid([below], { fusion }).recommend(anyone, 3);
      expect([...products]).toEqual([5, 6]);
      expect(scores.every((score) => score >= 0)).toBe(true);
    }
  });

  it("says how much of the answer each layer filled", () => {
    const { fill } = createHybrid([one, two], { fusion: "weighted" }).recommend(anyone, 4);
    // Product 2 is one third the first layer's; 1 and 3 are its alone, 4 is the other's.
    expect(fill.map(({ layer }) => layer)).toEqual(["one", "two"]);
    expect(fill[0].share).toBeCloseTo((1 / 3 + 2) / 4, 9);
    expect(fill[0].share + fill[1].share).toBeCloseTo(1, 9);
    expect(createHybrid([one]).recommend(anyone, 0).fill).toEqual([{ layer: "one", share: 0 }]);
  });

  it("names the layers that speak for a product", () => {
    const model = createHybrid([one, two], { fusion: "weighted" });
    expect(model.explainLayers(anyone, 2).map(({ layer }) => layer)).toEqual(["two", "one"]);
    expect(model.explainLayers(anyone, 2)[0].share).toBeCloseTo(2 / 3, 9);
    expect(model.explainLayers(anyone, 9)).toEqual([]);
  });

  it("explains by the history through the layers that do", async () => {
    const products = ["red mug", "red bowl", "blue hat"].map((title, index) => ({
      id: `p${index}`,
      title,
      variants: [{ id: `v${index}`, prices: { default: 1 } }],
    }));
    const content = await trainContent(createCatalogue({ products }));
    const bestsellers = createLeaderboard("popularity", 3, {
      products: Uint32Array.of(1, 2),
      scores: Float64Array.of(2, 1),
    });
    const model = createHybrid([
      { name: "alike", model: content },
      { name: "bestsellers", model: bestsellers },
    ]);
    expect(model.explain({ history: [0] }, 1)).toEqual([{ product: 0, share: 1 }]);
    expect(model.explain({ history: [0] }, 2)).toEqual([]);
  });

  it("refuses layers without names, of different catalogues, or with weights that are none", async () => {
    expect(() => createHybrid([])).toThrow(InvalidInput);
    expect(() => createHybrid([one, one])).toThrow(InvalidInput);
    expect(() => createHybrid([{ ...one, name: "" }])).toThrow(InvalidInput);
    const stranger = createLeaderboard("popularity", 3, { products: new Uint32Array(), scores: new Float64Array() });
    expect(() => createHybrid([one, { name: "stranger", model: stranger }])).toThrow(InvalidInput);
    for (const weight of [0, -1, NaN]) expect(() => createHybrid([{ ...one, weight }])).toThrow(InvalidOption);
    expect(() => createHybrid([one], { pool: 0 })).toThrow(InvalidOption);
    await expect(loadHybrid(createHybrid([one]).save(), {})).rejects.toThrow(InvalidFile);
  });
});
