import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { atOnce } from "../matrix/pieces.ts";
import { incidence, transpose, type Incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { trainGraphFilter } from "./graph-filter.ts";
import { createLocalRidge } from "./local-ridge-system.ts";
import { loadLocalRidge, trainLocalRidge } from "./local-ridge.ts";

describeModel("local ridge", (view, controls) => trainLocalRidge(view.baskets, controls), loadLocalRidge);

/** Customers with their products. */
function customers(columns: number, lists: readonly (readonly number[])[]): Incidence {
  const row = lists.flatMap((products, index) => products.map(() => index));
  return incidence({ rows: lists.length, columns, row, column: lists.flat() });
}

const shop = customers(4, [
  [0, 1, 2],
  [0, 1],
  [0, 1, 2],
  [0, 3],
  [2, 3],
  [1, 2],
]);

/** (G + ridge) w - G_j, on the candidates, with G = X' diag(v) X summed naively. */
function residual(
  { byRow, weights }: { byRow: Incidence; weights: Float64Array },
  { product, candidates, solution, ridge }: Solved,
): number[] {
  const holds = (row: number, column: number): number =>
    byRow.indices.subarray(byRow.offsets[row], byRow.offsets[row + 1]).includes(column) ? 1 : 0;
  const gram = (a: number, b: number): number =>
    weights.reduce((sum, weight, row) => sum + weight * holds(row, a) * holds(row, b), 0);
  return candidates.map((candidate, place) => {
    const left = candidates.reduce((sum, other, i) => sum + gram(candidate, other) * solution[i], 0);
    return left + ridge(gram(candidate, candidate)) * solution[place] - gram(candidate, product);
  });
}

interface Solved {
  readonly product: number;
  readonly candidates: readonly number[];
  readonly solution: Float64Array;
  readonly ridge: (own: number) => number;
}

describe("local ridge", () => {
  it("solves the ridge regression of a product on its candidates, as written down in full", () => {
    const lists = fc.array(fc.uniqueArray(fc.nat(7), { maxLength: 6 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(lists, fc.uniqueArray(fc.nat(6), { maxLength: 7 }), (rows, wanted) => {
        const byRow = customers(8, rows);
        const weights = Float64Array.from(rows, (products, row) => 1 / (1 + products.length + (row % 3)));
        const byColumn = transpose(byRow);
        const candidates = wanted.filter((product) => byColumn.offsets[product] < byColumn.offsets[product + 1]);
        const system = createLocalRidge({ byRow, byColumn, weights }, { strength: 0.5, exponent: 0.4 }, 7);
        const solution = new Float64Array(7);
        // Whatever an earlier product left behind must not matter.
        atOnce(system.solve(7, Uint32Array.from(candidates.slice(0, 2)), solution));
        atOnce(system.solve(7, Uint32Array.from(candidates), solution));
        const ridge = (own: number): number => 0.5 * own ** 0.4;
        for (const rest of residual({ byRow, weights }, { product: 7, candidates, solution, ridge })) {
          expect(Math.abs(rest)).toBeLessThan(1e-3);
        }
      }),
    );
  });

  it("credits the product that explains and not the one that merely comes along", async () => {
    // Product 2 goes with 1; 0 is often bought with 1, and meets 2 only on the way.
    const lists = Array.from({ length: 20 }, () => [[0, 1, 2], [1, 2], [0]]).flat();
    const settings = { filterShare: 0, boost: 0, customerExponent: 0, penalty: { strength: 0.1, exponent: 0 } };
    const regressed = await trainLocalRidge(customers(3, lists), settings);
    expect(regressed.explain({ history: [0, 1] }, 2)[0].product).toBe(1);
    expect(regressed.explain({ history: [0, 1] }, 2)[0].share).toBeGreaterThan(0.95);
    const filtered = await trainGraphFilter(customers(3, lists));
    expect(filtered.explain({ history: [0, 1] }, 2)[0].share).toBeLessThan(0.8);
  });

  it("comes to the filter, up to scale, as that is given all the weight", async () => {
    const settings = { candidates: 4, filterShare: 1e6 };
    const blended = await trainLocalRidge(shop, settings);
    const filtered = await trainGraphFilter(shop);
    const [one, other] = [blended, filtered].map((model) => model.recommend({ history: [0] }, 4));
    expect([...one.products]).toEqual([...other.products]);
    expect(one.scores[1] / one.scores[0]).toBeCloseTo(other.scores[1] / other.scores[0], 4);
  });

  it("says which setting is wrong", async () => {
    const wrong = [
      { candidates: 0 },
      { neighbours: 1.5 },
      { penalty: { strength: 0, exponent: 0 } },
      { penalty: { strength: 1, exponent: -1 } },
      { customerExponent: -1 },
      { boost: 2 },
      { filterShare: NaN },
      { exponents: { customer: -0.1 } },
    ];
    for (const options of wrong) await expect(trainLocalRidge(shop, options)).rejects.toThrow(InvalidOption);
  });
});
