/**
 * Golden values were computed with 60 digits by mpmath 1.3.0 (`loggamma`, `gammainc(..., regularized=True)`, `ncdf`,
 * `findroot` for quantiles) and, for the hypergeometric tail, by exact fractions of binomial coefficients. R's lgamma,
 * ppois, pgamma, qgamma, pnorm, qnorm and phyper name the same quantities.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import {
  gammaQuantile,
  hypergeometricUpperTail,
  logGamma,
  logHypergeometricUpperTail,
  logPoissonUpperTail,
  logRegularisedGammaP,
  logRegularisedGammaQ,
  normalCdf,
  normalQuantile,
  poissonRateInterval,
  poissonUpperTail,
  regularisedGammaP,
  regularisedGammaQ,
} from "./index.ts";

/** How far off a figure is, in units of the right one. */
function errorOf(received: number, expected: number): number {
  return Math.abs(received - expected) / Math.abs(expected);
}

describe("logGamma", () => {
  it.each([
    [1e-5, 11.512919692895826],
    [0.5, 0.5723649429247001],
    [1.5, -0.12078223763524522],
    [3.7, 1.428072326665388],
    [10, 12.801827480081469],
    [14.9, 24.924132002217277],
    [100.25, 360.28455963776423],
    [1e6, 12815504.569147611],
  ])("of %d agrees with sixty digits", (x, expected) => {
    expect(errorOf(logGamma(x), expected)).toBeLessThan(1e-13);
  });

  it("is exactly zero at one and two, infinite at zero and undefined below", () => {
    expect([logGamma(1), logGamma(2), logGamma(0), logGamma(Infinity)]).toEqual([0, 0, Infinity, Infinity]);
    expect(logGamma(-0.5)).toBeNaN();
  });

  it("steps by log x", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), (x) => {
        expect(logGamma(x + 1)).toBeCloseTo(logGamma(x) + Math.log(x), 9);
      }),
    );
  });
});

describe("the incomplete gamma functions", () => {
  it.each([
    [0.5, 2, 0.9544997361036416, 0.04550026389635842],
    [2.5, 0.3, 0.011996757205906266, 0.9880032427940937],
    [2.5, 9, 0.9970535954121197, 0.0029464045878802906],
    [30, 200, 1, 9.818469937150793e-52],
  ])("P and Q of shape %d at %d agree with sixty digits", (shape, x, p, q) => {
    expect(errorOf(regularisedGammaP(shape, x), p)).toBeLessThan(1e-12);
    expect(errorOf(regularisedGammaQ(shape, x), q)).toBeLessThan(1e-12);
  });

  it("sum to one and rise with x", () => {
    const shape = fc.double({ min: 0.05, max: 2000, noNaN: true });
    const x = fc.double({ min: 1e-6, max: 4000, noNaN: true });
    fc.assert(
      fc.property(shape, x, (a, at) => {
        expect(Math.exp(logRegularisedGammaP(a, at)) + Math.exp(logRegularisedGammaQ(a, at))).toBeCloseTo(1, 12);
        expect(logRegularisedGammaP(a, at * 1.01)).toBeGreaterThanOrEqual(logRegularisedGammaP(a, at));
      }),
    );
  });

  it.each([
    [0.025, 1, 0.025317807984289876],
    [0.975, 1, 3.6888794541139354],
    [0.025, 10, 4.7953886961324335],
    [0.05, 1000, 948.5598493836511],
    [1e-12, 3.5, 0.0007515725174813806],
    [0.999, 0.2, 4.101964324738665],
    [0.3, 1e5, 99833.92863928512],
  ])("the quantile of %d at shape %d agrees with sixty digits", (probability, shape, expected) => {
    expect(errorOf(gammaQuantile(probability, shape), expected)).toBeLessThan(1e-11);
  });

  it("the quantile undoes P", () => {
    const probability = fc.double({ min: 1e-9, max: 1 - 1e-6, noNaN: true });
    const shape = fc.double({ min: 0.1, max: 5000, noNaN: true });
    fc.assert(
      fc.property(probability, shape, (p, a) => {
        expect(regularisedGammaP(a, gammaQuantile(p, a)) / p).toBeCloseTo(1, 9);
      }),
    );
  });

  it("refuse a shape that is not positive and a negative x", () => {
    expect(() => regularisedGammaP(0, 1)).toThrow(InvalidOption);
    expect(() => regularisedGammaQ(1, -1)).toThrow(InvalidOption);
    expect(() => regularisedGammaQ(NaN, 1)).toThrow(InvalidOption);
    expect(() => gammaQuantile(1.5, 1)).toThrow(InvalidOption);
  });
});

describe("the Poisson upper tail", () => {
  it.each([
    [3, 1, -2.5219682600313997],
    [5, 0.01, -27.821675013441002],
    [10, 10, -0.6123596078537547],
    [100, 20, -83.94606805427584],
    [1, 1e-10, -23.025850929990458],
    [500, 3.25, -2025.246452216114],
    [2000, 1000, -390.32164189110273],
    [1_000_000, 1_001_000, -0.17275373112418319],
  ])("of %d events at a mean of %d agrees with sixty digits in logs", (count, mean, expected) => {
    expect(errorOf(logPoissonUpperTail(count, mean), expected)).toBeLessThan(1e-11);
  });

  it("keeps its figures down to the smallest floats", () => {
    expect(errorOf(poissonUpperTail(90, 0.02), 8.169084525152726e-292)).toBeLessThan(1e-12);
    expect(errorOf(poissonUpperTail(2000, 1000), 3.0581920801687568e-170)).toBeLessThan(1e-11);
  });

  it("keeps pairs in order whose p-values have no float any more", () => {
    expect(poissonUpperTail(500, 3.25)).toBe(0);
    expect(logPoissonUpperTail(501, 3.25)).toBeLessThan(logPoissonUpperTail(500, 3.25));
  });

  it("is certain for no event and impossible without a mean", () => {
    expect(poissonUpperTail(0, 3)).toBe(1);
    expect(poissonUpperTail(2, 0)).toBe(0);
  });

  it("is what summing the masses gives", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0.01, max: 30, noNaN: true }), (count, mean) => {
        let mass = Math.exp(-mean);
        let below = 0;
        for (let k = 0; k < count; k++) {
          below += mass;
          mass *= mean / (k + 1);
        }
        expect(poissonUpperTail(count, mean)).toBeCloseTo(1 - below, 12);
      }),
    );
  });

  it("refuses a broken count and a negative mean", () => {
    expect(() => poissonUpperTail(1.5, 1)).toThrow(InvalidOption);
    expect(() => poissonUpperTail(0, -1)).toThrow(InvalidOption);
    expect(() => poissonUpperTail(2, -1)).toThrow(InvalidOption);
  });
});

