import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { kaplanMeier, survivalInterval, survivalQuantile } from "./kaplan-meier.ts";

/** Weeks of remission on 6-MP: Freireich et al. (1963), as in Gehan, Biometrika 52 (1965); + is censored. */
const remission = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+".split(" ");
const curve = kaplanMeier(
  remission.map((weeks) => Number.parseInt(weeks, 10)),
  remission.map((weeks) => (weeks.endsWith("+") ? 0 : 1)),
);

describe("the share still waiting", () => {
  it("is that of the textbook", () => {
    // SciPy 1.17.1, stats.ecdf of CensoredData, confidence_interval(method="log-log").
    expect([...curve.time]).toEqual([6, 7, 10, 13, 16, 22, 23]);
    expect([...curve.atRisk]).toEqual([21, 17, 15, 12, 11, 7, 6]);
    const survival = [0.85714286, 0.80672269, 0.75294118, 0.69019608, 0.62745098, 0.53781513, 0.44817927];
    const lower = [0.61971796, 0.56314656, 0.50319951, 0.43161022, 0.36751086, 0.26777894, 0.18805201];
    const upper = [0.95155175, 0.92280902, 0.88936184, 0.84906596, 0.80491219, 0.74679072, 0.68014263];
    for (const step of survival.keys()) {
      expect(curve.survival[step]).toBeCloseTo(survival[step], 7);
      expect(survivalInterval(curve, step).lower).toBeCloseTo(lower[step], 7);
      expect(survivalInterval(curve, step).upper).toBeCloseTo(upper[step], 7);
    }
  });

  it("falls to a half when it does, and says where the end is not known", () => {
    expect(survivalQuantile(curve)).toEqual({ time: 23, lower: 13, upper: Infinity });
    expect(survivalQuantile(curve, 0.2).time).toBe(Infinity);
  });

  it("is the plain share where nobody is censored", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }), (days) => {
        const all = kaplanMeier(
          days,
          days.map(() => 1),
        );
        for (const [step, time] of all.time.entries()) {
          expect(all.survival[step]).toBeCloseTo(days.filter((day) => day > time).length / days.length, 9);
        }
      }),
    );
  });

  it("never rises, whoever is censored", () => {
    const spell = fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(spell, { maxLength: 60 }), (spells) => {
        const { survival } = kaplanMeier(
          spells.map(([days]) => days),
          spells.map(([, happened]) => Number(happened)),
        );
        let before = 1;
        for (const share of survival) {
          expect(share).toBeLessThanOrEqual(before);
          expect(share).toBeGreaterThanOrEqual(0);
          before = share;
        }
      }),
    );
  });

  it("refuses times that are none", () => {
    expect(() => kaplanMeier([1, -1], [1, 1])).toThrow(InvalidInput);
    expect(() => kaplanMeier([NaN], [1])).toThrow(InvalidInput);
    expect(() => kaplanMeier([1], [])).toThrow(InvalidInput);
    expect(kaplanMeier([], []).time).toHaveLength(0);
  });
});
