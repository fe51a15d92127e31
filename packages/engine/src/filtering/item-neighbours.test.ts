import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { incidence, sparseMatrix } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadItemNeighbours, trainItemNeighbours } from "./item-neighbours.ts";

describeModel(
  "item neighbours",
  (view, controls) => trainItemNeighbours(view.baskets, { weighting: "none", ...controls }),
  loadItemNeighbours,
);
describeModel(
  "item neighbours weighed by BM25",
  (view, controls) => trainItemNeighbours(view.baskets, { recency: 0.8, neighbours: 12, ...controls }),
  loadItemNeighbours,
);

/** Rows of products. */
function rowsOf(columns: number, ...lists: readonly (readonly number[])[]) {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return { rows: lists.length, columns, row, column: lists.flat() };
}

/** The bare cosine. */
const plain = { weighting: "none", shrinkage: 0 } as const;

describe("item neighbours", () => {
  const baskets = incidence(rowsOf(5, [0, 1], [0, 1], [0, 2], [1], [3, 4]));

  it("are the cosine between products, by hand", async () => {
    const model = await trainItemNeighbours(baskets, plain);
    const { products, scores } = model.recommend({ history: [0] }, 5);
    expect([...products]).toEqual([1, 2]);
    expect(scores[0]).toBeCloseTo(2 / 3, 6);
    expect(scores[1]).toBeCloseTo(1 / Math.sqrt(3), 6);
  });

  it("trust one shared basket less when shrunk", async () => {
    const model = await trainItemNeighbours(baskets, { ...plain, shrinkage: 2 });
    const { products, scores } = model.recommend({ history: [0] }, 5);
    expect([...products]).toEqual([1, 2]);
    expect(scores[0]).toBeCloseTo(2 / (3 + 2), 6);
    expect(scores[1]).toBeCloseTo(1 / (Math.sqrt(3) + 2), 6);
  });

  it("favour rare neighbours or popular ones when the cosine is asymmetric", async () => {
    const scoresAt = async (asymmetry: number) => {
      const { products, scores } = (await trainItemNeighbours(baskets, { ...plain, asymmetry })).recommend(
        { history: [0] },
        5,
      );
      return Array.from(products, (product, place) => [product, scores[place].toFixed(6)]);
    };
    // Of the three baskets with product 0, two hold product 1 and one holds product 2, which is in no other.
    expect(await scoresAt(1)).toEqual([
      [1, (2 / 3).toFixed(6)],
      [2, (1 / 3).toFixed(6)],
    ]);
    expect(await scoresAt(0)).toEqual([
      [2, "1.000000"],
      [1, (2 / 3).toFixed(6)],
    ]);
    await expect(trainItemNeighbours(baskets, { asymmetry: 1.1 })).rejects.toThrow(InvalidOption);
  });

  it("weigh repeated purchases when the matrix counts them", async () => {
    const counts = sparseMatrix(rowsOf(3, [0, 0, 0, 1], [0, 2]));
    const { scores } = (await trainItemNeighbours(counts, plain)).recommend({ history: [0] }, 2);
    expect([...scores].map((score) => score.toFixed(6))).toEqual([3, 1].map((dot) => (dot / Math.sqrt(10)).toFixed(6)));
  });

  it("follow BM25: rare company counts more than that of a customer who buys everything", async () => {
    // Product 0 was bought with 1 by someone who bought little else, with 2 by someone who bought nearly everything.
    const matrix = incidence(rowsOf(12, [0, 1], [0, 2, 3, 4, 5, 6, 7], [1, 8], [2, 9]));
    const unweighed = await trainItemNeighbours(matrix, plain);
    const weighed = await trainItemNeighbours(matrix, { shrinkage: 0, weighting: "bm25" });
    const scoreOf = (model: typeof weighed, product: number) => {
      const { products, scores } = model.recommend({ history: [0] }, 12);
      return scores[products.indexOf(product)];
    };
    expect(scoreOf(unweighed, 1)).toBeCloseTo(scoreOf(unweighed, 2), 6);
    expect(scoreOf(weighed, 1)).toBeGreaterThan(2 * scoreOf(weighed, 2));
  });

  it("add up over the history, and fade with its age when asked to", async () => {
    const alike = await trainItemNeighbours(baskets, plain);
    const fading = await trainItemNeighbours(baskets, { ...plain, recency: 0.5 });
    expect(alike.recommend({ history: [0, 3] }, 5).scores[0]).toBeCloseTo(1, 6);
    expect([...alike.recommend({ history: [0, 3] }, 5).products]).toEqual([4, 1, 2]);
    const { products, scores } = fading.recommend({ history: [3, 0] }, 5);
    expect([...products]).toEqual([1, 2, 4]);
    expect(scores[2]).toBeCloseTo(0.5, 6);
  });

  it("share an explanation by what each product of the history added", async () => {
    const matrix = incidence(rowsOf(3, [0, 2], [1, 2], [1, 2]));
    const model = await trainItemNeighbours(matrix, plain);
    const shares = model.explain({ history: [0, 1] }, 2);
    expect(shares.map(({ product }) => product)).toEqual([1, 0]);
    expect(shares[0].share / shares[1].share).toBeCloseTo(2 / Math.sqrt(2), 5);
  });

  it("keep only the best", async () => {
    const model = await trainItemNeighbours(baskets, { ...plain, neighbours: 1 });
    expect([...model.recommend({ history: [0] }, 5).products]).toEqual([1]);
  });

  it("learn nothing from a row that is longer than any customer's", async () => {
    const robot = Array.from({ length: 30 }, (_, product) => product);
    const matrix = incidence(rowsOf(30, robot, [0, 1]));
    const model = await trainItemNeighbours(matrix, { longestRow: 29 });
    expect([...model.recommend({ history: [0] }, 30).products]).toEqual([1]);
  });

  it("say which setting or value is wrong", async () => {
    await expect(trainItemNeighbours(baskets, { neighbours: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainItemNeighbours(baskets, { shrinkage: -1 })).rejects.toThrow(InvalidOption);
    await expect(trainItemNeighbours(baskets, { recency: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainItemNeighbours(baskets, { weighting: "bm25", b: 2 })).rejects.toThrow(InvalidOption);
    const negative = sparseMatrix(rowsOf(2, [0, 1]), [1, -1]);
    await expect(trainItemNeighbours(negative)).rejects.toThrow(InvalidInput);
  });
});
