import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { describeModel } from "../models/describe-model.ts";
import { createRandom, normal } from "../random/index.ts";
import { loadEmbeddingNeighbours, trainEmbeddingNeighbours } from "./embedding-neighbours.ts";

describeModel(
  "embedding neighbours",
  ({ productCount }, controls) => {
    const rows = Float32Array.from({ length: 2 * productCount }, (_, i) => Number((i >> 1) % 2 === i % 2));
    return trainEmbeddingNeighbours({ dimension: 2, rows }, controls);
  },
  loadEmbeddingNeighbours,
);

const vectors = (...rows: readonly (readonly number[])[]) => ({
  dimension: rows[0].length,
  rows: Float32Array.from(rows.flat()),
});

describe("embedding neighbours", () => {
  const five = vectors([1, 0, 0, 0, 0], [3, 4, 0, 0, 0], [0, 1, 0, 0, 1], [-1, 0, 0, 0, 0], [0, 0, 0, 0, 0]);

  it("are the cosine between vectors of any length, by hand", async () => {
    const { products, scores } = (await trainEmbeddingNeighbours(five)).recommend({ history: [1] }, 5);
    expect([...products]).toEqual([0, 2]);
    expect(scores[0]).toBeCloseTo(0.6, 6);
    expect(scores[1]).toBeCloseTo(0.8 / Math.SQRT2, 6);
  });

  it("are none for what points away, and for products without a vector", async () => {
    const model = await trainEmbeddingNeighbours(five);
    expect([...model.recommend({ history: [3] }, 5).products]).toEqual([]);
    expect([...model.recommend({ history: [4] }, 5).products]).toEqual([]);
  });

  it("prefer the closer price among equals", async () => {
    const alike = vectors([1, 1], [1, 1], [1, 1], [1, 1]);
    const logPrices = Float64Array.from([10, 90, NaN, 11], Math.log);
    const model = await trainEmbeddingNeighbours(alike, { logPrices, priceWeight: 1 });
    const { products, scores } = model.recommend({ history: [0] }, 3);
    expect([...products]).toEqual([3, 1, 2]);
    expect(scores[0]).toBeCloseTo((1 + 10 / 11) / 2, 6);
    expect(scores[2]).toBeCloseTo(1 / 2, 6);
  });

  it("are the same block by block as one by one, at sizes that no block divides", async () => {
    const random = createRandom("vectors");
    const [count, dimension] = [131, 7];
    const rows = Float32Array.from({ length: count * dimension }, () => normal(random));
    const model = await trainEmbeddingNeighbours({ dimension, rows }, { neighbours: count });
    const cosine = (one: number, other: number) => {
      const [x, y] = [one, other].map((row) => rows.subarray(row * dimension, (row + 1) * dimension));
      const dot = (p: Float32Array, q: Float32Array) => p.reduce((sum, value, i) => sum + value * q[i], 0);
      return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    };
    for (const product of [0, 15, 16, 64, 130]) {
      const { products, scores } = model.recommend({ history: [product] }, count);
      const positive = Array.from({ length: count }, (_, other) => other).filter(
        (other) => other !== product && cosine(product, other) > 1e-6,
      );
      expect(products.length).toBe(positive.length);
      for (const [place, other] of products.entries()) expect(scores[place]).toBeCloseTo(cosine(product, other), 5);
    }
  });

  it("refuse vectors that are not whole or not finite, and settings that are none", async () => {
    await expect(trainEmbeddingNeighbours({ dimension: 2, rows: new Float32Array(3) })).rejects.toThrow(InvalidInput);
    await expect(trainEmbeddingNeighbours(vectors([1, NaN]))).rejects.toThrow(InvalidInput);
    await expect(trainEmbeddingNeighbours({ dimension: 0, rows: new Float32Array() })).rejects.toThrow(InvalidOption);
    await expect(trainEmbeddingNeighbours(five, { logPrices: new Float64Array(1) })).rejects.toThrow(InvalidInput);
    await expect(trainEmbeddingNeighbours(five, { neighbours: 0 })).rejects.toThrow(InvalidOption);
    const empty = await trainEmbeddingNeighbours({ dimension: 3, rows: new Float32Array() });
    expect([...empty.recommend({ history: [0] }, 5).products]).toEqual([]);
  });
});
