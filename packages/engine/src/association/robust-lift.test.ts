import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { hypergeometricQuantile, hypergeometricUpperTail } from "../statistics/index.ts";
import { basketsOf, findAffinities, hyperLift, measurePair, shrunkLift, testByFisher } from "./index.ts";

describe("hyper-lift", () => {
  it("divides by the count that chance exceeds once in a hundred times", () => {
    const urn = { population: 1000, marked: 100, drawn: 50 };
    const chance = hypergeometricQuantile(0.99, urn);
    expect(hypergeometricUpperTail(chance + 1, urn)).toBeLessThanOrEqual(0.01);
    expect(hypergeometricUpperTail(chance, urn)).toBeGreaterThan(0.01);
    expect(hyperLift({ baskets: 1000, left: 100, right: 50, joint: 22 })).toBe(22 / chance);
  });

  it("does not take one lucky basket for a strong tie", () => {
    const lucky = { baskets: 1000, left: 10, right: 12, joint: 1 };
    expect(measurePair(lucky).lift).toBeGreaterThan(8);
    expect(hyperLift(lucky)).toBe(1);
  });

  it("is nothing for products that never meet, and boundless where chance would not let them", () => {
    expect(hyperLift({ baskets: 100, left: 0, right: 5, joint: 0 })).toBe(0);
    expect(hyperLift({ baskets: 1_000_000, left: 1, right: 1, joint: 1 })).toBe(Infinity);
  });

  it("refuses what cannot be", () => {
    expect(() => hyperLift({ baskets: 10, left: 4, right: 3, joint: 4 })).toThrow(InvalidOption);
    expect(() => hyperLift({ baskets: 10, left: 40, right: 3, joint: 1 })).toThrow(InvalidOption);
    expect(() => hyperLift({ baskets: 10, left: 4, right: 3, joint: 1 }, 1)).toThrow(InvalidOption);
  });
});

describe("shrunk lift", () => {
  it("is near one on little evidence and near the lift on much", () => {
    expect(shrunkLift(3, 0.1)).toBeCloseTo(13 / 10.1, 12);
    expect(shrunkLift(3000, 100)).toBeCloseTo(3010 / 110, 12);
    expect(shrunkLift(3, 0.1, 0)).toBeCloseTo(30, 12);
    expect(shrunkLift(0, 0, 5)).toBe(1);
  });

  it("refuses what has no answer", () => {
    expect(() => shrunkLift(0, 0, 0)).toThrow(InvalidOption);
    expect(() => shrunkLift(1, -1)).toThrow(InvalidOption);
    expect(() => shrunkLift(NaN, 1)).toThrow(InvalidOption);
  });
});

describe("Fisher's test with Holm", () => {
  it("finds a planted pair where baskets are all of one size, as the affinities do", async () => {
    const random = createRandom("fisher");
    const orders = Array.from({ length: 2000 }, (_, order) => {
      const products = new Set(order % 40 === 0 ? [0, 1] : []);
      while (products.size < 5) products.add(2 + random.integer(60));
      return [...products];
    });
    const baskets = basketsOf(orders, 62);
    const { left, right, count, logPValue, logAdjusted, rejections } = await testByFisher(baskets);
    expect(rejections).toBe(1);
    expect([left[0], right[0], count[0]]).toEqual([0, 1, 50]);
    expect(logAdjusted[0]).toBeCloseTo(logPValue[0] + Math.log((62 * 61) / 2), 9);
    expect((await findAffinities(baskets)).count.length).toBe(1);
  });

  it("says nothing of an empty shop and refuses a level above one", async () => {
    expect((await testByFisher(basketsOf([], 0))).rejections).toBe(0);
    await expect(testByFisher(basketsOf([[0, 1]], 2), { level: 2 })).rejects.toThrow(InvalidOption);
    await expect(testByFisher(basketsOf([[0, 1]], 2), { minimumCount: 0 })).rejects.toThrow(InvalidOption);
  });
});
