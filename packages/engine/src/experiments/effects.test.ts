import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random/generator.ts";
import type { Moments } from "../statistics/index.ts";
import { chancesToBeBest } from "./best-arm.ts";
import { compareMeans } from "./effects.ts";
import { momentsOfRatio, momentsOfShare } from "./metrics.ts";

/** From sums and sums of squares, as GrowthBook's tests give them. */
function momentsOfSums(sum: number, squares: number, count: number): Moments {
  return { count, mean: sum / count, variance: (squares - sum ** 2 / count) / (count - 1) };
}

const round = (value: number): number => Number(value.toFixed(5));

function expectEffect(
  { value, lower, upper, standardError, pValue }: ReturnType<typeof compareMeans>,
  golden: Partial<Record<"value" | "lower" | "upper" | "standardError" | "pValue", number>>,
) {
  const rounded = {
    value: round(value),
    lower: round(lower),
    upper: round(upper),
    standardError: round(standardError),
    pValue: round(pValue),
  };
  expect(rounded).toMatchObject(golden);
}

const control = momentsOfSums(1396.87, 52377.9767, 3407);
const treatment = momentsOfSums(2422.7, 134698.29, 3461);

/** The golden values are those of GrowthBook's gbstats, packages/stats/tests, to five places. */
describe("an effect looked at once", () => {
  it("is Welch's relative difference with the delta method's interval", () => {
    const effect = compareMeans(control, treatment, { interval: "fixed" });
    expectEffect(effect, { value: 0.70732, lower: -0.03526, upper: 1.44989, standardError: 0.37879, pValue: 0.06191 });
  });

  it("is Welch's absolute difference on demand", () => {
    const effect = compareMeans(control, treatment, { interval: "fixed", difference: "absolute" });
    expectEffect(effect, { value: 0.29, lower: 0.04538, upper: 0.53462, standardError: 0.12478, pValue: 0.02016 });
  });

  it("compares shares as well", () => {
    const effect = compareMeans(momentsOfShare(28, 14), momentsOfShare(30, 16), { interval: "fixed" });
    expectEffect(effect, { value: 0.06667, lower: -0.47767, upper: 0.61101, standardError: 0.2717, pValue: 0.80707 });
  });
});

describe("an effect looked at every day", () => {
  it("has the interval of the confidence sequence", () => {
    const effect = compareMeans(momentsOfSums(1396.87, 52377.9767, 3000), treatment, { tunedFor: 1000 });
    expectEffect(effect, { value: 0.50336, lower: -0.55844, upper: 1.56516, pValue: 1 });
  });

  it("has it for shares as well", () => {
    const effect = compareMeans(momentsOfShare(3000, 1396), momentsOfShare(3461, 2422));
    expectEffect(effect, { value: 0.50386, lower: 0.40098, upper: 0.60675, standardError: 0.03386, pValue: 0 });
  });

  it("is claimed where there is none in at most one experiment of twenty, although one may stop at any look", () => {
    const random = createRandom("peeking");
    const falseAlarms = { sequential: 0, fixed: 0 };
    const experiments = 300;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const alarmed = { sequential: false, fixed: false };
      const buyers = [0, 0];
      for (let visitors = 200; visitors <= 4000; visitors += 200) {
        for (const arm of [0, 1]) for (let i = 0; i < 200; i++) buyers[arm] += Number(random.next() < 0.2);
        for (const interval of ["sequential", "fixed"] as const) {
          const arms = buyers.map((count) => momentsOfShare(visitors, count));
          const { lower, upper } = compareMeans(arms[0], arms[1], { interval });
          alarmed[interval] ||= lower > 0 || upper < 0;
        }
      }
      falseAlarms.sequential += Number(alarmed.sequential);
      falseAlarms.fixed += Number(alarmed.fixed);
    }
    expect(falseAlarms.sequential / experiments).toBeLessThanOrEqual(0.05);
    expect(falseAlarms.fixed / experiments).toBeGreaterThan(0.15);
  });
});

