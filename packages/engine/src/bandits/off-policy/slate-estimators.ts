/**
 * Estimators of what a policy's slates bring, from those of another. They differ in what a position's reward may depend
 * on; the less, the lighter the weights, and the more is lost where it is not so.
 *
 *   IPS         mean(w_1..K sum_k r_k)             on the whole slate
 *   RIPS        mean(sum_k w_1..k r_k)             on the items down to it (reward interaction)
 *   IIPS        mean(sum_k w_k r_k), w_k marginal  on its own item (independent)
 *   PI          mean(w_PI sum_k r_k)               slates are worth a sum over their slots (see pseudoinverse.ts)
 *   Cascade-DR  mean(sum_k w_1..k (r_k - q_k) + w_1..k-1 q_k(policy))    as RIPS, with a model of what is to come
 *
 * Li, Abbasi-Yadkori, Kveton et al., "Offline evaluation of ranking policies with click models", KDD 2018 (IIPS);
 * McInerney, Brost, Chandar et al., "Counterfactual evaluation of slate recommendations with sequential reward
 * interactions", KDD 2020 (RIPS); Kiyohara, Saito, Matsuhiro et al., "Doubly robust off-policy evaluation for ranking
 * policies under the cascade behavior model", WSDM 2022.
 */
import type { SlateLog, SlateTarget } from "./slate-log.ts";
import type { SlateModels } from "./slate-rewards.ts";
import type { Terms } from "./terms.ts";

/** An estimator at work: its terms by slate, and the weights they stand on, by position where they differ. */
export interface SlateTerms {
  readonly terms: Terms;
  readonly weights: readonly Float64Array[];
}

/** Products of the weights from the top down to each position, as columns by position. */
export function prefixWeights({ positions, propensity }: SlateLog, { chance }: SlateTarget): Float64Array[] {
  const slates = propensity.length / positions;
  const columns = Array.from({ length: positions }, () => new Float64Array(slates));
  for (let slate = 0; slate < slates; slate++) {
    let weight = 1;
    for (const [position, column] of columns.entries()) {
      const cell = slate * positions + position;
      weight *= chance[cell] / propensity[cell];
      column[slate] = weight;
    }
  }
  return columns;
}

export function slateIps(log: SlateLog, target: SlateTarget): SlateTerms {
  const weight = prefixWeights(log, target)[log.positions - 1];
  return { weights: [weight], terms: { correction: weighedSlates(log, weight) } };
}

export function slateRips(log: SlateLog, target: SlateTarget): SlateTerms {
  const weights = prefixWeights(log, target);
  return { weights, terms: { correction: weighedPositions(log, weights) } };
}

/** @param marginal chances of the two policies, slates x positions */
export function slateIips(
  log: SlateLog,
  marginal: { readonly logged: ArrayLike<number>; readonly target: ArrayLike<number> },
): SlateTerms {
  const slates = log.item.length / log.positions;
  const weights = Array.from({ length: log.positions }, (_, position) =>
    Float64Array.from({ length: slates }, (_slate, slate) => {
      const cell = slate * log.positions + position;
      return marginal.target[cell] / marginal.logged[cell];
    }),
  );
  return { weights, terms: { correction: weighedPositions(log, weights) } };
}

/** @param additiveWeight by slate */
export function slatePseudoinverse(log: SlateLog, additiveWeight: ArrayLike<number>): SlateTerms {
  const weight = Float64Array.from(additiveWeight);
  return { weights: [weight], terms: { correction: weighedSlates(log, weight) } };
}

/** @param distribution of the policy to be judged: slates x positions x items */
export function slateCascadeDoublyRobust(
  log: SlateLog,
  target: SlateTarget,
  { distribution, models }: { readonly distribution: ArrayLike<number>; readonly models: SlateModels },
): SlateTerms {
  const { positions, items, item, reward } = log;
  const weights = prefixWeights(log, target);
  const correction = weights[0].map((_, slate) => {
    let sum = 0;
    for (let position = 0; position < positions; position++) {
      const cell = slate * positions + position;
      const expected = models(slate, position);
      let ofPolicy = 0;
      for (let a = 0; a < items; a++) ofPolicy += distribution[cell * items + a] * expected[a];
      const above = position > 0 ? weights[position - 1][slate] : 1;
      sum += weights[position][slate] * (reward[cell] - expected[item[cell]]) + above * ofPolicy;
    }
    return sum;
  });
  return { weights, terms: { correction } };
}

function weighedSlates({ positions, reward }: SlateLog, weight: Float64Array): Float64Array {
  return weight.map((own, slate) => {
    let sum = 0;
    for (let position = 0; position < positions; position++) sum += reward[slate * positions + position];
    return own * sum;
  });
}

function weighedPositions({ positions, reward }: SlateLog, weights: readonly Float64Array[]): Float64Array {
  return weights[0].map((_, slate) => {
    let sum = 0;
    for (const [position, column] of weights.entries()) sum += column[slate] * reward[slate * positions + position];
    return sum;
  });
}
