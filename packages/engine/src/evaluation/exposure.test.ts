import { describe, expect, it } from "vitest";
import { coverage, Exposure, gini } from "./exposure.ts";

function shown(productCount: number, ...lists: readonly number[][]): Exposure {
  const exposure = new Exposure(productCount);
  for (const list of lists) exposure.add(list, 2);
  return exposure;
}

describe("exposure of the catalogue", () => {
  it("counts only what stood within the list, and divides by the whole catalogue", () => {
    expect(coverage(shown(4, [0, 1, 2], [1, 0, 3]))).toBe(0.5);
  });

  it("is even when every product is shown equally often", () => {
    expect(gini(shown(4, [0, 1], [2, 3]))).toBe(0);
  });

  it("is (n - 1) / n when one product gets everything", () => {
    expect(gini(shown(4, [2], [2], [2]))).toBe(0.75);
  });

  it("is zero, not NaN, when nothing was shown", () => {
    expect([gini(shown(3)), coverage(shown(3)), coverage(shown(0))]).toEqual([0, 0, 0]);
  });
});