describe("comparing means", () => {
  const moments = fc.record({
    count: fc.integer({ min: 2, max: 1e6 }),
    mean: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
    variance: fc.double({ min: 0.01, max: 1e9, noNaN: true }),
  });

  it("finds the effect inside its interval, and the p-value agrees with the interval", () => {
    fc.assert(
      fc.property(moments, moments, fc.constantFrom("sequential" as const, "fixed" as const), (a, b, interval) => {
        const { value, lower, upper, pValue } = compareMeans(a, b, { interval });
        expect(lower).toBeLessThanOrEqual(value);
        expect(upper).toBeGreaterThanOrEqual(value);
        if (Math.abs(pValue - 0.05) > 1e-6) expect(pValue < 0.05).toBe(lower > 0 || upper < 0);
      }),
    );
  });

  it("does not depend on the currency", () => {
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        const inCents = ({ count, mean, variance }: Moments) => ({ count, mean: 100 * mean, variance: 1e4 * variance });
        const effect = compareMeans(a, b);
        const converted = compareMeans(inCents(a), inCents(b));
        expect(converted.lower).toBeCloseTo(effect.lower, 6 - Math.ceil(Math.log10(1 + Math.abs(effect.lower))));
      }),
    );
  });

  it("is refused where there is nothing to compare", () => {
    expect(() => compareMeans({ count: 1, mean: 1, variance: NaN }, treatment)).toThrow("control.count");
    expect(() => compareMeans({ count: 9, mean: 0, variance: 0 }, treatment)).toThrow("control.mean");
    expect(() => compareMeans(control, treatment, { level: 1 })).toThrow("level");
  });
});

describe("a ratio of means", () => {
  it("is a plain mean when every unit has one of the denominator", () => {
    const { mean, variance } = control;
    const ratio = momentsOfRatio({
      count: 3407,
      numerator: { mean, variance },
      denominator: { mean: 1, variance: 0 },
      covariance: 0,
    });
    expect(ratio).toEqual({ count: 3407, mean, variance });
  });

  it("is certain when both grow together", () => {
    const ratio = momentsOfRatio({
      count: 50,
      numerator: { mean: 60, variance: 900 },
      denominator: { mean: 2, variance: 1 },
      covariance: 30,
    });
    expect(ratio).toEqual({ count: 50, mean: 30, variance: 0 });
  });
});

describe("figures that no arm can have", () => {
  const arm = { count: 100, mean: 3, variance: 4 };
  const rubbish = [NaN, Infinity, -Infinity, Number.MAX_VALUE];

  it.each(["count", "mean", "variance", "unadjustedMean"] as const)("are refused by name: %s", (name) => {
    for (const value of rubbish) {
      for (const difference of ["relative", "absolute"] as const) {
        const path = `treatment.${name}`;
        const error = expect.objectContaining({ code: "invalid-input", path });
        expect(() => compareMeans(arm, { ...arm, [name]: value }, { difference })).toThrow(error);
      }
      const path = `arms[1].${name}`;
      if (name !== "unadjustedMean") {
        expect(() => chancesToBeBest([arm, { ...arm, [name]: value }])).toThrow(expect.objectContaining({ path }));
      }
    }
  });

  it("are refused of shares and ratios, too", () => {
    expect(() => momentsOfShare(0, 0)).toThrow(/count/);
    expect(() => momentsOfShare(5, 6)).toThrow(/successes/);
    const moments = { mean: 1, variance: 1 };
    expect(() => momentsOfRatio({ count: 9, numerator: moments, denominator: moments, covariance: NaN })).toThrow(
      /covariance/,
    );
  });

  it("keep their freedom however small their spread", () => {
    const tiny = { count: 10, mean: 1, variance: 1e-320 };
    expect(compareMeans(tiny, { ...tiny, mean: 2 }, { interval: "fixed" }).pValue).toBe(0);
  });
});
