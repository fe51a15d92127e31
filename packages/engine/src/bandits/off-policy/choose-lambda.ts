/**
 * How far to trust heavy weights, from the log itself.
 *
 * SLOPE: candidates from the widest confidence interval to the narrowest; the last one that still agrees with all before
 * it. Su, Srinath and Krishnamurthy, "Adaptive estimator selection for off-policy evaluation", ICML 2020, with the
 * constant of Tucker and Lee, "Improved estimator selection for off-policy evaluation", RL theory workshop at ICML 2021.
 *
 * Estimated mean squared error: variance, plus the square of a high-probability bound on the bias. Su, Dimakopoulou,
 * Krishnamurthy and Dudik, "Doubly robust off-policy evaluation with shrinkage", ICML 2020, appendix.
 */
import { InvalidOption } from "../../errors.ts";
import type { InPieces } from "../../matrix/pieces.ts";
import { momentsOf, normalQuantile } from "../../statistics/index.ts";
import { doublyRobustTerms, type WeightRule } from "./doubly-robust.ts";
import type { EstimationRows } from "./estimation-rows.ts";
import { rowEstimates, type Terms } from "./terms.ts";

/** How lambda is chosen. */
export type LambdaChoice = "slope" | "mean-squared-error";

export interface LambdaOptions {
  /** What to choose from; Infinity leaves the weights as they are. */
  readonly lambdas?: readonly number[];
  readonly chooseBy?: LambdaChoice;
  /** Chance that an interval used for the choice misses on its side. */
  readonly delta?: number;
}

/** Those of Open Bandit Pipeline's examples. */
export const defaultLambdas: readonly number[] = [10, 50, 100, 500, 1000, 5000, 10_000, Infinity];

/** The estimate under one lambda. */
interface Candidate {
  readonly lambda: number;
  readonly mean: number;
  /** Standard error of `mean`. */
  readonly error: number;
  /** Mean correction that was left out with the weights held back. */
  readonly left: number;
}

/**
 * @returns the terms of the doubly robust estimator under the rule, with the lambda that was chosen; pauses after each
 * candidate
 * @throws InvalidOption when there is no candidate, or one is negative
 * @example
 * const { lambda, terms } = atOnce(chooseLambdaInPieces(rows, shrinkWeight, { chooseBy: "slope" }));
 */
export function* chooseLambdaInPieces(
  rows: EstimationRows,
  rule: WeightRule,
  options: LambdaOptions = {},
): InPieces<{ lambda: number; terms: Terms }> {
  const { lambdas, chooseBy, delta } = completeLambdaOptions(options);
  const candidates: Candidate[] = [];
  // Least biased first: of candidates that say the same, that one is taken.
  for (const lambda of lambdas.toSorted((a, b) => b - a)) {
    candidates.push(judge(rows, rule, lambda));
    yield;
  }
  const { lambda } = chooseBy === "slope" ? bySlope(candidates, delta) : byMeanSquaredError(candidates, rows, delta);
  return { lambda, terms: termsUnder(rows, rule, lambda) };
}

/** @throws InvalidOption when there is no candidate, or one is negative */
export function completeLambdaOptions({
  lambdas = defaultLambdas,
  chooseBy = "slope",
  delta = 0.1,
}: LambdaOptions = {}): Required<LambdaOptions> {
  if (lambdas.length === 0 || !lambdas.every((lambda) => lambda >= 0)) {
    throw new InvalidOption("lambdas", lambdas.join(", "), "at least one number, none below 0");
  }
  if (!(delta > 0 && delta < 1)) throw new InvalidOption("delta", delta, "a number between 0 and 1");
  return { lambdas, chooseBy, delta };
}

function termsUnder(rows: EstimationRows, rule: WeightRule, lambda: number): Terms {
  return doublyRobustTerms(
    rows,
    rows.weight.map((weight) => rule(weight, lambda)),
  );
}

function judge(rows: EstimationRows, rule: WeightRule, lambda: number): Candidate {
  const { weight, reward, predicted } = rows;
  let left = 0;
  for (let row = 0; row < weight.length; row++) {
    left += (weight[row] - rule(weight[row], lambda)) * (reward[row] - predicted[row]);
  }
  const { mean, variance, count } = momentsOf(rowEstimates(termsUnder(rows, rule, lambda)) ?? []);
  return { lambda, mean, error: Math.sqrt(variance / count), left: left / count };
}

function bySlope(candidates: readonly Candidate[], delta: number): Candidate {
  const widthOf = ({ error }: Candidate): number => error * normalQuantile(1 - delta);
  const ordered = candidates.toSorted((a, b) => b.error - a.error);
  const agrees = (one: Candidate, wider: Candidate): boolean =>
    Math.abs(one.mean - wider.mean) <= widthOf(one) + (Math.sqrt(6) - 1) * widthOf(wider);
  let chosen = ordered[0];
  for (const [index, candidate] of ordered.entries()) {
    if (!ordered.slice(0, index).every((wider) => agrees(candidate, wider))) break;
    if (candidate.error < chosen.error) chosen = candidate;
  }
  return chosen;
}

function byMeanSquaredError(candidates: readonly Candidate[], { weight }: EstimationRows, delta: number): Candidate {
  const rows = weight.length;
  const log = Math.log(2 / delta);
  const squares = weight.reduce((sum, w) => sum + w * w, 0);
  const largest = weight.reduce((most, w) => Math.max(most, w), 0);
  // Bernstein's inequality for what was left out.
  const margin = Math.sqrt(2 * squares * log) / rows + (2 * largest * log) / (3 * rows);
  const lossOf = ({ error, left }: Candidate): number => error ** 2 + (Math.abs(left) + margin) ** 2;
  return candidates.reduce((best, candidate) => (lossOf(candidate) < lossOf(best) ? candidate : best));
}
