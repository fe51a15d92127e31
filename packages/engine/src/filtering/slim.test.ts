import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { atOnce } from "../matrix/pieces.ts";
import { incidence, transpose } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { createElasticNet } from "./slim-descent.ts";
import { loadSlim, trainSlim } from "./slim.ts";

describeModel("SLIM", (view, controls) => trainSlim(view.baskets, { lasso: 0.01, ...controls }), loadSlim);

/** Customers with their products. */
function customers(columns: number, lists: readonly (readonly number[])[]) {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return incidence({ rows: lists.length, columns, row, column: lists.flat() });
}

describe("SLIM", () => {
  it("is the elastic net in one dimension, by hand", async () => {
    // 3 customers hold 0, 2 of them 1 as well: w = (2 - lasso) / (3 + ridge).
    const shop = customers(2, [[0, 1], [0, 1], [0]]);
    const { scores } = (await trainSlim(shop, { lasso: 0.5, ridge: 2 })).recommend({ history: [0] }, 2);
    expect(scores[0]).toBeCloseTo(1.5 / 5, 6);
  });

  it("stands where no weight can better the objective", () => {
    const lists = fc.array(fc.uniqueArray(fc.nat(5)), { minLength: 1, maxLength: 20 });
    const costs = fc.record({ lasso: fc.constantFrom(0, 0.3, 1), ridge: fc.constantFrom(0.5, 4) });
    fc.assert(
      fc.property(lists, costs, (rows, { lasso, ridge }) => {
        const byCustomer = customers(6, rows);
        const solve = createElasticNet({ byCustomer, byProduct: transpose(byCustomer) }, { lasso, ridge });
        const weights = new Float64Array(5);
        atOnce(solve(5, Uint32Array.of(0, 1), weights));
        atOnce(solve(5, Uint32Array.of(0, 1, 2, 3, 4), weights));
        const rest = rows.map((held) => Number(held.includes(5)) - held.reduce((sum, i) => sum + (weights[i] ?? 0), 0));
        weights.forEach((weight, source) => {
          const pull = rows.reduce((sum, held, row) => sum + (held.includes(source) ? rest[row] : 0), 0);
          const slope = pull - ridge * weight - lasso;
          if (weight > 0) expect(Math.abs(slope)).toBeLessThan(0.05);
          else expect(slope).toBeLessThan(0.05);
        });
      }),
    );
  });

  it("credits the product that explains and drops the one that merely comes along", async () => {
    const lists = Array.from({ length: 20 }, () => [[0, 1, 2], [1, 2], [0]]).flat();
    const model = await trainSlim(customers(3, lists), { lasso: 1, ridge: 1 });
    expect(model.explain({ history: [0, 1] }, 2)).toEqual([{ product: 1, share: 1 }]);
  });

  it("says which setting is wrong", async () => {
    const shop = customers(2, [[0, 1]]);
    await expect(trainSlim(shop, { lasso: -1 })).rejects.toThrow(InvalidOption);
    await expect(trainSlim(shop, { ridge: NaN })).rejects.toThrow(InvalidOption);
    await expect(trainSlim(shop, { candidates: 0 })).rejects.toThrow(InvalidOption);
  });
});