describe("the exact interval of a Poisson rate", () => {
  // Garwood 1936, table for 95 %: 0 -> (0, 3.689), 5 -> (1.623, 11.668), 10 -> (4.795, 18.390).
  it.each([
    [0, 0, 3.6888794541139354],
    [10, 4.7953886961324335, 18.39035604201778],
  ])("after %d events runs from %d to %d", (count, lower, upper) => {
    const interval = poissonRateInterval(count, 0.95);
    expect(interval.lower).toBeCloseTo(lower, 10);
    expect(interval.upper).toBeCloseTo(upper, 10);
  });

  it("misses on each side with half of what the confidence leaves", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(0.8, 0.95, 0.999), (count, confidence) => {
        const { lower, upper } = poissonRateInterval(count, confidence);
        expect(poissonUpperTail(count, lower)).toBeCloseTo((1 - confidence) / 2, 9);
        expect(1 - poissonUpperTail(count + 1, upper)).toBeCloseTo((1 - confidence) / 2, 9);
      }),
    );
  });

  it("refuses a confidence that is no probability strictly between 0 and 1", () => {
    expect(() => poissonRateInterval(3, 1)).toThrow(InvalidOption);
    expect(() => poissonRateInterval(3, 0)).toThrow(InvalidOption);
  });
});

describe("the normal distribution", () => {
  it.each([
    [-10, 7.619853024160525e-24],
    [-1.5, 0.06680720126885807],
    [0, 0.5],
    [0.1, 0.539827837277029],
    [1.96, 0.9750021048517795],
    [5, 0.9999997133484281],
  ])("below %d lies what sixty digits say", (z, expected) => {
    expect(errorOf(normalCdf(z), expected)).toBeLessThan(1e-12);
  });

  it("has no surprises at infinity", () => {
    expect([normalCdf(-Infinity), normalCdf(Infinity)]).toEqual([0, 1]);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });

  it.each([
    [1e-300, -37.0470962993612],
    [1e-9, -5.9978070150076865],
    [0.025, -1.9599639845400543],
    [0.3, -0.5244005127080408],
    [0.975, 1.9599639845400538],
    [0.9999, 3.7190164854557084],
  ])("has its quantile of %d where sixty digits say", (probability, expected) => {
    expect(errorOf(normalQuantile(probability), expected)).toBeLessThan(1e-14);
  });

  it("has quantiles that undo it", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.999999, noNaN: true }), (probability) => {
        expect(normalCdf(normalQuantile(probability)) / probability).toBeCloseTo(1, 10);
      }),
    );
  });
});

describe("the hypergeometric upper tail", () => {
  it.each([
    [3, 8, 4, 4, 17 / 70], // Fisher, "The Design of Experiments" (1935): the lady tasting tea
    [12, 9835, 800, 30, 1.6921560807118033e-6],
    [5, 100, 50, 20, 0.9974801132893285],
    [400, 20000, 2000, 1500, 3.079767708493662e-83],
    [60, 1000, 500, 100, 0.022380751372507883],
    [90, 1000, 300, 100, 2.301356501799634e-40],
  ])("of %d marked, drawing from %d, agrees with exact fractions", (count, population, marked, drawn, expected) => {
    expect(errorOf(hypergeometricUpperTail(count, { population, marked, drawn }), expected)).toBeLessThan(1e-11);
  });

  it("is what counting every table gives", () => {
    const urn = fc.integer({ min: 1, max: 25 }).chain((population) =>
      fc.record({
        population: fc.constant(population),
        marked: fc.integer({ min: 0, max: population }),
        drawn: fc.integer({ min: 0, max: population }),
      }),
    );
    fc.assert(
      fc.property(urn, fc.integer({ min: 0, max: 26 }), ({ population, marked, drawn }, count) => {
        let favourable = 0;
        for (let k = count; k <= drawn; k++) favourable += choose(marked, k) * choose(population - marked, drawn - k);
        const exact = favourable / choose(population, drawn);
        expect(hypergeometricUpperTail(count, { population, marked, drawn })).toBeCloseTo(exact, 11);
      }),
    );
  });

  it("treats the two products alike", () => {
    expect(
      errorOf(
        logHypergeometricUpperTail(40, { population: 5000, marked: 300, drawn: 120 }),
        logHypergeometricUpperTail(40, { population: 5000, marked: 120, drawn: 300 }),
      ),
    ).toBeLessThan(1e-12);
  });

  it("refuses to mark more than there is", () => {
    expect(() => hypergeometricUpperTail(1, { population: 5, marked: 6, drawn: 1 })).toThrow(InvalidOption);
  });
});

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let product = 1;
  for (let i = 1; i <= k; i++) product = (product * (n - k + i)) / i;
  return product;
}
