/**
 * What a policy would have brought, from the log of another: seven estimators side by side, with intervals, the overlap
 * they stand on, and a verdict, which is refused where that is too thin. Formulas and sources stand with the estimators.
 */
import { InvalidOption, requireInteger, requireNumber } from "../../errors.ts";
import type { TrainingControls } from "../../models/training.ts";
import type { Random } from "../../random/index.ts";
import { type Interval } from "../../statistics/index.ts";
import { chooseLambda, type LambdaOptions } from "./choose-lambda.ts";
import { crossFit, numberUnits } from "./cross-fitting.ts";
import { readPolicy, requireDecisionLog, type DecisionLog, type TargetPolicy } from "./decision-log.ts";
import { directMethodTerms } from "./direct-method.ts";
import {
  doublyRobustTerms,
  selfNormalisedDoublyRobustTerms,
  shrinkWeight,
  switchWeight,
  type WeightRule,
} from "./doubly-robust.ts";
import { prepareRows, type EstimationRows } from "./estimation-rows.ts";
import { acceleratedInterval, bernsteinInterval, influenceOf, resample, type Resampled } from "./intervals.ts";
import { inversePropensityTerms, selfNormalisedTerms } from "./inverse-propensity.ts";
import type { Overlap } from "./overlap.ts";
import { learnRewardMeans } from "./reward-means.ts";
import type { RewardLearner } from "./reward-model.ts";
import { learnRewardRegression } from "./reward-regression.ts";
import { rowEstimates, valueOf, type Terms } from "./terms.ts";
import { completeLimits, refusalsOf, verdictOf, type OverlapLimits, type Verdict } from "./verdict.ts";

/** Estimators by their names in the literature. */
export type EstimatorName = "ips" | "snips" | "dm" | "dr" | "sndr" | "switchDr" | "drOs";

/**
 * What a policy brings a decision, by one estimator; all in the unit of the rewards. The intervals show chance, not bias:
 * those of the direct method, and as far as weights were held back those of Switch-DR and DRos, are too narrow where the
 * reward model is wrong.
 */
export interface OffPolicyEstimate extends Interval {
  readonly value: number;
  /** Holds at any number of rows; wide. Missing where rows are not independent or the estimate is not their mean. */
  readonly bernstein?: Interval;
  /** More than the logged policy brought, with the interval of the difference. */
  readonly gain: Interval & { readonly value: number };
  /** Chosen limit or shrinkage of the weights; null where they stayed as they are. */
  readonly lambda?: number | null;
}

/** What a log says of a policy. */
export interface OffPolicyReport {
  readonly estimates: Readonly<Record<EstimatorName, OffPolicyEstimate>>;
  /** What the decisions in the log brought. */
  readonly logged: Interval & { readonly value: number };
  readonly level: number;
  readonly overlap: Overlap;
  /** By the doubly robust estimate, or by `judgeBy`. */
  readonly verdict: Verdict;
}

export interface OffPolicyOptions extends TrainingControls {
  readonly random: Random;
  /** A regression where the log has contexts, shrunk means otherwise. */
  readonly rewardModel?: RewardLearner;
  /** Parts of the log whose rewards are predicted by models of the others. */
  readonly folds?: number;
  readonly resamples?: number;
  /** Coverage of the intervals. */
  readonly level?: number;
  /** Range that rewards can have, for the intervals of Bernstein; what was seen, and 0, when left out. */
  readonly rewardRange?: readonly [least: number, most: number];
  /** Largest weight that can occur, for the same; what was seen when left out. */
  readonly weightLimit?: number;
  /** How Switch-DR and DRos choose their lambda. */
  readonly tuning?: LambdaOptions;
  readonly judgeBy?: EstimatorName;
  readonly limits?: OverlapLimits;
}

/**
 * @throws InvalidInput when a row or the policy is no good, for example at `rows[17].propensity` or `policy[17]`
 * @throws InvalidOption when a setting is out of range
 * @example
 * const report = await evaluateOffPolicy(log, uniformPolicy, { random: createRandom("report") });
 * report.verdict.kind === "refused" ? report.verdict.text : report.estimates.dr.value;
 */
