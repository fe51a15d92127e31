/** What a policy's slates would have brought, from the slates of another: every estimator that the columns allow. */
import { requireInteger, requireNumber } from "../../errors.ts";
import type { TrainingControls } from "../../models/training.ts";
import type { Random } from "../../random/index.ts";
import { acceleratedInterval, type Interval } from "../../statistics/index.ts";
import { influenceOf, resample } from "./intervals.ts";
import { overlapOf } from "./overlap.ts";
import {
  slateCascadeDoublyRobust,
  slateIips,
  slateIps,
  slatePseudoinverse,
  slateRips,
  type SlateTerms,
} from "./slate-estimators.ts";
import { requireSlates, type SlateLog, type SlateTarget } from "./slate-log.ts";
import { crossFitSlates } from "./slate-rewards.ts";
import { valueOf } from "./terms.ts";

/** Slate estimators; see slate-estimators.ts for what each takes for granted. */
export type SlateEstimatorName = "ips" | "rips" | "iips" | "pi" | "cascadeDr";

/** Value of a slate, in the unit of the rewards. */
export interface SlateEstimate extends Interval {
  readonly value: number;
  /** Of the position that is worst off: the log is worth this many slates of the policy. */
  readonly effectiveSampleSize: number;
  /** Why this estimate is not to be concluded from; missing where it may be. */
  readonly refusal?: string;
}

export interface SlateOptions extends TrainingControls {
  readonly random: Random;
  readonly folds?: number;
  readonly resamples?: number;
  readonly level?: number;
  /** Slates of the policy itself that the log must be worth. */
  readonly leastSampleSize?: number;
}

/**
 * @returns IPS and RIPS always; IIPS where both sides have marginal chances, PI where the target has additive weights,
 * Cascade-DR where it has its distribution
 * @throws InvalidInput at the first bad cell, for example `slates[3].propensity[1]`; InvalidOption for a bad setting
 * @example
 * const { rips, cascadeDr } = await evaluateSlates(log, target, { random: createRandom("slates") });
 */
export async function evaluateSlates(
  log: SlateLog,
  target: SlateTarget,
  { random, folds = 3, resamples = 1000, level = 0.95, leastSampleSize = 100, ...controls }: SlateOptions,
): Promise<Partial<Record<SlateEstimatorName, SlateEstimate>>> {
  requireSlates(log, target);
  requireInteger("resamples", resamples, 2);
  requireNumber("level", level, 0.5, 0.9999);
  const estimators = estimatorsOf(log, target, { folds, random: random.fork("folds") });
  const slates = log.item.length / log.positions;
  const units = { unitOfRow: Uint32Array.from({ length: slates }, (_, slate) => slate), units: slates };
  const drawn = await resample(
    estimators.map(([, { terms }]) => terms),
    { random: random.fork("resamples"), resamples, ...units, ...controls },
  );
  const estimates: Partial<Record<SlateEstimatorName, SlateEstimate>> = {};
  for (const [index, [name, { terms, weights }]] of estimators.entries()) {
    const value = valueOf(terms);
    const influence = influenceOf(terms, units);
    const effectiveSampleSize = Math.min(...weights.map((column) => overlapOf(column).effectiveSampleSize));
    estimates[name] = {
      value,
      ...acceleratedInterval({ value, resampled: drawn[index], influence }, level),
      effectiveSampleSize,
      ...(effectiveSampleSize < leastSampleSize && {
        refusal: refusalOf(slates, effectiveSampleSize, leastSampleSize),
      }),
    };
  }
  return estimates;
}

function estimatorsOf(
  log: SlateLog,
  target: SlateTarget,
  fitting: { readonly folds: number; readonly random: Random },
): (readonly [SlateEstimatorName, SlateTerms])[] {
  const estimators: (readonly [SlateEstimatorName, SlateTerms])[] = [
    ["ips", slateIps(log, target)],
    ["rips", slateRips(log, target)],
  ];
  if (log.marginal && target.marginal) {
    estimators.push(["iips", slateIips(log, { logged: log.marginal, target: target.marginal })]);
  }
  if (target.additiveWeight) estimators.push(["pi", slatePseudoinverse(log, target.additiveWeight)]);
  const { distribution } = target;
  if (distribution) {
    const models = crossFitSlates(log, distribution, fitting);
    estimators.push(["cascadeDr", slateCascadeDoublyRobust(log, target, { distribution, models })]);
  }
  return estimators;
}

function refusalOf(slates: number, worth: number, least: number): string {
  return `The ${slates} logged slates are worth only ${Math.floor(worth)} of this policy's; at least ${least} are needed.`;
}
