/**
 * Fitted weights or the default ones: a third of the customers takes no part in a first fit and judges between the two,
 * each kind of question by itself. Where the fitted ones do not rank their lists better, the shop keeps the default ones.
 */
import type { TrainingControls } from "../models/training.ts";
import { fitWeights, type FitOptions } from "./fit.ts";
import { meanAreaUnderCurve, meanRecall } from "./judge.ts";
import type { RankingList } from "./lists.ts";
import { purchaseBuckets } from "./purchase-plan.ts";
import { weightsOf, type Weights } from "./weights.ts";

/**
 * What the weights are to get right: the first dozen of a `list`, or the order of the whole `catalogue`, which asks for
 * what nobody could put on a list, too.
 */
export type PurchaseReach = "list" | "catalogue";

/** What weights are judged by: recall of the first ten for the top of a list, AUC for the order of a catalogue. */
export const measures = { list: "recall@10", catalogue: "AUC" } as const;

/** How the weights of one kind of question were chosen. */
export interface WeightChoice {
  readonly question: "with repeats" | "new only";
  readonly chosen: "fitted" | "default";
  readonly measure: (typeof measures)[PurchaseReach];
  /** By the measure, on lists that neither was fitted on; 0 where there were too few customers to fit on. */
  readonly fitted: number;
  readonly byDefault: number;
}

/** Weights a bucket, and what spoke for them. */
export interface ChosenWeights {
  readonly weights: Weights;
  readonly choices: readonly WeightChoice[];
}

/** Of so many customers one judges. */
const judgeOneOf = 3;

/**
 * @param listsOf lists of each customer
 * @param defaults one row, for all kinds of questions
 */
export async function chooseWeights(
  listsOf: readonly (readonly RankingList[])[],
  defaults: Weights,
  reach: PurchaseReach,
  options: FitOptions & TrainingControls,
): Promise<ChosenWeights> {
  const { width, bucketCount = 1 } = options;
  const judges = listsOf.filter((_, customer) => customer % judgeOneOf === 0).flat();
  const taughtBy = listsOf.filter((_, customer) => customer % judgeOneOf !== 0).flat();
  if (taughtBy.length === 0) return { weights: defaults, choices: choicesOf(new Float64Array(2 * bucketCount), reach) };
  const taught = await fitWeights(taughtBy, options);
  const merits = Array.from({ length: bucketCount }, (_, bucket) => {
    const ofBucket = judges.filter((list) => list.bucket === bucket);
    return [meritOf(reach, ofBucket, taught), meritOf(reach, ofBucket, defaults)];
  });
  const choices = choicesOf(merits.flat(), reach);
  const values = new Float64Array(width * bucketCount);
  const fitted = choices.some(({ chosen }) => chosen === "fitted") ? await fitWeights(listsOf.flat(), options) : taught;
  for (const [bucket, { chosen }] of choices.entries()) {
    values.set(weightsOf(chosen === "fitted" ? fitted : defaults, bucket), bucket * width);
  }
  return { weights: { width, bucketCount, values }, choices };
}

function meritOf(reach: PurchaseReach, lists: readonly RankingList[], weights: Weights): number {
  return reach === "list" ? meanRecall(lists, weights, 10) : meanAreaUnderCurve(lists, weights);
}

/**
 * @param merits of fitted and of default weights, a pair a kind of question; both 0 where nothing was fitted
 */
export function choicesOf(merits: ArrayLike<number>, reach: PurchaseReach): WeightChoice[] {
  return Array.from({ length: merits.length / 2 }, (_, bucket) => {
    const [fitted, byDefault] = [merits[2 * bucket], merits[2 * bucket + 1]];
    return {
      question: bucket === purchaseBuckets.newOnly ? "new only" : "with repeats",
      chosen: fitted > byDefault ? "fitted" : "default",
      measure: measures[reach],
      fitted,
      byDefault,
    };
  });
}

/** The figures behind choices: what `choicesOf` takes. */
export function meritsOf(choices: readonly WeightChoice[]): Float64Array {
  return Float64Array.from(choices.flatMap(({ fitted, byDefault }) => [fitted, byDefault]));
}
