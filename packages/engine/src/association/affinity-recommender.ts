/**
 * Affinities as a model: what goes with a cart. Each product of the cart speaks for its companions with its surplus
 * (see `companions.ts`), and the voices add up.
 */
import { sharedAccumulator } from "../matrix/accumulator.ts";
import { rowOf } from "../matrix/sparse.ts";
import { recentSteps } from "../models/history.ts";
import type { Recommender } from "../models/recommender.ts";
import { rankScores } from "../models/scoring.ts";
import { sharesOf } from "../models/shares.ts";
import type { Affinities } from "./affinity.ts";
import { saveAffinities } from "./affinity-file.ts";
import { pairOf, partnerOf, surplusOf } from "./companions.ts";

/**
 * @returns a model that answers only products with evidence, and nothing to a cart without any. A score is the sum
 * over the cart of the surplus shares: comparable within one query.
 * @example
 * const model = affinityRecommender(await findAffinities(baskets));
 * model.recommend({ history: [cup, saucer] }, 4);
 */
export function affinityRecommender(affinities: Affinities): Recommender {
  const productCount = affinities.pairsOf.rows;
  const scores = sharedAccumulator(productCount);

  function addCompanionsOf(product: number): void {
    for (const pair of rowOf(affinities.pairsOf, product)) {
      scores.add(partnerOf(affinities, pair, product), surplusOf(affinities, pair, product));
    }
  }
  return {
    kind: "affinity",
    productCount,
    recommend(query, count) {
      // Two of a mug say no more than one: each product of the cart speaks once.
      const cart = recentSteps(query, productCount);
      return rankScores(scores, query, count, () => {
        for (const { product } of cart) addCompanionsOf(product);
      });
    },
    explain(query, product) {
      const cart = recentSteps(query, productCount).map((step) => step.product);
      const surpluses = cart.map((voice) => {
        const pair = pairOf(affinities, voice, product);
        return pair === undefined ? 0 : surplusOf(affinities, pair, voice);
      });
      return sharesOf(cart, surpluses);
    },
    save: () => saveAffinities(affinities),
  };
}
