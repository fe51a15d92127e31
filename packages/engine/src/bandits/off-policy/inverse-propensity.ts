/**
 * Inverse propensity score estimators: nothing but the log.
 *
 *   IPS    mean(w r)              unbiased where every action of the policy can be logged
 *   SNIPS  sum(w r) / sum(w)      a little bias for much less variance; stays within the range of the rewards
 *
 * Horvitz and Thompson, JASA 47 (1952); Swaminathan and Joachims, "The self-normalized estimator for counterfactual
 * learning", NIPS 2015.
 */
import type { EstimationRows } from "./estimation-rows.ts";
import type { Terms } from "./terms.ts";

export function inversePropensityTerms({ weight, reward }: EstimationRows): Terms {
  return { correction: weight.map((w, row) => w * reward[row]) };
}

export function selfNormalisedTerms(rows: EstimationRows): Terms {
  return { ...inversePropensityTerms(rows), divisor: rows.weight };
}