export async function evaluateOffPolicy(
  log: DecisionLog,
  policy: TargetPolicy,
  options: OffPolicyOptions,
): Promise<OffPolicyReport> {
  const { random, folds = 3, resamples = 1000, level = 0.95, tuning, judgeBy = "dr" } = options;
  const { onProgress, signal } = options;
  requireDecisionLog(log);
  requireInteger("resamples", resamples, 2);
  requireNumber("level", level, 0.5, 0.9999);
  const limits = completeLimits(options.limits);
  const { rewardModel = log.context ? learnRewardRegression() : learnRewardMeans } = options;
  const controls = { onProgress, signal };
  const models = await crossFit(log, rewardModel, { folds, random: random.fork("folds"), ...controls });
  const { rows, overlap } = await prepareRows(log, readPolicy(policy, log), models, controls);

  const estimators = estimatorsOf(rows, tuning);
  const logged: Terms = { base: rows.reward };
  const numbered = numberUnits(log);
  const drawn = await resample([logged, ...estimators.map(({ terms }) => terms)], {
    random: random.fork("resamples"),
    resamples,
    ...numbered,
    ...controls,
  });
  const spans = { rewards: rewardSpan(rows, options), weightLimit: weightLimit(overlap, options) };
  const influence = (terms: Terms): Float64Array => influenceOf(terms, numbered.unitOfRow, numbered.units);
  const ran = { value: valueOf(logged), resampled: drawn[0], influence: influence(logged) };
  const estimates = estimators.map(({ name, terms, lambda, weightOf }, index): [EstimatorName, OffPolicyEstimate] => {
    const own = { value: valueOf(terms), resampled: drawn[index + 1], influence: influence(terms) };
    const gain = difference(own, ran);
    const each = log.unit ? undefined : rowEstimates(terms);
    const estimate: OffPolicyEstimate = {
      value: own.value,
      ...acceleratedInterval(own, level),
      gain: { value: gain.value, ...acceleratedInterval(gain, level) },
      ...(each && { bernstein: bernsteinInterval(each, { span: spanOf(terms, spans, weightOf), level }) }),
      ...(lambda !== undefined && { lambda: lambda === Infinity ? null : lambda }),
    };
    return [name, estimate];
  });
  const byName = byEstimator(estimates);
  return {
    estimates: byName,
    logged: { value: ran.value, ...acceleratedInterval(ran, level) },
    level,
    overlap,
    verdict: verdictOf(refusalsOf(overlap, limits), byName[judgeBy].gain),
  };
}

function difference(one: Resampled, other: Resampled): Resampled {
  return {
    value: one.value - other.value,
    resampled: one.resampled.map((value, sample) => value - other.resampled[sample]),
    influence: one.influence.map((value, unit) => value - other.influence[unit]),
  };
}

interface Estimator {
  readonly name: EstimatorName;
  readonly terms: Terms;
  readonly lambda?: number;
  /** Largest that stands in for weights up to one. */
  readonly weightOf?: (limit: number) => number;
}

/** Every estimator on the same rows. */
function estimatorsOf(rows: EstimationRows, tuning?: LambdaOptions): readonly Estimator[] {
  const chosen = (
    name: EstimatorName,
    rule: WeightRule,
    most: (limit: number, lambda: number) => number,
  ): Estimator => {
    const { lambda, terms } = chooseLambda(rows, rule, tuning);
    return { name, terms, lambda, weightOf: (limit) => most(limit, lambda) };
  };
  return [
    { name: "ips", terms: inversePropensityTerms(rows) },
    { name: "snips", terms: selfNormalisedTerms(rows) },
    { name: "dm", terms: directMethodTerms(rows) },
    { name: "dr", terms: doublyRobustTerms(rows) },
    { name: "sndr", terms: selfNormalisedDoublyRobustTerms(rows) },
    chosen("switchDr", switchWeight, Math.min),
    // lambda w / (w^2 + lambda) is largest at the root of lambda.
    chosen("drOs", shrinkWeight, (limit, lambda) => shrinkWeight(Math.min(limit, Math.sqrt(lambda)), lambda)),
  ];
}

function byEstimator(
  estimates: readonly (readonly [EstimatorName, OffPolicyEstimate])[],
): Record<EstimatorName, OffPolicyEstimate> {
  const of = (name: EstimatorName): OffPolicyEstimate => {
    const found = estimates.find(([own]) => own === name);
    if (!found) throw new InvalidOption("judgeBy", name, "the name of an estimator");
    return found[1];
  };
  return {
    ips: of("ips"),
    snips: of("snips"),
    dm: of("dm"),
    dr: of("dr"),
    sndr: of("sndr"),
    switchDr: of("switchDr"),
    drOs: of("drOs"),
  };
}

/** Least and most that a reward can be, 0 among them. */
function rewardSpan({ reward }: EstimationRows, { rewardRange }: OffPolicyOptions): number {
  const seen = reward.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [0, 0]);
  const [least, most] = rewardRange ?? [seen[0], seen[1]];
  if (!(least <= seen[0] && most >= seen[1])) {
    throw new InvalidOption(
      "rewardRange",
      `${least}, ${most}`,
      `a range that holds 0 and all rewards: ${seen.join(", ")}`,
    );
  }
  return most - least;
}

function weightLimit({ largestWeight }: Overlap, { weightLimit: limit = largestWeight }: OffPolicyOptions): number {
  requireNumber("weightLimit", limit, largestWeight);
  return limit;
}

/** How far apart the estimates of two rows can lie: a base lies among the rewards, a correction of it within w of them. */
function spanOf(
  { base, correction }: Terms,
  { rewards, weightLimit: limit }: { readonly rewards: number; readonly weightLimit: number },
  weightOf: (limit: number) => number = (weight) => weight,
): number {
  if (!correction) return rewards;
  return base ? rewards * (1 + 2 * weightOf(limit)) : rewards * limit;
}
