/**
 * What a policy would have brought, from the log of another: seven estimators side by side, with intervals, the overlap
 * they stand on, and a verdict, which is refused where that is too thin. Formulas and sources stand with the estimators.
 */
import { InvalidOption, requireInteger, requireNumber } from "../../errors.ts";
import type { TrainingControls } from "../../models/training.ts";
import type { Random } from "../../random/index.ts";
import type { Interval } from "../../statistics/index.ts";
import type { LambdaOptions } from "./choose-lambda.ts";
import { crossFit } from "./cross-fitting.ts";
import { readPolicy, requireDecisionLog, type DecisionLog, type TargetPolicy } from "./decision-log.ts";
import { prepareRows, type EstimationRows } from "./estimation-rows.ts";
import { estimatorNames, estimatorsOf, type Estimator, type EstimatorName } from "./estimators.ts";
import { acceleratedInterval, bernsteinInterval, influenceOf, resample, type Resampled } from "./intervals.ts";
import type { Overlap } from "./overlap.ts";
import { learnRewardMeans } from "./reward-means.ts";
import type { RewardLearner } from "./reward-model.ts";
import { learnRewardRegression } from "./reward-regression.ts";
import { rowEstimates, valueOf, type Terms } from "./terms.ts";
import { numberUnits } from "./units.ts";
import { completeLimits, refusalsOf, verdictOf, type OverlapLimits, type Verdict } from "./verdict.ts";

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
  requireDecisionLog(log);
  const settings = completeSettings(log, options);
  const { random, folds, resamples, level, judgeBy, controls } = settings;
  const models = await crossFit(log, settings.rewardModel, { folds, random: random.fork("folds"), ...controls });
  const { rows, overlap } = await prepareRows(log, readPolicy(policy, log), models, controls);
  const weightLimit = options.weightLimit ?? overlap.largestWeight;
  requireNumber("weightLimit", weightLimit, overlap.largestWeight);

  const estimators = estimatorsOf(rows, options.tuning);
  const ofLogged: Terms = { base: rows.reward };
  const units = numberUnits(log);
  const drawn = await resample([ofLogged, ...estimatorNames.map((name) => estimators[name].terms)], {
    random: random.fork("resamples"),
    resamples,
    ...units,
    ...controls,
  });
  const resampled = (terms: Terms, index: number): Resampled => ({
    value: valueOf(terms),
    resampled: drawn[index],
    influence: influenceOf(terms, units),
  });
  const logged = resampled(ofLogged, 0);
  const estimate = (name: EstimatorName): OffPolicyEstimate => {
    const { terms, lambda } = estimators[name];
    const own = resampled(terms, 1 + estimatorNames.indexOf(name));
    const gain = difference(own, logged);
    const each = log.unit ? undefined : rowEstimates(terms);
    const span = spanOf(estimators[name], settings.rewardSpan, weightLimit);
    return {
      value: own.value,
      ...acceleratedInterval(own, level),
      gain: { value: gain.value, ...acceleratedInterval(gain, level) },
      ...(each && { bernstein: bernsteinInterval(each, { span, level }) }),
      ...(lambda !== undefined && { lambda: lambda === Infinity ? null : lambda }),
    };
  };
  const estimates = {
    ips: estimate("ips"),
    snips: estimate("snips"),
    dm: estimate("dm"),
    dr: estimate("dr"),
    sndr: estimate("sndr"),
    switchDr: estimate("switchDr"),
    drOs: estimate("drOs"),
  };
  const refusals = refusalsOf(overlap, rewardedRows(rows), settings.limits);
  return {
    estimates,
    logged: { value: logged.value, ...acceleratedInterval(logged, level) },
    level,
    overlap,
    verdict: verdictOf(refusals, estimates[judgeBy].gain),
  };
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
  const rewardSpan = rewardSpanOf(log, options.rewardRange);
  return {
    random,
    rewardModel,
    folds,
    resamples,
    level,
    judgeBy,
    limits,
    rewardSpan,
    controls: { onProgress, signal },
  };
}

function difference(one: Resampled, other: Resampled): Resampled {
  return {
    value: one.value - other.value,
    resampled: one.resampled.map((value, sample) => value - other.resampled[sample]),
    influence: one.influence.map((value, unit) => value - other.influence[unit]),
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

function rewardedRows({ reward, weight }: EstimationRows): number {
  let count = 0;
  for (const [row, own] of reward.entries()) if (own !== 0 && weight[row] > 0) count++;
  return count;
}

/** How far apart the estimates of two rows can lie: a base lies among the rewards, a correction within w of it. */
function spanOf({ terms, heldBack }: Estimator, rewardSpan: number, weightLimit: number): number {
  if (!terms.correction) return rewardSpan;
  return terms.base ? rewardSpan * (1 + 2 * (heldBack?.(weightLimit) ?? weightLimit)) : rewardSpan * weightLimit;
}
