import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { incidence, rowOf } from "../matrix/sparse.ts";
import type { NeighbourTable } from "../models/neighbour-table.ts";
import { basketTransitions, coPurchases } from "./basket-transitions.ts";
import { twoStepWalk } from "./basket-walk.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";

/** One customer: {0, 1}, then {2}, then {3}; another: {0}, then {2}; a guest: {0}, {3}. */
const shop: CustomerBaskets = {
  baskets: incidence({ rows: 7, columns: 4, row: [0, 0, 1, 2, 3, 4, 5, 6], column: [0, 1, 2, 3, 0, 2, 0, 3] }),
  basketAt: new Float64Array(7),
  basketCustomer: Int32Array.of(0, 0, 0, 1, 1, -1, -1),
  customerCount: 2,
  productCount: 4,
};

const plain = {
  weightOfGap: (gap: number) => 0.5 ** (gap - 1),
  longestGap: 2,
  fromPower: 0,
  toPower: 0,
  shrinkage: 1,
  backward: 0,
  rowLength: 10,
};

function weightOf(table: NeighbourTable, from: number, to: number): number {
  const place = rowOf(table, from).indexOf(to);
  return place < 0 ? 0 : table.weights[table.offsets[from] + place];
}

describe("what follows what from basket to basket", () => {
  it("counts less the further apart and the fuller the baskets, and leaves guests out", async () => {
    const table = await basketTransitions(shop, [1, 1, 1, 1], plain);
    // By hand: 1/sqrt(2 x 1) from the basket of two, 1 from the basket of one; half of it two baskets later.
    expect(weightOf(table, 0, 2)).toBeCloseTo(Math.SQRT1_2 + 1, 6);
    expect(weightOf(table, 0, 3)).toBeCloseTo(Math.SQRT1_2 / 2, 6);
    expect(weightOf(table, 2, 0)).toBe(0);
  });

  it("reads the other way round too where that is asked for", async () => {
    const table = await basketTransitions(shop, [1, 1, 1, 1], { ...plain, backward: 0.5 });
    expect(weightOf(table, 2, 0)).toBeCloseTo((Math.SQRT1_2 + 1) / 2, 6);
  });

  it("holds popular products down by the powers given", async () => {
    const table = await basketTransitions(shop, [3, 0, 8, 0], { ...plain, fromPower: 1, toPower: 0.5 });
    expect(weightOf(table, 0, 2)).toBeCloseTo((Math.SQRT1_2 + 1) / 4 / 3, 6);
  });

  it("keeps the strongest followers only, best first", async () => {
    const table = await basketTransitions(shop, [1, 1, 1, 1], { ...plain, rowLength: 1 });
    expect([...rowOf(table, 0)]).toEqual([2]);
    await expect(basketTransitions(shop, [1, 1, 1, 1], { ...plain, longestGap: 0 })).rejects.toThrow(InvalidOption);
    await expect(basketTransitions(shop, [1, 1, 1, 1], { ...plain, backward: 2 })).rejects.toThrow(InvalidOption);
  });
});

describe("what the same customers buy", () => {
  const owned = incidence({ rows: 2, columns: 3, row: [0, 0, 1], column: [0, 1, 0] });

  it("counts customers of many products less, and popular products too", async () => {
    const table = await coPurchases(owned, [2, 1, 0], { shrinkage: 2, diagonal: true, rowLength: 9 });
    expect(weightOf(table, 0, 1)).toBeCloseTo(Math.SQRT1_2 / Math.sqrt(4 * 3), 6);
    expect(weightOf(table, 0, 0)).toBeCloseTo((Math.SQRT1_2 + 1) / 4, 6);
    expect(rowOf(table, 2)).toHaveLength(0);
  });

  it("leaves a product out of its own row where that is asked for", async () => {
    const table = await coPurchases(owned, [2, 1, 0], { shrinkage: 2, diagonal: false, rowLength: 9 });
    expect([...rowOf(table, 0)]).toEqual([1]);
  });
});

describe("a walk of two steps", () => {
  it("reaches what is two steps away by the chances of both, and never comes back", async () => {
    const steps = await basketTransitions(shop, [1, 1, 1, 1], { ...plain, longestGap: 1 });
    const walk = await twoStepWalk(steps, { stepWidth: 10, rowLength: 10 });
    expect([...rowOf(walk, 0)]).toEqual([3]);
    expect(weightOf(walk, 0, 3)).toBeCloseTo(1, 6);
    const circle = await basketTransitions(shop, [1, 1, 1, 1], { ...plain, longestGap: 1, backward: 1 });
    expect([...rowOf(await twoStepWalk(circle, { stepWidth: 10, rowLength: 10 }), 2)]).not.toContain(2);
    await expect(twoStepWalk(steps, { stepWidth: 0, rowLength: 10 })).rejects.toThrow(InvalidOption);
  });
});
