import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { sparseMatrix } from "../matrix/sparse.ts";
import { gamma } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { poisson } from "../random/poisson.ts";
import { fitDirichlet } from "./dirichlet-multinomial.ts";
import { fitRatioPrior, shrinkMeans, shrinkRatio } from "./shrunk-means.ts";

/** Members with shares of their own around (0.5, 0.3, 0.2), each with some counts. */
function members(strength: number, count: number) {
  const random = createRandom(`members ${strength}`);
  const row: number[] = [];
  const column: number[] = [];
  for (let member = 0; member < 1500; member++) {
    const parts = [0.5, 0.3, 0.2].map((share) => gamma(random, share * strength));
    const total = parts[0] + parts[1] + parts[2];
    for (let draw = 0; draw < count; draw++) {
      const ticket = random.next() * total;
      row.push(member);
      column.push(ticket < parts[0] ? 0 : ticket < parts[0] + parts[1] ? 1 : 2);
    }
  }
  return sparseMatrix({ rows: 1500, columns: 3, row, column });
}

describe("the strength of a group's shares", () => {
  it.for([0.5, 5, 50])("is found again when it was %d", (strength) => {
    const fit = fitDirichlet(members(strength, 12));
    expect(fit.mean[0]).toBeGreaterThan(0.44);
    expect(fit.mean[0]).toBeLessThan(0.56);
    expect(fit.strength / strength).toBeGreaterThan(0.8);
    expect(fit.strength / strength).toBeLessThan(1.25);
  });

  it("has a value where there is nothing to tell it from", () => {
    expect(fitDirichlet(sparseMatrix({ rows: 2, columns: 2, row: [], column: [] }))).toMatchObject({ strength: 1e6 });
    // One purchase each says nothing of how alike customers are.
    const once = fitDirichlet(sparseMatrix({ rows: 2, columns: 2, row: [0, 1], column: [0, 1] }));
    expect(Number.isFinite(once.strength)).toBe(true);
    const half = sparseMatrix({ rows: 1, columns: 1, row: [0], column: [0] }, [0.5]);
    expect(() => fitDirichlet(half)).toThrow(InvalidInput);
  });
});

describe("means drawn to their centre", () => {
  it("stay where they are when sure, and give way when not", () => {
    const { mean, centre } = shrinkMeans([0, 10, 10], [0.01, 0.01, 100]);
    expect(mean[0]).toBeCloseTo(0, 1);
    expect(mean[1]).toBeCloseTo(10, 1);
    expect(Math.abs(mean[2] - centre)).toBeLessThan(Math.abs(10 - centre));
  });

  it("have the spread of the textbook", () => {
    // By hand, DerSimonian and Laird: weights 1, 1, Q = 8, (8 - 1) / (2 - 2 / 2) = 7; keep 7 / 8.
    const { spread, mean, variance } = shrinkMeans([1, 5], [1, 1]);
    expect(spread).toBeCloseTo(7, 12);
    expect([...mean]).toEqual([1.25, 4.75]);
    expect(variance[0]).toBeCloseTo(0.875, 12);
  });

  it("are all alike where chance explains them", () => {
    expect([...shrinkMeans([4.9, 5.1], [1, 1]).mean]).toEqual([5, 5]);
    expect([...shrinkMeans([3], [1]).mean]).toEqual([3]);
    expect([...shrinkMeans([], []).mean]).toEqual([]);
    expect(() => shrinkMeans([1], [0])).toThrow(InvalidInput);
    expect(() => shrinkMeans([NaN], [1])).toThrow(InvalidInput);
  });
});

describe("ratios drawn to their mean", () => {
  it("find the gamma distribution they came from", () => {
    const random = createRandom("ratios");
    const expected = Array.from({ length: 4000 }, () => 1 + 20 * random.next());
    const counts = expected.map((chance) => poisson(random, (chance * 1.5 * gamma(random, 4)) / 4));
    const { mean, strength } = fitRatioPrior(counts, expected);
    expect(mean).toBeCloseTo(1.5, 1);
    // Shape over mean: 4 / 1.5.
    expect(strength).toBeGreaterThan(2.3);
    expect(strength).toBeLessThan(3.1);
  });

  it("are the mean where nothing differs", () => {
    const prior = fitRatioPrior([10, 10], [10, 10]);
    expect(prior).toEqual({ mean: 1, strength: Infinity });
    expect(shrinkRatio(30, 10, prior)).toBe(1);
    expect(shrinkRatio(3, 0.1, { mean: 1, strength: 10 })).toBeCloseTo(13 / 10.1, 12);
    expect(fitRatioPrior([], [])).toEqual({ mean: 1, strength: Infinity });
  });
});
