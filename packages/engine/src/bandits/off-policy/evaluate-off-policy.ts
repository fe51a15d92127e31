/**
 * What a policy would have brought, from the log of another: seven estimators side by side, with intervals, the overlap
 * they stand on, and a verdict, which is refused where that is too thin. Formulas and sources stand with the estimators.
 */
import { InvalidOption, requireInteger, requireNumber } from "../../errors.ts";
import { paced, type TrainingControls } from "../../models/training.ts";
import type { Random } from "../../random/index.ts";
import type { Interval } from "../../statistics/index.ts";
import { completeLambdaOptions, type LambdaOptions } from "./choose-lambda.ts";
import { crossFit } from "./cross-fitting.ts";
import { readPolicy, requireDecisionLog, type DecisionLog, type TargetPolicy } from "./decision-log.ts";
import { prepareRows, type EstimationRows } from "./estimation-rows.ts";
import { estimateAll, type OffPolicyEstimate } from "./estimate.ts";
import { estimatorNames, estimatorsInPieces, type EstimatorName } from "./estimators.ts";
import { heaviest, type Overlap } from "./overlap.ts";
import { learnRewardMeans } from "./reward-means.ts";
import type { RewardLearner } from "./reward-model.ts";
import { learnRewardRegression } from "./reward-regression.ts";
import { numberUnits } from "./units.ts";
import { completeLimits, refusalsOf, verdictOf, type OverlapLimits, type Verdict } from "./verdict.ts";

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
  requireDecisionLog(log);
  const settings = completeSettings(log, options);
  const { random, folds, resamples, level, judgeBy, controls } = settings;
  const models = await crossFit(log, settings.rewardModel, { folds, random: random.fork("folds"), ...controls });
  const { rows, overlap } = await prepareRows(log, readPolicy(policy, log), models, controls);
  const weightLimit = options.weightLimit ?? overlap.largestWeight;
  requireNumber("weightLimit", weightLimit, overlap.largestWeight, heaviest);
  const estimators = await paced("choosing lambdas", estimatorsInPieces(rows, settings.tuning), controls);
  const { estimates, logged } = await estimateAll(rows, estimators, {
    random: random.fork("resamples"),
    resamples,
    level,
    units: numberUnits(log),
    rewardSpan: settings.rewardSpan,
    weightLimit,
    ...controls,
  });
  const refusals = refusalsOf(overlap, rewardedDecisions(rows, overlap), settings.limits);
  return { estimates, logged, level, overlap, verdict: verdictOf(refusals, estimates[judgeBy].gain) };
}

/** Settings, checked before any work is done. */
function completeSettings(log: DecisionLog, options: OffPolicyOptions) {
  const {
    random,
    rewardModel = log.context ? learnRewardRegression() : learnRewardMeans,
    folds = 3,
    resamples = 1000,
    level = 0.95,
    judgeBy = "dr",
    onProgress,
    signal,
  } = options;
  requireInteger("folds", folds, 2);
  requireInteger("resamples", resamples, 2);
  requireNumber("level", level, 0.5, 0.9999);
  if (!estimatorNames.includes(judgeBy)) {
    throw new InvalidOption("judgeBy", judgeBy, `one of ${estimatorNames.join(", ")}`);
  }
  const limits = completeLimits(options.limits);
  const tuning = completeLambdaOptions(options.tuning);
  const rewardSpan = rewardSpanOf(log, options.rewardRange);
  return {
    random,
    rewardModel,
    folds,
    resamples,
    level,
    judgeBy,
    limits,
    tuning,
    rewardSpan,
    controls: { onProgress, signal },
  };
}

/** How far rewards can lie apart, 0 among them. */
function rewardSpanOf({ reward }: DecisionLog, range?: readonly [least: number, most: number]): number {
  let [lowest, highest] = [0, 0];
  for (let row = 0; row < reward.length; row++) {
    lowest = Math.min(lowest, reward[row]);
    highest = Math.max(highest, reward[row]);
  }
  const [least, most] = range ?? [lowest, highest];
  if (!(least <= lowest && most >= highest)) {
    const expected = `a range that holds 0 and all rewards, which go from ${lowest} to ${highest}`;
    throw new InvalidOption("rewardRange", `${least}, ${most}`, expected);
  }
  return most - least;
}

/**
 * Of the decisions of the policy itself that the log is worth, those that were rewarded. Rewarded rows alone would not do:
 * a heavy weight lets one stand for many.
 */
function rewardedDecisions({ reward, weight }: EstimationRows, { effectiveSampleSize }: Overlap): number {
  let counting = 0;
  let rewarded = 0;
  for (const [row, own] of reward.entries()) {
    if (weight[row] === 0) continue;
    counting++;
    if (own !== 0) rewarded++;
  }
  return counting === 0 ? 0 : (effectiveSampleSize * rewarded) / counting;
}
