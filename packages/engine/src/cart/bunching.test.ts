import { describe, expect, it } from "vitest";
import { createRandom } from "../random/generator.ts";
import { findBunching } from "./bunching.ts";

/** Smoothly falling order values around 50.00, some of those just below moved to just above. */
function orders(seed: string, count: number, toppingUp: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => {
    const value = 2000 - 4000 * Math.log(1 - random.next());
    const isShort = value >= 4500 && value < 5000;
    return isShort && random.next() < toppingUp ? 5000 + random.next() * 400 : value;
  });
}

describe("bunching above a threshold", () => {
  it("finds the orders that were topped up", () => {
    const bunching = findBunching(orders("topped", 40_000, 0.4), 5000);
    // 40,000 (e^-0.625 - e^-0.75) = 2,516 orders were short, four in ten of them moved: 1,006.
    expect(bunching?.excess.lower).toBeGreaterThan(700);
    expect(bunching?.excess.lower).toBeLessThan(1006);
    expect(bunching?.excess.upper).toBeGreaterThan(1006);
  });

  it("finds none where nobody tops up, 95 times out of 100", () => {
    let claimed = 0;
    for (let trial = 0; trial < 100; trial++) {
      const bunching = findBunching(orders(`null ${trial}`, 4000, 0), 5000);
      if (bunching && bunching.excess.lower > 0) claimed++;
    }
    // One side of a 95 % interval: 2.5 expected; Binomial(100, 0.025) exceeds 9 less than once in ten thousand.
    expect(claimed).toBeLessThanOrEqual(9);
  });

  it("admits that it cannot tell where order values come in lumps", () => {
    // Everything costs 9.00: no cubic follows that, and an amount above 50.00 that is hit by chance proves nothing.
    const random = createRandom("lumps");
    const lumpy = Float64Array.from({ length: 5000 }, () => 900 * (1 + random.integer(12)));
    const bunching = findBunching(lumpy, 5000);
    expect(bunching?.ordersJustAbove).toBeGreaterThan(300);
    expect(bunching?.excess.lower).toBeLessThan(0);
  });

  it("is exactly zero on a density that is a cubic", () => {
    const values: number[] = [];
    for (let bin = 0; bin < 40; bin++) {
      for (let i = 0; i < 60 - bin; i++) values.push(2500 + bin * 125 + 1);
    }
    const bunching = findBunching(values, 5000);
    expect(bunching?.excess.value).toBeCloseTo(0, 8);
    expect(bunching?.expected).toBeCloseTo(40 + 39 + 38 + 37, 8);
    expect(bunching?.windowEnd).toBe(5500);
  });

  it("says nothing on a handful of orders", () => {
    expect(findBunching(orders("few", 100, 0.5), 5000)).toBeUndefined();
  });
});
