import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import type { DatedBaskets } from "./basket-weights.ts";
import { loadPopularity, trainPopularity } from "./popularity.ts";

describeModel("popularity", trainPopularity, loadPopularity, { hasCheckerboard: false });

const day = 86_400_000;
const anyone = { history: [] };

/** Baskets by their age in days. Four products. */
function shop(...baskets: readonly { age: number; products: readonly number[] }[]): DatedBaskets {
  const until = 1000 * day;
  return {
    baskets: incidence({
      rows: baskets.length,
      columns: 4,
      row: baskets.flatMap(({ products }, row) => products.map(() => row)),
      column: baskets.flatMap(({ products }) => products),
    }),
    basketAt: Float64Array.from(baskets, ({ age }) => until - age * day),
    until,
  };
}

describe("popularity", () => {
  it("counts baskets, and ranks the whole catalogue", async () => {
    const data = shop({ age: 3, products: [1, 2] }, { age: 2, products: [2] }, { age: 1, products: [2, 3] });
    const { products, scores } = (await trainPopularity(data)).recommend(anyone, 10);
    expect([...products]).toEqual([2, 1, 3, 0]);
    expect([...scores]).toEqual([3, 1, 1, 0]);
  });

  it("forgets baskets before the window", async () => {
    const data = shop({ age: 40, products: [1] }, { age: 40, products: [1] }, { age: 5, products: [3] });
    const { products, scores } = (await trainPopularity(data, { windowDays: 30 })).recommend(anyone, 2);
    expect([...products]).toEqual([3, 0]);
    expect([...scores]).toEqual([1, 0]);
  });

  it("counts a basket half at its half-life", async () => {
    const data = shop({ age: 20, products: [1] }, { age: 10, products: [2] });
    const { products, scores } = (await trainPopularity(data, { halfLifeDays: 10 })).recommend(anyone, 2);
    expect([...products]).toEqual([2, 1]);
    expect([...scores]).toEqual([0.5, 0.25]);
  });

  it("knows nothing of what happened at or after its moment", async () => {
    const data = shop({ age: 0, products: [1] }, { age: -1, products: [1] }, { age: 1, products: [2] });
    expect([...(await trainPopularity(data)).recommend(anyone, 1).products]).toEqual([2]);
  });

  it("moves on to the next bestseller when one is excluded", async () => {
    const data = shop({ age: 1, products: [1, 2, 3] }, { age: 1, products: [1, 2] }, { age: 1, products: [1] });
    const model = await trainPopularity(data);
    expect([...model.recommend({ history: [1], exclude: new Set([2]) }, 1).products]).toEqual([3]);
  });

  it("says which setting or time is wrong", async () => {
    const data = shop({ age: 1, products: [1] });
    await expect(trainPopularity(data, { windowDays: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainPopularity(data, { halfLifeDays: NaN })).rejects.toThrow(InvalidOption);
    await expect(trainPopularity({ ...data, basketAt: new Float64Array(0) })).rejects.toThrow(InvalidInput);
    await expect(trainPopularity({ ...data, until: NaN })).rejects.toThrow(InvalidInput);
  });
});
