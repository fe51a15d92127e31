import { describe, expect, it } from "vitest";
import { novelty } from "./novelty.ts";

describe("novelty of a list", () => {
  const popularity = { counts: [8, 4, 1, 0], among: 8 };

  it("is the mean self-information in bits: what everybody has says nothing", () => {
    expect(novelty([0], 1, popularity)).toBe(0);
    expect(novelty([1, 2], 2, popularity)).toBe((1 + 3) / 2);
    expect(novelty([1, 2], 1, popularity)).toBe(1);
  });

  it("takes a product that nobody had for one that one had", () => {
    expect(novelty([3], 1, popularity)).toBe(3);
  });

  it("has no figure for an empty list", () => {
    expect(novelty([], 5, popularity)).toBeNaN();
  });
});
