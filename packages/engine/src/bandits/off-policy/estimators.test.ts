/** The estimators on rows small enough to work out by hand, and on many logs of a world whose truth is known. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../../errors.ts";
import { atOnce } from "../../matrix/pieces.ts";
import { createRandom } from "../../random/index.ts";
import { momentsOf } from "../../statistics/index.ts";
import { chooseLambdaInPieces, type LambdaOptions } from "./choose-lambda.ts";
import { directMethodTerms } from "./direct-method.ts";
import {
  doublyRobustTerms,
  selfNormalisedDoublyRobustTerms,
  shrinkWeight,
  switchWeight,
  type WeightRule,
} from "./doubly-robust.ts";
import type { EstimationRows } from "./estimation-rows.ts";
import { inversePropensityTerms, selfNormalisedTerms } from "./inverse-propensity.ts";
import { createSyntheticSource, trueValue } from "./synthetic-log.ts";
import { valueOf } from "./terms.ts";

const chooseLambda = (some: EstimationRows, rule: WeightRule, options: LambdaOptions) =>
  atOnce(chooseLambdaInPieces(some, rule, options));

/** Four rows: weights add up to 4, products w r to 3. */
const rows: EstimationRows = {
  weight: Float64Array.of(2, 0.5, 1, 0.5),
  reward: Float64Array.of(1, 0, 1, 0),
  direct: Float64Array.of(0.5, 0.5, 0.75, 0.25),
  predicted: Float64Array.of(0.75, 0.5, 0.5, 0.5),
};

describe("estimators, by hand", () => {
  it.each([
    ["IPS: 3 / 4", inversePropensityTerms(rows), 0.75],
    ["SNIPS: 3 / 4, for the weights average 1", selfNormalisedTerms(rows), 0.75],
    ["DM: 2 / 4", directMethodTerms(rows), 0.5],
    ["DR: (2 + 0.5 - 0.25 + 0.5 - 0.25) / 4", doublyRobustTerms(rows), 0.625],
    ["SNDR: 2 / 4 + 0.5 / 4", selfNormalisedDoublyRobustTerms(rows), 0.625],
  ])("%s", (_, terms, expected) => {
    expect(valueOf(terms)).toBeCloseTo(expected, 12);
  });

  it("SNIPS and SNDR divide by the weights, whatever they add up to", () => {
    const heavy = { ...rows, weight: rows.weight.map((w) => 3 * w) };
    expect(valueOf(selfNormalisedTerms(heavy))).toBeCloseTo(0.75, 12);
    expect(valueOf(selfNormalisedDoublyRobustTerms(heavy))).toBeCloseTo(0.625, 12);
  });
});

const anyRows = fc
  .array(fc.tuple(fc.double({ min: 0, max: 50, noNaN: true }), fc.integer({ min: 0, max: 1 }), unit(), unit()), {
    minLength: 2,
    maxLength: 30,
  })
  .map((entries): EstimationRows => {
    const column = (index: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(entries, (entry) => entry[index]);
    return { weight: column(0), reward: column(1), direct: column(2), predicted: column(3) };
  });

function unit(): fc.Arbitrary<number> {
  return fc.double({ min: 0, max: 1, noNaN: true });
}

describe("between the direct method and doubly robust", () => {
  it.each([
    ["Switch-DR", switchWeight],
    ["DRos", shrinkWeight],
  ])("%s is the one at lambda 0 and the other at no limit", (_, rule) => {
    fc.assert(
      fc.property(anyRows, (some) => {
        const none = chooseLambda(some, rule, { lambdas: [0] });
        const all = chooseLambda(some, rule, { lambdas: [Infinity] });
        expect(valueOf(none.terms)).toBeCloseTo(valueOf(directMethodTerms(some)), 10);
        expect(valueOf(all.terms)).toBeCloseTo(valueOf(doublyRobustTerms(some)), 10);
      }),
    );
  });

  it("DRos never weighs more than the importance weight, nor more than half the root of lambda", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (w, l) => {
          expect(shrinkWeight(w, l)).toBeLessThanOrEqual(Math.min(w, Math.sqrt(l) / 2) * (1 + 1e-12));
        },
      ),
    );
  });

  it.each(["slope", "mean-squared-error"] as const)("lambda is one of those offered (%s)", (chooseBy) => {
    fc.assert(
      fc.property(anyRows, (some) => {
        const lambdas = [1, 5, Infinity];
        expect(lambdas).toContain(chooseLambda(some, shrinkWeight, { lambdas, chooseBy }).lambda);
      }),
    );
  });

  it("SLOPE leaves heavy weights to a model that agrees with them, and keeps them where it does not", () => {
    const random = createRandom("slope");
    const build = (predicted: number): EstimationRows => {
      const weight = Float64Array.from({ length: 4000 }, () => (random.next() < 0.01 ? 50 : 0.5));
      const reward = weight.map(() => (random.next() < 0.5 ? 1 : 0));
      return { weight, reward, direct: weight.map(() => predicted), predicted: weight.map(() => predicted) };
    };
    const lambdas = [1, Infinity];
    expect(chooseLambda(build(0.5), switchWeight, { lambdas }).lambda).toBe(1);
    expect(chooseLambda(build(0), switchWeight, { lambdas }).lambda).toBe(Infinity);
  });

  it("needs something to choose from", () => {
    expect(() => chooseLambda(rows, switchWeight, { lambdas: [] })).toThrow(InvalidOption);
    expect(() => chooseLambda(rows, switchWeight, { lambdas: [-1] })).toThrow(InvalidOption);
    expect(() => chooseLambda(rows, switchWeight, { delta: 0 })).toThrow("delta");
  });
});

describe("over many logs of one world", () => {
  const source = createSyntheticSource({ seed: "unbiased", actions: 4, contextWidth: 2, inverseTemperature: 2 });
  const logs = Array.from({ length: 400 }, () => source.draw(100));
  /** Error of an estimator over its truth, for a policy that always takes action 0 with 0.7, with a constant model. */
  const errors = logs.map((log) => {
    const chances = Float64Array.from(log.expectedReward, (_, cell) => (cell % 4 === 0 ? 0.7 : 0.1));
    const weight = Float64Array.from(log.action, (a, row) => chances[4 * row + a] / log.propensity[row]);
    const constant = weight.map(() => 0.9);
    const prepared = { weight, reward: Float64Array.from(log.reward), direct: constant, predicted: constant };
    const truth = trueValue(log, chances);
    return [inversePropensityTerms, doublyRobustTerms, directMethodTerms].map(
      (terms) => valueOf(terms(prepared)) - truth,
    );
  });
  const errorOf = (index: number): { mean: number; standardError: number } => {
    const { mean, variance, count } = momentsOf(errors.map((error) => error[index]));
    return { mean, standardError: Math.sqrt(variance / count) };
  };

  it.each([
    ["IPS", 0],
    ["DR, with a model that is wrong,", 1],
  ])("%s is right on average", (_, index) => {
    const { mean, standardError } = errorOf(index);
    expect(standardError).toBeLessThan(0.01);
    expect(Math.abs(mean)).toBeLessThan(3.5 * standardError);
  });

  it("the direct method keeps the whole error of its model", () => {
    expect(errorOf(2).mean).toBeGreaterThan(0.2);
  });
});
