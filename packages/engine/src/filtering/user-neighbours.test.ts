import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput, InvalidOption } from "../errors.ts";
import { customerMatrix } from "../history/training-view.ts";
import { incidence, sparseMatrix } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadUserNeighbours, trainUserNeighbours } from "./user-neighbours.ts";

describeModel(
  "user neighbours",
  (view, controls) => trainUserNeighbours(customerMatrix(view), { recency: 0.9, ...controls }),
  loadUserNeighbours,
);

/** Customers with their products. */
function rowsOf(columns: number, ...lists: readonly (readonly number[])[]) {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return { rows: lists.length, columns, row, column: lists.flat() };
}

/** The bare cosine. */
const plain = { shrinkage: 0, power: 1 } as const;

describe("user neighbours", () => {
  const customers = incidence(rowsOf(8, [0, 1, 2], [0, 3], [0, 1, 4, 5, 6, 7], [2, 7]));

  it("are the cosine between customers, by hand", async () => {
    const model = await trainUserNeighbours(customers, plain);
    const { products, scores } = model.recommend({ history: [0, 1] }, 8);
    // Cosines: 2 / sqrt(2 x 3), 1 / sqrt(2 x 2), 2 / sqrt(2 x 6).
    expect([...products]).toEqual([2, 4, 5, 6, 7, 3]);
    expect(scores[0]).toBeCloseTo(2 / Math.sqrt(6), 9);
    expect(scores[1]).toBeCloseTo(2 / Math.sqrt(12), 9);
    expect(scores[5]).toBeCloseTo(1 / 2, 9);
  });

  it("hold large baskets against customers less when the cosine is asymmetric", async () => {
    const model = await trainUserNeighbours(customers, { ...plain, asymmetry: 1 });
    const { products, scores } = model.recommend({ history: [0, 1] }, 8);
    expect([...products]).toEqual([2, 4, 5, 6, 7, 3]);
    expect([...scores]).toEqual([1, 1, 1, 1, 1, 0.5]);
  });

  it("listen to the nearest only when told to", async () => {
    const nearest = await trainUserNeighbours(customers, { ...plain, neighbours: 1 });
    expect([...nearest.recommend({ history: [0, 1] }, 8).products]).toEqual([2]);
    const strict = await trainUserNeighbours(customers, { ...plain, power: 3 });
    expect(strict.recommend({ history: [0, 1] }, 8).scores[0]).toBeCloseTo((2 / Math.sqrt(6)) ** 3, 9);
  });

  it("read no more of the index than they may, what is rare first", async () => {
    const model = await trainUserNeighbours(customers, { ...plain, readings: 1 });
    // One reading: the newest of the two customers with product 1, which is rarer than product 0.
    expect([...model.recommend({ history: [0, 1] }, 8).products]).toEqual([4, 5, 6, 7]);
  });

  it("divide an explanation by what made neighbours of them", async () => {
    const model = await trainUserNeighbours(customers, plain);
    expect(model.explain({ history: [0, 1, 2] }, 3)).toEqual([{ product: 0, share: 1 }]);
    const shares = model.explain({ history: [0, 2] }, 7);
    expect(shares.map(({ product }) => product)).toEqual([2, 0]);
    expect(shares[0].share / shares[1].share).toBeCloseTo(Math.sqrt(12) / Math.sqrt(4), 9);
  });

  it("learn nothing from a row that is longer than any customer's", async () => {
    const model = await trainUserNeighbours(customers, { ...plain, longestRow: 3 });
    expect([...model.recommend({ history: [0] }, 8).products]).toEqual([3, 1, 2]);
  });

  it("say which setting or value is wrong", async () => {
    await expect(trainUserNeighbours(customers, { neighbours: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainUserNeighbours(customers, { asymmetry: 2 })).rejects.toThrow(InvalidOption);
    await expect(trainUserNeighbours(customers, { readings: 0.5 })).rejects.toThrow(InvalidOption);
    await expect(trainUserNeighbours(sparseMatrix(rowsOf(2, [0, 1]), [1, NaN]))).rejects.toThrow(InvalidInput);
    const file = (await trainUserNeighbours(customers)).save();
    const values = new Float64Array(file.columns["values"].length).fill(-1);
    await expect(loadUserNeighbours({ ...file, columns: { ...file.columns, values } })).rejects.toThrow(InvalidFile);
  });
});
