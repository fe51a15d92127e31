import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { createColdStart, loadColdStart, newProductsOf } from "./cold-start.ts";
import { loadContent, trainContent } from "./content.ts";
import { loadItemNeighbours, trainItemNeighbours } from "./item-neighbours.ts";
import { createLeaderboard } from "./leaderboard.ts";
import { loadPopularity } from "./popularity.ts";

const loaders = { "item-neighbours": loadItemNeighbours, content: loadContent, popularity: loadPopularity };

function catalogueOf(titles: readonly string[]) {
  return createCatalogue({
    products: titles.map((title, index) => ({
      id: `p${index}`,
      title,
      variants: [{ id: `v${index}`, prices: { default: 1000 } }],
    })),
  });
}

describeModel(
  "a cold start",
  async (view, controls) => {
    const titles = Array.from({ length: view.productCount }, (_, product) => (product % 2 ? "odd" : "even"));
    return createColdStart(
      await trainItemNeighbours(view.baskets, { weighting: "none", ...controls }),
      await trainContent(catalogueOf(titles)),
      newProductsOf(view, 3),
      { quota: 0.25 },
    );
  },
  (file) => loadColdStart(file, loaders),
);

describe("a cold start", () => {
  const titles = ["red mug", "red bowl", "blue hat", "blue scarf", "new red mug", "new blue hat"];
  const baskets = incidence({ rows: 4, columns: 6, row: [0, 1, 2, 3, 3, 3, 3], column: [0, 1, 2, 0, 1, 2, 3] });
  const bestsellers = createLeaderboard("popularity", 6, {
    products: Uint32Array.of(0, 1, 2, 3, 4, 5),
    scores: Float64Array.of(2, 2, 2, 1, 0, 0),
  });

  it("counts what is new again from the baskets, most sold first", () => {
    expect([...newProductsOf({ baskets }, 2)]).toEqual([3, 4, 5]);
    expect([...newProductsOf({ baskets }, 1)]).toEqual([4, 5]);
    expect(() => newProductsOf({ baskets }, 0)).toThrow(InvalidOption);
  });

  it("shows a new product like the ones looked at, at its quota and not before", async () => {
    const content = await trainContent(catalogueOf(titles));
    const model = createColdStart(bestsellers, content, newProductsOf({ baskets }, 1), { quota: 0.5 });
    const { products, fill } = model.recommend({ history: [0] }, 4);
    // The new red mug on its place; the new hat, which nothing speaks for, stays where sales put it.
    expect([...products]).toEqual([1, 4, 2, 3]);
    expect(fill).toEqual([
      { layer: "known", share: 0.75 },
      { layer: "new products", share: 0.25 },
    ]);
    expect(model.explainLayers({ history: [0] }, 4)).toEqual([{ layer: "new products", share: 1 }]);
    expect(model.explain({ history: [0] }, 4)).toEqual([{ product: 0, share: 1 }]);
  });

  it("shows strangers new products too", async () => {
    const content = await trainContent(catalogueOf(titles));
    const model = createColdStart(bestsellers, content, newProductsOf({ baskets }, 1), { quota: 0.5 });
    expect([...model.recommend({ history: [] }, 4).products]).toEqual([0, 4, 1, 5]);
    expect([...model.recommend({ history: [], exclude: new Set([4]) }, 4).products]).toEqual([0, 5, 1, 2]);
  });

  it("refuses strange products and quotas", async () => {
    const content = await trainContent(catalogueOf(titles));
    expect(() => createColdStart(bestsellers, content, Uint32Array.of(6))).toThrow(InvalidInput);
    expect(() => createColdStart(bestsellers, content, new Uint32Array(), { quota: 2 })).toThrow(InvalidOption);
    expect(() => createColdStart(bestsellers, content, new Uint32Array(), { pool: 0 })).toThrow(InvalidOption);
  });
});
