/**
 * The linear ranker: candidates, features, one weighted sum. What each signal adds to a score *is* the explanation.
 */
import { InvalidInput, requireInteger } from "../errors.ts";
import { TopK, type Ranked } from "../matrix/top-k.ts";
import type { Query } from "../models/recommender.ts";
import { createCandidateFinder } from "./candidates.ts";
import { featureName, featureOrigin } from "./feature.ts";
import type { RankingPlan } from "./plan.ts";
import { scoreOf, weightsOf, type Weights } from "./weights.ts";

/** What one signal or prior adds to a score; below 0 where it speaks against the product. */
export interface SignalShare {
  readonly signal: string;
  readonly amount: number;
}

export interface Ranker<Question extends Query> {
  /** Best first; scores compare within one question only. */
  rank(question: Question, count: number): Ranked;
  /** What makes the score of one product, candidate or not, largest first; empty for products beyond the catalogue. */
  sharesOf(question: Question, product: number): readonly SignalShare[];
}

/**
 * @param weights fitted for this plan's features, or named ones
 * @throws InvalidInput when weights and plan do not fit
 * @example
 * const ranker = createRanker(plan, await fitWeights(lists, { width: plan.features.length }));
 * ranker.rank({ history: [3, 17] }, 12);
 */
export function createRanker<Question extends Query>(plan: RankingPlan<Question>, weights: Weights): Ranker<Question> {
  if (weights.width !== plan.features.length) {
    throw new InvalidInput("weights.width", weights.width, `${plan.features.length}, the number of features`);
  }
  const finder = createCandidateFinder(plan);
  const origins = plan.features.map(featureOrigin);
  const weightsFor = (question: Question): Float64Array => weightsOf(weights, plan.bucketOf(question));
  return {
    rank(question, count) {
      requireInteger("count", count, 0);
      const ownWeights = weightsFor(question);
      const { count: found, products, features } = finder.find(question);
      const best = new TopK(Math.min(count, found));
      for (let c = 0; c < found; c++) best.offer(products[c], scoreOf(ownWeights, features, c));
      return best.ranked();
    },
    sharesOf: rememberingLast((question, product) => {
      if (product >= plan.productCount) return [];
      const ownWeights = weightsFor(question);
      const { features } = finder.look(question, Uint32Array.of(product));
      const amounts = new Map<string, number>();
      for (const [f, origin] of origins.entries()) {
        const amount = ownWeights[f] * features[f];
        if (amount !== 0) amounts.set(origin, (amounts.get(origin) ?? 0) + amount);
      }
      return [...amounts]
        .map(([signal, amount]): SignalShare => ({ signal, amount }))
        .sort((a, b) => b.amount - a.amount);
    }),
  };
}

/** An item is explained in words and in figures: the second time its shares are at hand. */
export function rememberingLast<Question>(
  sharesOf: (question: Question, product: number) => readonly SignalShare[],
): (question: Question, product: number) => readonly SignalShare[] {
  let last:
    | { readonly question: Question; readonly product: number; readonly shares: readonly SignalShare[] }
    | undefined;
  return (question, product) => {
    if (last?.question !== question || last.product !== product) {
      last = { question, product, shares: sharesOf(question, product) };
    }
    return last.shares;
  };
}

/** Names of a plan's features, as weights are saved under. */
export function featureNames<Question extends Query>(plan: Pick<RankingPlan<Question>, "features">): string[] {
  return plan.features.map(featureName);
}
