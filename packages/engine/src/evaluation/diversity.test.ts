import { describe, expect, it } from "vitest";
import { intraListDiversity } from "./diversity.ts";

describe("diversity of a list", () => {
  const categoryOf = [0, 0, 1, 2];
  const sameCategory = (a: number, b: number): number => (categoryOf[a] === categoryOf[b] ? 1 : 0);

  it("is one minus the mean similarity over all pairs", () => {
    // Of the pairs 0-1, 0-2 and 1-2 the first is of one category.
    expect(intraListDiversity([0, 1, 2], 3, sameCategory)).toBeCloseTo(2 / 3, 12);
    expect(intraListDiversity([0, 2, 3], 3, sameCategory)).toBe(1);
  });

  it("looks at the first k only", () => {
    expect(intraListDiversity([0, 1, 2], 2, sameCategory)).toBe(0);
  });

  it("has no figure without a pair", () => {
    expect(intraListDiversity([0], 3, sameCategory)).toBeNaN();
    expect(intraListDiversity([0, 1], 1, sameCategory)).toBeNaN();
  });
});
