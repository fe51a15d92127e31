/**
 * The linear ranker: candidates, features, one weighted sum. What each signal adds to a score *is* the explanation.
 */
import { requireInteger } from "../errors.ts";
import { TopK, type Ranked } from "../matrix/top-k.ts";
import type { Query } from "../models/recommender.ts";
import { featureName } from "./feature.ts";
import { createHearing } from "./hearing.ts";
import type { RankingPlan } from "./plan.ts";
import { createPool } from "./pool.ts";
import { createScorers, scorePool, type SignalShare } from "./scorer.ts";
import type { Weights } from "./weights.ts";

export type { SignalShare } from "./scorer.ts";

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
  const { names, heard, hear } = createHearing(plan);
  const poolOf = createPool(plan, names, heard);
  const scorerOf = createScorers(plan, names, heard, weights);
  return {
    rank(question, count) {
      requireInteger("count", count, 0);
      const scorer = scorerOf(question);
      hear(question);
      const products = poolOf(question);
      const scores = scorePool(scorer, products);
      const best = new TopK(Math.min(count, products.length));
      for (let c = 0; c < products.length; c++) best.offer(products[c], scores[c]);
      return best.ranked();
    },
    sharesOf: rememberingLast((question, product) => {
      if (product >= plan.productCount) return [];
      const scorer = scorerOf(question);
      hear(question);
      return scorer.sharesOf(product);
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
