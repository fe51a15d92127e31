/**
 * Step 5, score: relevance, bent by what the merchant asks for. With margin weight w, a product's relevance counts
 * (1 - w) as it is and w in proportion to its margin rate; 0 leaves relevance alone, 1 is relevance times margin.
 */
import type { Market } from "../catalogue/product.ts";
import type { EligiblePool } from "./constrain.ts";
import type { Strategy } from "./strategy.ts";

/** A pool with the scores that order it. */
export interface ScoredPool extends EligiblePool {
  readonly scores: Float64Array;
}

/** @param homeMarket the market in whose currency costs are kept: margins are judged there */
export function scoreCandidates(pool: EligiblePool, { marginWeight }: Strategy, homeMarket: Market): ScoredPool {
  const { products, relevance, offers } = pool;
  if (marginWeight === 0) return { products, relevance, offers, scores: relevance };
  const rates = offers.map(({ variant }) => marginRate(variant.prices[homeMarket.id], variant.cost));
  const known = rates.filter((rate) => rate !== undefined);
  // A product without a cost is treated as an average one: neither pushed nor buried.
  const average = known.length === 0 ? 1 : known.reduce((sum, rate) => sum + rate, 0) / known.length;
  const scores = relevance.map((own, place) => own * (1 - marginWeight + marginWeight * (rates[place] ?? average)));
  return { products, relevance, offers, scores };
}

/** Share of the price that is left after cost, from 0 to 1. */
function marginRate(price: number | undefined, cost: number | undefined): number | undefined {
  if (price === undefined || price === 0 || cost === undefined) return undefined;
  return Math.max(0, price - cost) / price;
}
