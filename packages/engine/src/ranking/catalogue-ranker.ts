/**
 * The linear ranker over a whole catalogue, exactly, at the cost of what the signals touch: priors are added up once, a
 * column a bucket, and of the products that no signal touches only those that lead by priors are ever looked at.
 */
import { requireInteger } from "../errors.ts";
import { TopK, topOf, type Ranked } from "../matrix/top-k.ts";
import { forbidden, type Query } from "../models/recommender.ts";
import { createHearing } from "./hearing.ts";
import type { RankingPlan } from "./plan.ts";
import { rememberingLast, type Ranker } from "./ranker.ts";
import { createScorers, scoreSlots, type Scorer } from "./scorer.ts";
import type { Weights } from "./weights.ts";

/** A ranker that can be held to some products. */
export interface CatalogueRanker<Question extends Query> extends Ranker<Question> {
  /** @param only answers nothing else; everything when left out */
  rank(question: Question, count: number, only?: ReadonlySet<number>): Ranked;
}

/**
 * Ranks every product of the catalogue: the plan's pool plays no part. A question object is heard once: asking with the
 * same one again costs the ranking alone, and its explanation next to nothing. Memory: 4 bytes a product, and 12
 * more a bucket that was asked.
 * @throws InvalidInput when weights and plan do not fit
 * @example
 * createCatalogueRanker(plan, weights).rank({ history: [3, 17] }, plan.productCount); // all but 3 and 17
 */
export function createCatalogueRanker<Question extends Query>(
  plan: RankingPlan<Question>,
  weights: Weights,
): CatalogueRanker<Question> {
  const { productCount } = plan;
  const { names, heard, hear } = createHearing(plan);
  const scorerOf = createScorers(plan, names, heard, weights);
  let totals: Float64Array = new Float64Array(0);
  const leadersOf = new Map<Scorer, Uint32Array>();

  /** Every product, best first by priors alone. */
  const leadersFor = (scorer: Scorer): Uint32Array => {
    const known = leadersOf.get(scorer);
    if (known) return known;
    const leaders = topOf(scorer.standing, productCount).products;
    leadersOf.set(scorer, leaders);
    return leaders;
  };
  const listen = (question: Question, scorer: Scorer): void => {
    if (hear(question)) totals = scoreSlots(scorer);
  };
  return {
    rank(question, count, only) {
      requireInteger("count", count, 0);
      const scorer = scorerOf(question);
      listen(question, scorer);
      const { standing } = scorer;
      const isLeftOut = leftOut(question, only);
      const best = new TopK(Math.min(count, productCount));
      const { products, slotOf } = heard;
      // A loop of its own: the processor waits for many products at once.
      const scores = totals.slice();
      for (let slot = 0; slot < scores.length; slot++) scores[slot] += standing[products[slot]];
      for (let slot = 0; slot < scores.length; slot++) {
        const product = products[slot];
        if (best.admits(product, scores[slot]) && !isLeftOut(product)) best.offer(product, scores[slot]);
      }
      for (const product of leadersFor(scorer)) {
        if (!best.admits(product, standing[product])) break;
        if (slotOf[product] === 0 && !isLeftOut(product)) best.offer(product, standing[product]);
      }
      return best.ranked();
    },
    sharesOf: rememberingLast((question, product) => {
      if (product >= productCount) return [];
      const scorer = scorerOf(question);
      listen(question, scorer);
      return scorer.sharesOf(product);
    }),
  };
}

function leftOut(question: Query, only: ReadonlySet<number> | undefined): (product: number) => boolean {
  const isForbidden = forbidden(question);
  return only ? (product) => !only.has(product) || isForbidden(product) : isForbidden;
}
