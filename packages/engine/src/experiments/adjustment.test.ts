import { describe, expect, it } from "vitest";
import { createRandom, normal } from "../random/index.ts";
import { compareStatistics } from "./adjustment.ts";
import { adjustedStatistic, meanStatistic } from "./statistic.ts";

const round = (value: number): number => Number(value.toFixed(5));

describe("revenue adjusted for what visitors bought before", () => {
  it("has the confidence sequence of GrowthBook", () => {
    // Golden values: GrowthBook's gbstats, packages/stats/tests/frequentist, sequential test with regression adjustment.
    const control = {
      kind: "adjusted",
      count: 3000,
      outcome: { sum: 1396.87, sumOfSquares: 52377.9767 },
      covariate: { sum: 16.87, sumOfSquares: 527.9767 },
      sumOfProducts: 1,
    } as const;
    const treatment = {
      kind: "adjusted",
      count: 3461,
      outcome: { sum: 2422.7, sumOfSquares: 134698.29 },
      covariate: { sum: 22.7, sumOfSquares: 1348.29 },
      sumOfProducts: 1,
    } as const;
    const { value, lower, upper, standardError } = compareStatistics(control, treatment);
    expect([value, lower, upper, standardError].map(round)).toEqual([0.50338, -0.50969, 1.51646, 0.33341]);
  });

  /** Outcome = covariate + noise + effect: adjustment leaves the noise alone. */
  function arms(effect: number) {
    const random = createRandom("before and after");
    return [0, effect].map((shift) => {
      const before = Float64Array.from({ length: 4000 }, () => 100 + 30 * normal(random));
      const after = before.map((value) => value + 10 * normal(random) + shift);
      return { before, after };
    });
  }

  it("is surer of the same effect", () => {
    const [control, treatment] = arms(2);
    const plain = compareStatistics(meanStatistic(control.after), meanStatistic(treatment.after), {
      difference: "absolute",
    });
    const adjusted = compareStatistics(
      adjustedStatistic(control.after, control.before),
      adjustedStatistic(treatment.after, treatment.before),
      { difference: "absolute" },
    );
    // sd 31.6 a visitor without, 10 with.
    expect(adjusted.standardError / plain.standardError).toBeCloseTo(10 / Math.sqrt(1000), 2);
    expect(adjusted.lower).toBeGreaterThan(0);
    expect(plain.lower).toBeLessThan(0);
    expect(Math.abs(adjusted.value - 2)).toBeLessThan(4 * adjusted.standardError);
  });

  it("is plain revenue when nobody had bought before", () => {
    const [control, treatment] = arms(2).map(({ after }) => adjustedStatistic(after, new Float64Array(after.length)));
    const plain = arms(2).map(({ after }) => meanStatistic(after));
    const adjusted = compareStatistics(control, treatment);
    const unadjusted = compareStatistics(plain[0], plain[1]);
    expect(adjusted.value).toBeCloseTo(unadjusted.value, 12);
    expect(adjusted.upper).toBeCloseTo(unadjusted.upper, 12);
  });
});
