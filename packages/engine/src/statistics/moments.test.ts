import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { momentsOf, quantileOf } from "./index.ts";

describe("moments", () => {
  it("are the mean and the unbiased variance", () => {
    expect(momentsOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ count: 8, mean: 5, variance: 32 / 7 });
  });

  it("do not lose small differences between large amounts", () => {
    // Exact: the values are 4, 7, 13 and 16 above a billion; variance (36 + 9 + 9 + 36) / 3.
    expect(momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance).toBe(30);
  });

  it("say so when there is too little to go by", () => {
    expect(momentsOf([])).toEqual({ count: 0, mean: NaN, variance: NaN });
    expect(momentsOf([3])).toEqual({ count: 1, mean: 3, variance: NaN });
  });
});

describe("quantiles", () => {
  it("interpolate between neighbours as R and NumPy do", () => {
    // R: quantile(c(1, 2, 3, 4, 10), c(.1, .5, .9)) gives 1.4, 3, 7.6.
    const column = [10, 3, 1, 4, 2];
    expect(quantileOf(column, 0.1)).toBeCloseTo(1.4, 12);
    expect(quantileOf(column, 0.5)).toBe(3);
    expect(quantileOf(column, 0.9)).toBeCloseTo(7.6, 12);
    expect(column).toEqual([10, 3, 1, 4, 2]);
  });

  it("run from the smallest value to the largest", () => {
    const column = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(column, fc.double({ min: 0, max: 1, noNaN: true }), (values, fraction) => {
        expect(quantileOf(values, 0)).toBe(Math.min(...values));
        expect(quantileOf(values, 1)).toBe(Math.max(...values));
        expect(quantileOf(values, fraction)).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it("refuse an empty column and a fraction beyond one", () => {
    expect(() => quantileOf([], 0.5)).toThrow(InvalidInput);
    expect(() => quantileOf([1], 1.5)).toThrow(InvalidOption);
  });
});
