import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { columnSizes, incidence, rowSizes, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf, fitConfigurationModel } from "./index.ts";

/** Baskets whose every cell is set by a coin of its own: products and baskets of very different sizes. */
function coinTossed(seed: string, rows: number, columns: number): Incidence {
  const random = createRandom(seed);
  const orders = Array.from({ length: rows }, (_, b) => {
    const appetite = 0.05 + (0.6 * b) / rows;
    return Array.from({ length: columns }, (__, p) => p).filter((p) => random.next() < appetite * (1 - p / columns));
  });
  return basketsOf(orders, columns);
}

describe("the null model of baskets", () => {
  it("is the plain product of the shares when all baskets are of one size and all products alike", async () => {
    // Two of four products in each of six baskets: every probability is 1/2, every pair is expected 6/4 times.
    const baskets = basketsOf(
      [
        [0, 1],
        [2, 3],
        [0, 2],
        [1, 3],
        [0, 3],
        [1, 2],
      ],
      4,
    );
    const model = await fitConfigurationModel(baskets, { tolerance: 1e-12 });
    expect(model.probability(0, 2)).toBeCloseTo(0.5, 9);
    expect(model.expectedJointCount(0, 3)).toBeCloseTo(1.5, 9);
  });

  it("solves a small shop as pencil and paper do", async () => {
    // Product 0 in two baskets, product 1 in one; sizes 2, 1, 0. The empty basket holds nothing and the full one
    // everything, which leaves one product to one basket: product 0, two baskets of two, is then certain in it too.
    const forced = await fitConfigurationModel(basketsOf([[0, 1], [0], []], 2));
    expect([forced.probability(0, 1), forced.probability(1, 1), forced.probability(1, 2)]).toEqual([1, 0, 1]);
    expect(forced.expectedJointCount(0, 1)).toBe(1);

    // Product 0 in baskets 0 and 1, product 1 in 0, product 2 in 1 and 2, sizes 2, 2, 1. By symmetry the products 0
    // and 2 are alike (p in the large baskets, r in the small one) and product 1 differs (q, s):
    // 2p + r = 2, 2q + s = 1, 2p + q = 2, 2r + s = 1, and equal odds ratios p(1-r) / (r(1-p)) = q(1-s) / (s(1-q)).
    const model = await fitConfigurationModel(basketsOf([[0, 1], [0, 2], [2]], 3), { tolerance: 1e-12 });
    const p = model.probability(0, 2);
    const r = model.probability(0, 1);
    const q = model.probability(1, 2);
    const s = model.probability(1, 1);
    for (const [sum, total] of [
      [2 * p + r, 2],
      [2 * q + s, 1],
      [2 * p + q, 2],
      [2 * r + s, 1],
    ]) {
      expect(sum).toBeCloseTo(total, 9);
    }
    expect((p * (1 - r)) / (r * (1 - p))).toBeCloseTo((q * (1 - s)) / (s * (1 - q)), 9);
    expect(model.expectedJointCount(0, 2)).toBeCloseTo(2 * p * p + r * r, 12);
  });

  it("keeps how often every product sells and how large every basket is", async () => {
    const baskets = coinTossed("margins", 300, 40);
    const model = await fitConfigurationModel(baskets);
    expect(model.convergence.converged).toBe(true);
    expect(model.convergence.largestMarginError).toBeLessThan(1e-5);
    const sizes = rowSizes(baskets);
    for (const [product, frequency] of columnSizes(baskets).entries()) {
      const expected = sizes.reduce((sum, size) => sum + model.probability(product, size), 0);
      expect(expected / frequency).toBeCloseTo(1, 5);
    }
  });

  it("adds up joint counts over the baskets", async () => {
    const baskets = coinTossed("joint", 80, 12);
    const model = await fitConfigurationModel(baskets);
    let expected = 0;
    for (const size of rowSizes(baskets)) expected += model.probability(2, size) * model.probability(9, size);
    expect(model.expectedJointCount(2, 9)).toBeCloseTo(expected, 9);
    expect(model.expectedJointCount(9, 2)).toBe(model.expectedJointCount(2, 9));
  });

  it("is not upset by a gift wrap in every order nor by an order of everything", async () => {
    const wrap = 0;
    const orders = [[wrap, 1, 2, 3, 4, 5], [wrap], [wrap, 1, 2], [wrap, 3], [wrap, 2, 4], [wrap, 5, 1], [wrap, 4, 3]];
    const model = await fitConfigurationModel(basketsOf(orders, 6));
    expect(model.convergence.converged).toBe(true);
    expect(model.probability(wrap, 1)).toBe(1);
    expect(model.probability(3, 6)).toBe(1);
    expect(model.probability(3, 1)).toBe(0);
    expect(model.expectedJointCount(wrap, 2)).toBeCloseTo(3, 5);
  });

  it("expects whole baskets to grow beyond what shares alone say when sizes differ", async () => {
    // Half of the baskets hold 8 products, half 1: popular products meet in the large ones by size alone.
    const random = createRandom("sizes");
    const orders = Array.from({ length: 400 }, (_, b) => {
      const products = new Set<number>();
      while (products.size < (b % 2 ? 8 : 1)) products.add(random.integer(50));
      return [...products];
    });
    const baskets = basketsOf(orders, 50);
    const frequencies = columnSizes(baskets);
    const model = await fitConfigurationModel(baskets);
    const byShares = (frequencies[3] * frequencies[4]) / 400;
    expect(model.expectedJointCount(3, 4)).toBeGreaterThan(1.4 * byShares);
  });

  it("stays a probability whatever the baskets", async () => {
    const orders = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(orders, async (products) => {
        const baskets = basketsOf(products, 6);
        const model = await fitConfigurationModel(baskets, { maximumIterations: 200 });
        const frequencies = columnSizes(baskets);
        for (let product = 0; product < 6; product++) {
          for (const size of rowSizes(baskets)) {
            const probability = model.probability(product, size);
            expect(probability >= 0 && probability <= 1).toBe(true);
          }
          const joint = model.expectedJointCount(product, 0);
          expect(joint).toBeLessThanOrEqual(Math.min(frequencies[product], frequencies[0]) * 1.05 + 1e-9);
        }
      }),
    );
  });

  it("says so when it was stopped before it settled", async () => {
    const { convergence } = await fitConfigurationModel(coinTossed("hasty", 200, 30), { maximumIterations: 1 });
    expect(convergence).toMatchObject({ converged: false, iterations: 1 });
    expect(convergence.largestMarginError).toBeGreaterThan(0.01);
  });

  it("takes a catalogue of 100,000 products", async () => {
    const random = createRandom("large");
    const row: number[] = [];
    const column: number[] = [];
    for (let b = 0; b < 60_000; b++) {
      const size = 1 + Math.floor(8 * random.next() ** 3) + (b % 1000 === 0 ? random.integer(500) : 0);
      for (let i = 0; i < size; i++) {
        row.push(b);
        column.push(Math.floor(100_000 * random.next() ** 4));
      }
    }
    const model = await fitConfigurationModel(incidence({ rows: 60_000, columns: 100_000, row, column }));
    expect(model.convergence.converged).toBe(true);
    expect(model.expectedJointCount(0, 1)).toBeGreaterThan(0);
  });

  it("has nothing to say about an empty shop and about sizes that no basket has", async () => {
    const empty = await fitConfigurationModel(basketsOf([], 0));
    expect(empty.convergence.converged).toBe(true);
    const model = await fitConfigurationModel(basketsOf([[0], [0, 1]], 3));
    expect(() => model.probability(0, 7)).toThrow(InvalidOption);
  });
});
