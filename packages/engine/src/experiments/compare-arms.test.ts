import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, normal, type Random } from "../random/index.ts";
import { momentsOf } from "../statistics/index.ts";
import { compareArms, steadyArms } from "./compare-arms.ts";
import { compareMeans } from "./effects.ts";
import { momentsOfShare } from "./metrics.ts";

const moments = fc.record({
  count: fc.integer({ min: 2, max: 100_000 }),
  mean: fc.double({ min: 0.01, max: 100, noNaN: true }),
  variance: fc.double({ min: 0, max: 10_000, noNaN: true }),
});

/** How often an interval misses the truth at one look or more, while a small holdout has but a few buyers at first. */
function missedBy(lift: number, holdoutShare: number, seed: string): { absolute: number; relative: number } {
  const experiments = 300;
  const conversion = 0.03;
  const spend = (random: Random, chance: number) => (random.next() < chance ? Math.exp(8 + 0.8 * normal(random)) : 0);
  const truth = lift * conversion * Math.exp(8 + 0.8 ** 2 / 2);
  const missed = { absolute: 0, relative: 0 };
  for (let experiment = 0; experiment < experiments; experiment++) {
    const random = createRandom(`${seed} ${experiment}`);
    const arms: [number[], number[]] = [[], []];
    const misses = { absolute: false, relative: false };
    for (let look = 0; look < 15; look++) {
      for (let visitor = 0; visitor < 300; visitor++) {
        const isHeldOut = random.next() < holdoutShare;
        arms[isHeldOut ? 0 : 1].push(spend(random, isHeldOut ? conversion : conversion * (1 + lift)));
      }
      const { absolute, relative } = compareArms(momentsOf(arms[0]), momentsOf(arms[1]));
      misses.absolute ||= absolute.lower > truth || absolute.upper < truth;
      misses.relative ||= relative !== undefined && (relative.lower > lift || relative.upper < lift);
    }
    missed.absolute += Number(misses.absolute) / experiments;
    missed.relative += Number(misses.relative) / experiments;
  }
  return missed;
}

describe("a young experiment with a small holdout", () => {
  it.each([
    [0, 0.1],
    [0, 0.5],
    [0.3, 0.1],
  ])("holds the truth at every look, 19 times in 20: lift %d, holdout %d", (lift, holdoutShare) => {
    const missed = missedBy(lift, holdoutShare, `lift ${lift} of ${holdoutShare}`);
    expect(missed.absolute).toBeLessThanOrEqual(0.05);
    expect(missed.relative).toBeLessThanOrEqual(0.05);
  });

  it("proves nothing where the holdout has not bought yet: that is no spread, but not certainty either", () => {
    const [holdout, treatment] = [momentsOfShare(100, 0), momentsOfShare(1900, 57)];
    expect(compareMeans(holdout, treatment, { difference: "absolute" }).lower).toBeGreaterThan(0);
    const { absolute, relative } = compareArms(holdout, treatment);
    expect(absolute.lower).toBeLessThan(0);
    expect(relative).toBeUndefined();
  });
});

describe("the relative interval", () => {
  it("says of no effect what the absolute one says", () => {
    fc.assert(
      fc.property(moments, moments, fc.constantFrom("sequential" as const, "fixed" as const), (a, b, interval) => {
        const { absolute, relative } = compareArms(a, b, { interval });
        if (!relative) return;
        expect(Math.sign(relative.value)).toBe(Math.sign(absolute.value));
        if (Math.abs(absolute.lower) > 1e-6) expect(relative.lower > 0).toBe(absolute.lower > 0);
        if (Math.abs(absolute.upper) > 1e-6) expect(relative.upper < 0).toBe(absolute.upper < 0);
        expect(relative.lower).toBeLessThanOrEqual(relative.value + 1e-9);
        expect(relative.upper).toBeGreaterThanOrEqual(relative.value - 1e-9);
      }),
    );
  });

  it("ends where the data begin to contradict the lift", () => {
    const control = { count: 4000, mean: 5, variance: 900 };
    const treatment = { count: 4000, mean: 6, variance: 1000 };
    const { relative } = compareArms(control, treatment, { interval: "fixed" });
    const [steady, steadyTreatment] = steadyArms([control, treatment]);
    for (const lift of [relative?.lower ?? NaN, relative?.upper ?? NaN]) {
      const grown = { count: 4000, mean: (1 + lift) * steady.mean, variance: (1 + lift) ** 2 * steady.variance };
      const { pValue } = compareMeans(grown, steadyTreatment, { difference: "absolute", interval: "fixed" });
      expect(pValue).toBeCloseTo(0.05, 3);
    }
  });

  it("counts a smaller loss as a gain", () => {
    const [loss, smaller] = [-100, -50].map((mean) => ({ count: 10_000, mean, variance: 400 }));
    const { absolute, relative } = compareArms(loss, smaller);
    expect(absolute.lower).toBeGreaterThan(0);
    expect(relative?.value).toBeCloseTo(0.5, 12);
    expect(relative?.lower).toBeGreaterThan(0);
    expect(relative?.upper).toBeGreaterThan(relative?.value ?? Infinity);
    expect(compareMeans(loss, smaller).value).toBeCloseTo(0.5, 12);
  });

  it("is that of the delta method where the control is well known", () => {
    const [control, treatment] = [momentsOfShare(4_000_000, 120_000), momentsOfShare(4_000_000, 124_000)];
    const { relative } = compareArms(control, treatment);
    const linear = compareMeans(control, treatment);
    expect(relative?.lower).toBeCloseTo(linear.lower, 3);
    expect(relative?.upper).toBeCloseTo(linear.upper, 3);
  });
});
