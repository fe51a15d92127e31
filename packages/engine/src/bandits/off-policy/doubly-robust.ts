/**
 * Doubly robust estimators: the direct method, corrected by what the model got wrong in the log.
 *
 *   DR         mean(q(x, policy)) + mean(w (r - q))            right when the propensities or the model are
 *   SNDR       mean(q(x, policy)) + sum(w (r - q)) / sum(w)
 *   Switch-DR  corrects where w <= lambda only: heavy weights are left to the model
 *   DRos       w shrunk to lambda w / (w^2 + lambda), which is best against a known bound of the error
 *
 * Dudik, Langford and Li, "Doubly robust policy evaluation and learning", ICML 2011; for SNDR Kallus and Uehara,
 * "Intrinsically efficient, stable, and bounded off-policy evaluation for reinforcement learning", NeurIPS 2019; Wang,
 * Agarwal and Dudik, "Optimal and adaptive off-policy evaluation in contextual bandits", ICML 2017; Su, Dimakopoulou,
 * Krishnamurthy and Dudik, "Doubly robust off-policy evaluation with shrinkage", ICML 2020.
 */
import type { EstimationRows } from "./estimation-rows.ts";
import type { Terms } from "./terms.ts";

/** What stands in for an importance weight: between 0, the direct method, and the weight itself, doubly robust. */
export type WeightRule = (weight: number, lambda: number) => number;

/** Of Switch-DR. */
export const switchWeight: WeightRule = (weight, lambda) => (weight <= lambda ? weight : 0);

/** Of DRos: 0 at lambda 0, the weight itself at Infinity. */
export const shrinkWeight: WeightRule = (weight, lambda) =>
  lambda > 0 ? weight / ((weight * weight) / lambda + 1) : 0;

/** @param weights in place of the importance weights */
export function doublyRobustTerms(
  { weight, reward, direct, predicted }: EstimationRows,
  weights: Float64Array = weight,
): Terms {
  return { base: direct, correction: weights.map((w, row) => w * (reward[row] - predicted[row])) };
}

export function selfNormalisedDoublyRobustTerms(rows: EstimationRows): Terms {
  return { ...doublyRobustTerms(rows), divisor: rows.weight };
}
