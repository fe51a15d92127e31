import { describe, expect, it } from "vitest";
import { momentsOfArms } from "./adjustment.ts";
import { chancesToBeBest } from "./best-arm.ts";
import { momentsOfShare } from "./metrics.ts";
import { posteriorOf, type Posterior } from "./posterior.ts";

const round = (value: number): number => Number(value.toFixed(5));

function figures({ value, lower, upper, chanceToWin, expectedLoss }: Posterior): number[] {
  return [value, lower, upper, chanceToWin, expectedLoss.control, expectedLoss.treatment].map(round);
}

const [control, treatment] = momentsOfArms([
  { kind: "mean", count: 10, sum: 100, sumOfSquares: 1002.25 },
  { kind: "mean", count: 10, sum: 105, sumOfSquares: 1111.5 },
]);

/** The golden values are those of GrowthBook's gbstats, packages/stats/tests/bayesian, to five places. */
describe("the belief in a difference", () => {
  it("is that of GrowthBook for shares", () => {
    expect(figures(posteriorOf(momentsOfShare(100, 49), momentsOfShare(100, 51)))).toEqual([
      0.04082, -0.24779, 0.32943, 0.60918, 0.0814, 0.04058,
    ]);
  });

  it("is that of GrowthBook for means", () => {
    const posterior = posteriorOf(control, treatment);
    expect(figures(posterior)).toEqual([0.05, -0.02, 0.12, 0.91923, 0.05131, 0.00131]);
  });

  it("is drawn towards what was believed before", () => {
    const posterior = posteriorOf(control, treatment, { prior: { mean: 0.1, variance: 0.1 } });
    expect(figures(posterior).slice(0, 4)).toEqual([0.05063, -0.01893, 0.12019, 0.92315]);
  });

  it("turns round for a metric that is better lower", () => {
    const higher = posteriorOf(control, treatment);
    const lower = posteriorOf(control, treatment, { better: "lower" });
    expect(lower.chanceToWin).toBeCloseTo(1 - higher.chanceToWin, 12);
    expect(lower.expectedLoss).toEqual({
      control: higher.expectedLoss.treatment,
      treatment: higher.expectedLoss.control,
    });
  });

  it("is not formed from nothing", () => {
    expect(() => posteriorOf({ count: 1, mean: 1, variance: NaN }, treatment)).toThrow("control.count");
    const certain = { count: 5, mean: 1, variance: 0 };
    expect(() => posteriorOf(certain, certain)).toThrow("variance");
    expect(() => posteriorOf(control, treatment, { prior: { mean: 0, variance: 0 } })).toThrow("prior.variance");
  });
});

describe("the best of several arms", () => {
  it("agrees with the comparison of two", () => {
    const [, best] = chancesToBeBest([control, treatment]);
    const { chanceToWin, expectedLoss } = posteriorOf(control, treatment, { difference: "absolute" });
    expect(best.chanceToBeBest).toBeCloseTo(chanceToWin, 9);
    expect(best.expectedLoss).toBeCloseTo(expectedLoss.treatment, 9);
  });

  it("stays exact when one arm is known a thousand times better than the other", () => {
    const vague = { count: 100, mean: 10, variance: 400 };
    const sharp = { count: 1_000_000, mean: 10.5, variance: 4 };
    const [, best] = chancesToBeBest([vague, sharp]);
    expect(best.chanceToBeBest).toBeCloseTo(posteriorOf(vague, sharp, { difference: "absolute" }).chanceToWin, 8);
  });

  it("is anyone's guess among equals, and the chances sum to 1", () => {
    const equals = chancesToBeBest([control, control, control, control]);
    for (const { chanceToBeBest } of equals) expect(chanceToBeBest).toBeCloseTo(0.25, 12);
    // The expected maximum of four standard normals is 1.0294 (Tippett 1925, table of the range).
    expect(equals[0].expectedLoss / Math.sqrt(control.variance / control.count)).toBeCloseTo(1.02938, 5);
  });

  it("turns round for a metric that is better lower", () => {
    const [low, high] = chancesToBeBest([control, treatment], "lower");
    expect(low.chanceToBeBest).toBeGreaterThan(high.chanceToBeBest);
  });
});
