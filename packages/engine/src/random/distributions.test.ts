import { describe, expect, it } from "vitest";
import { beta, exponential, gamma, gumbel, normal } from "./distributions.ts";
import { createRandom, type Random } from "./generator.ts";
import { poisson } from "./poisson.ts";

const draws = 40_000;

/** What a distribution should look like. Kurtosis (3 for the normal) says how well a sample can know the variance. */
interface Shape {
  mean: number;
  variance: number;
  kurtosis: number;
}

/** How far a right sampler may stray, in standard errors: beyond it once in two million. */
const tolerance = 5;

/** How far the sample's mean and variance are from the true ones, in standard errors; the larger of the two. */
function momentError(draw: (random: Random) => number, { mean, variance, kurtosis }: Shape): number {
  const random = createRandom("moments");
  const sample = Float64Array.from({ length: draws }, () => draw(random));
  const sampleMean = sample.reduce((sum, x) => sum + x, 0) / draws;
  const sampleVariance = sample.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws;
  return Math.max(
    Math.abs(sampleMean - mean) / Math.sqrt(variance / draws),
    Math.abs(sampleVariance - variance) / (variance * Math.sqrt((kurtosis - 1) / draws)),
  );
}

/** How far the share of draws for which something holds is from the true one, in standard errors. */
function shareError(share: number, holds: (random: Random) => boolean): number {
  const random = createRandom("shares");
  let count = 0;
  for (let i = 0; i < draws; i++) count += Number(holds(random));
  return Math.abs(count / draws - share) / Math.sqrt((share * (1 - share)) / draws);
}

describe("continuous distributions", () => {
  it("normal has mean 0, variance 1 and the tails of the table", () => {
    expect(momentError(normal, { mean: 0, variance: 1, kurtosis: 3 })).toBeLessThan(tolerance);
    expect(shareError(0.05, (random) => Math.abs(normal(random)) > 1.959964)).toBeLessThan(tolerance);
    expect(shareError(0.0013499, (random) => normal(random) < -3)).toBeLessThan(tolerance);
  });

  it("exponential has mean and variance 1", () => {
    expect(momentError(exponential, { mean: 1, variance: 1, kurtosis: 9 })).toBeLessThan(tolerance);
  });

  it("Gumbel has Euler's constant as its mean", () => {
    expect(momentError(gumbel, { mean: 0.5772156649, variance: Math.PI ** 2 / 6, kurtosis: 5.4 })).toBeLessThan(
      tolerance,
    );
  });

  it("the largest of log weight plus Gumbel is drawn by weight", () => {
    expect(shareError(0.3, (random) => Math.log(3) + gumbel(random) > Math.log(7) + gumbel(random))).toBeLessThan(
      tolerance,
    );
  });

  it.each([0.05, 0.5, 1, 2.5, 100])("gamma of shape %d has its shape as mean and variance", (shape) => {
    expect(
      momentError((random) => gamma(random, shape), { mean: shape, variance: shape, kurtosis: 3 + 6 / shape }),
    ).toBeLessThan(tolerance);
  });

  it.each([
    [1, 1],
    [0.5, 0.5],
    [2, 5],
    [300, 20],
  ])("beta of %d and %d has its mean and variance", (a, b) => {
    const sum = a + b;
    const excess = (6 * ((a - b) ** 2 * (sum + 1) - a * b * (sum + 2))) / (a * b * (sum + 2) * (sum + 3));
    const shape = { mean: a / sum, variance: (a * b) / (sum ** 2 * (sum + 1)), kurtosis: 3 + excess };
    expect(momentError((random) => beta(random, a, b), shape)).toBeLessThan(tolerance);
  });

  it("beta of tiny shapes is nearly a coin, and never NaN", () => {
    const random = createRandom("tiny");
    for (let i = 0; i < 1000; i++) expect(beta(random, 1e-4, 1e-4)).toSatisfy((x: number) => x >= 0 && x <= 1);
    expect(shareError(0.25, (random) => beta(random, 1e-3, 3e-3) > 0.5)).toBeLessThan(tolerance);
  });

  it("refuses shapes that are not positive", () => {
    const random = createRandom(1);
    expect(() => gamma(random, 0)).toThrow('Option "shape" must be a positive number; received 0.');
    expect(() => beta(random, 1, Number.NaN)).toThrow('"beta"');
    expect(() => beta(random, -1, 1)).toThrow('"alpha"');
  });
});

describe("Poisson counts", () => {
  it.each([0.1, 3, 9.99, 10, 12.5, 400, 1e6])("of mean %d have it as mean and variance", (mean) => {
    expect(
      momentError((random) => poisson(random, mean), { mean, variance: mean, kurtosis: 3 + 1 / mean }),
    ).toBeLessThan(tolerance);
  });

  it.each([4, 11, 40])("of mean %d fall on each count as often as the formula says", (mean) => {
    const random = createRandom("counts");
    const counts = new Float64Array(100);
    for (let i = 0; i < draws; i++) counts[poisson(random, mean)]++;
    let probability = Math.exp(-mean);
    for (let count = 0; count < counts.length; count++) {
      if (count > 0) probability *= mean / count;
      const slack = 5 * Math.sqrt(draws * probability * (1 - probability)) + 3;
      expect(Math.abs(counts[count] - draws * probability)).toBeLessThan(slack);
    }
  });

  it("are always zero for mean 0, and refuse a mean below it", () => {
    expect(poisson(createRandom(1), 0)).toBe(0);
    expect(() => poisson(createRandom(1), -1)).toThrow('Option "mean" must be a number at least 0; received -1.');
  });
});
