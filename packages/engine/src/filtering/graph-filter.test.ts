import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadGraphFilter, trainGraphFilter } from "./graph-filter.ts";
import { loadRp3Beta, trainRp3Beta } from "./rp3beta.ts";

describeModel("the graph filter", (view, controls) => trainGraphFilter(view.baskets, controls), loadGraphFilter);
describeModel("RP3beta", (view, controls) => trainRp3Beta(view.baskets, controls), loadRp3Beta);

/** Customers with their products. */
function customers(columns: number, ...lists: readonly (readonly number[])[]) {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return incidence({ rows: lists.length, columns, row, column: lists.flat() });
}

// Degrees of customers: 2, 3, 2; of products: 3, 2, 2.
const shop = customers(3, [0, 1], [0, 1, 2], [0, 2]);

describe("the graph filter", () => {
  it("damps busy customers and popular products on both sides, by hand", async () => {
    const model = await trainGraphFilter(shop, { exponents: { customer: 1, source: 2, target: 0.5 } });
    const { products, scores } = model.recommend({ history: [1] }, 3);
    expect([...products]).toEqual([0, 2]);
    expect(scores[0]).toBeCloseTo((1 / 2 ** 2) * (1 / 2 + 1 / 3) * (1 / Math.sqrt(3)), 6);
    expect(scores[1]).toBeCloseTo((1 / 2 ** 2) * (1 / 3) * (1 / Math.sqrt(2)), 6);
  });

  it("turns from bestsellers to the long tail as targets are damped", async () => {
    const lists = [[0, 1], [0, 1], [0, 2], [1], [1], [1], [1]];
    const bestsellers = await trainGraphFilter(customers(3, ...lists), { exponents: { target: 0 } });
    const longTail = await trainGraphFilter(customers(3, ...lists), { exponents: { target: 1 } });
    expect(bestsellers.recommend({ history: [0] }, 1).products[0]).toBe(1);
    expect(longTail.recommend({ history: [0] }, 1).products[0]).toBe(2);
  });

  it("learns nothing from a row that is longer than any customer's", async () => {
    const robot = Array.from({ length: 30 }, (_, product) => product);
    const model = await trainGraphFilter(customers(30, robot, [0, 1]), { longestRow: 29 });
    expect([...model.recommend({ history: [0] }, 30).products]).toEqual([1]);
  });

  it("says which setting is wrong", async () => {
    await expect(trainGraphFilter(shop, { exponents: { target: -1 } })).rejects.toThrow(InvalidOption);
    await expect(trainGraphFilter(shop, { exponents: { source: NaN } })).rejects.toThrow("exponents.source");
    await expect(trainGraphFilter(shop, { neighbours: 0 })).rejects.toThrow(InvalidOption);
    await expect(trainGraphFilter(shop, { longestRow: 0.5 })).rejects.toThrow(InvalidOption);
  });
});

describe("RP3beta", () => {
  it("is the probability of a walk of three steps when nothing is damped, by hand", async () => {
    const { products, scores } = (await trainRp3Beta(shop, { beta: 0 })).recommend({ history: [1] }, 3);
    // From 1: to either customer by half; then to 0 by 1/2 or 1/3, to 2 by 0 or 1/3; the way back to 1 is left out.
    const [toFirst, toThird] = [1 / 4 + 1 / 6, 1 / 6];
    expect([...products]).toEqual([0, 2]);
    expect(scores[0]).toBeCloseTo(toFirst / (toFirst + toThird), 6);
    expect(scores[1]).toBeCloseTo(toThird / (toFirst + toThird), 6);
  });

  it("gives every product of a history the same say, once truncated", async () => {
    const model = await trainRp3Beta(shop, { neighbours: 1 });
    expect(model.recommend({ history: [0] }, 3).scores).toEqual(Float64Array.of(1));
    expect(model.recommend({ history: [0, 1], repeats: true }, 3).scores).toEqual(Float64Array.of(1, 1));
  });

  it("says which setting is wrong", async () => {
    await expect(trainRp3Beta(shop, { alpha: -1 })).rejects.toThrow(InvalidOption);
    await expect(trainRp3Beta(shop, { beta: NaN })).rejects.toThrow(InvalidOption);
  });
});
