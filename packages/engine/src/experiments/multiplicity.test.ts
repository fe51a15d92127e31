import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustPValues } from "./multiplicity.ts";

const figures = (pValues: number[], rule: "holm" | "benjamini-hochberg"): number[] =>
  adjustPValues(pValues, rule).map(({ pValue }) => Number(pValue.toFixed(9)));

describe("many metrics", () => {
  it("are adjusted as R's p.adjust does", () => {
    expect(figures([0.01, 0.04, 0.03, 0.005], "holm")).toEqual([0.03, 0.06, 0.06, 0.02]);
    expect(figures([0.01, 0.04, 0.03, 0.005], "benjamini-hochberg")).toEqual([0.02, 0.04, 0.04, 0.02]);
  });

  it("never gain from others, and one alone stays as it is", () => {
    const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(pValues, fc.constantFrom("holm" as const, "benjamini-hochberg" as const), (family, rule) => {
        for (const [index, { pValue }] of adjustPValues(family, rule).entries()) {
          expect(pValue).toBeGreaterThanOrEqual(family[index] * (1 - 1e-12));
        }
        expect(adjustPValues([family[0]], rule)[0].pValue).toBeCloseTo(family[0], 12);
      }),
    );
  });

  it("keep certainty, and refuse what is no probability", () => {
    expect(adjustPValues([0, 1], "holm")).toEqual([
      { pValue: 0, isClaimed: true },
      { pValue: 1, isClaimed: false },
    ]);
    expect(() => adjustPValues([0.5, NaN], "holm")).toThrow("pValues[1]");
  });
});
