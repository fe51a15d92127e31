import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadEase, trainEase } from "./ease.ts";

describeModel("EASE", (view, controls) => trainEase(view.baskets, controls), loadEase);

/** Customers with their products. */
function customers(columns: number, ...lists: readonly (readonly number[])[]) {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return incidence({ rows: lists.length, columns, row, column: lists.flat() });
}

describe("EASE", () => {
  it("weighs products as the closed form does, by hand", async () => {
    // X'X + I = [[3, 1, 1], [1, 3, 1], [1, 1, 3]]: its inverse is [[.4, -.1, -.1], ...].
    const model = await trainEase(customers(3, [0, 1], [1, 2], [0, 2]), { regularisation: 1 });
    const { products, scores } = model.recommend({ history: [0] }, 3);
    expect([...products]).toEqual([1, 2]);
    expect([...scores].map((score) => score.toFixed(6))).toEqual(["0.250000", "0.250000"]);
  });

  it("credits the product that explains and not the one that merely comes along", async () => {
    const lists = Array.from({ length: 20 }, () => [[0, 1, 2], [1, 2], [0]]).flat();
    const model = await trainEase(customers(3, ...lists), { regularisation: 1 });
    const [first] = model.explain({ history: [0, 1] }, 2);
    expect(first.product).toBe(1);
    expect(first.share).toBeGreaterThan(0.95);
  });

  it("does not answer what the history speaks against", async () => {
    // Tea and coffee go with sugar, and never with one another.
    const lists = Array.from({ length: 20 }, () => [
      [0, 2],
      [1, 2],
    ]).flat();
    const model = await trainEase(customers(3, ...lists), { regularisation: 1 });
    expect([...model.recommend({ history: [0] }, 3).products]).toEqual([2]);
  });

  it("keeps for each product the source of the largest weight when asked to keep one", async () => {
    const lists = Array.from({ length: 9 }, () => [
      [0, 1],
      [1, 2],
    ]).flat();
    const model = await trainEase(customers(3, ...lists, [0, 1]), { regularisation: 1, neighbours: 1 });
    // Product 1 was bought once more with 0 than with 2.
    expect([...model.recommend({ history: [0] }, 3).products]).toEqual([1]);
    expect([...model.recommend({ history: [2] }, 3).products]).toEqual([]);
  });

  it("refuses a catalogue beyond its memory, and says what to use instead", async () => {
    const large = customers(8000, [0, 1]);
    await expect(trainEase(large)).rejects.toThrow(InvalidInput);
    await expect(trainEase(large)).rejects.toThrow("at most 7071 products");
    await expect(trainEase(large)).rejects.toThrow("trainLocalRidge");
  });

  it("says which setting is wrong", async () => {
    const shop = customers(2, [0, 1]);
    await expect(trainEase(shop, { regularisation: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainEase(shop, { neighbours: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainEase(shop, { memoryLimit: NaN })).rejects.toThrow(InvalidOption);
  });
});
