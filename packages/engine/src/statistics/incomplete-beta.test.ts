import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { chiSquareUpperTail, logChiSquareUpperTail } from "./chi-square.ts";
import { betaQuantile, fUpperTail, regularisedBeta } from "./incomplete-beta.ts";

/** Golden values: SciPy 1.17.1, `special.betainc`, `stats.beta.ppf`, `stats.f.sf`, `stats.chi2.sf`. */
describe("the incomplete beta function", () => {
  it("agrees with SciPy from the middle to the far corners", () => {
    expect(regularisedBeta(0.5, 2, 3)).toBeCloseTo(0.6875, 12);
    expect(regularisedBeta(0.1, 0.5, 0.5)).toBeCloseTo(0.20483276469913345, 12);
    expect(regularisedBeta(0.42, 200, 300)).toBeCloseTo(0.8196010664172663, 10);
    expect(regularisedBeta(1e-8, 0.01, 5)).toBeCloseTo(0.8492138284624131, 10);
    expect(regularisedBeta(0.999, 30, 1.5)).toBeCloseTo(0.9961107316148197, 10);
  });

  it("is inverted by its quantile", () => {
    expect(betaQuantile(0.025, 10.5, 90.5)).toBeCloseTo(0.05258468, 8);
    expect(betaQuantile(0.975, 10.5, 90.5)).toBeCloseTo(0.17012393, 8);
    expect(betaQuantile(0.025, 0.5, 20.5)).toBeCloseTo(2.42464785e-5, 12);
    // Below one half so much lies next to 1 that doubles have no place for it.
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 0.5, max: 200, noNaN: true }),
        fc.double({ min: 0.5, max: 200, noNaN: true }),
        (probability, a, b) => {
          expect(regularisedBeta(betaQuantile(probability, a, b), a, b)).toBeCloseTo(probability, 6);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("gives the tail of the F distribution, far out too", () => {
    expect(fUpperTail(3, 11, 20)).toBeCloseTo(0.015879526311122674, 12);
    expect(fUpperTail(10, 11, 300) / 1.6765489685997407e-15).toBeCloseTo(1, 8);
    expect(fUpperTail(0.2, 5, 2.5)).toBeCloseTo(0.939516922400727, 12);
    expect(fUpperTail(0, 5, 2.5)).toBe(1);
  });

  it("refuses what is no shape", () => {
    expect(() => regularisedBeta(0.5, 0, 1)).toThrow(InvalidOption);
    expect(() => regularisedBeta(1.5, 1, 1)).toThrow(InvalidOption);
    expect(() => fUpperTail(-1, 1, 1)).toThrow(InvalidOption);
  });
});

describe("the chi-square tail", () => {
  it("agrees with SciPy and stays finite where SciPy's log underflows", () => {
    expect(chiSquareUpperTail(3.841458820694124, 1)).toBeCloseTo(0.05, 12);
    expect(chiSquareUpperTail(50, 11) / 6.259403060398121e-7).toBeCloseTo(1, 10);
    expect(chiSquareUpperTail(0.3, 4)).toBeCloseTo(0.9898141728888165, 12);
    expect(logChiSquareUpperTail(3000, 11)).toBeLessThan(-1400);
    expect(() => chiSquareUpperTail(1, 0)).toThrow(InvalidOption);
  });
});
