import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { dealQuota } from "./exploration.ts";

describe("a quota for what nobody could know yet", () => {
  const proven = [1, 2, 3, 4, 5, 6, 7, 8];

  it("is every so many-th place", () => {
    expect(dealQuota(proven, [90, 91, 92], 0.25, 8)).toEqual([1, 2, 3, 90, 4, 5, 6, 91]);
    expect(dealQuota(proven, [90, 91, 92], 0.1, 8)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("goes on with the other when one ranking runs out", () => {
    expect(dealQuota([1], [90, 91, 92], 0.25, 4)).toEqual([1, 90, 91, 92]);
    expect(dealQuota(proven, [90], 0.5, 6)).toEqual([1, 90, 2, 3, 4, 5]);
  });

  it("is nothing at 0 and everything at 1", () => {
    expect(dealQuota([1], [90], 0, 4)).toEqual([1]);
    expect(dealQuota([1, 2], [90, 91], 1, 3)).toEqual([90, 91, 1]);
  });

  it("gives a product that stands in both one place", () => {
    expect(dealQuota([1, 2, 90], [90, 91], 0.5, 5)).toEqual([1, 90, 2, 91]);
  });

  it("is kept at every length of the answer, and a shorter answer begins a longer one", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), (quota, count) => {
        const known = Array.from({ length: 50 }, (_, place) => place);
        const unknown = Array.from({ length: 50 }, (_, place) => 100 + place);
        const dealt = dealQuota(known, unknown, quota, count);
        const explorers = dealt.filter((product) => product >= 100).length;
        expect(dealt).toHaveLength(count);
        expect(explorers).toBe(Math.floor(count * quota + 1e-9));
        expect(dealQuota(known, unknown, quota, count + 5).slice(0, count)).toEqual(dealt);
      }),
    );
  });

  it("is a share", () => {
    for (const quota of [-0.1, 1.1, NaN]) expect(() => dealQuota([1], [2], quota, 3)).toThrow(InvalidOption);
  });
});
