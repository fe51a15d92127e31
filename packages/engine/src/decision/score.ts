/**
 * Step 5, score: relevance, bent by what the merchant asks for. With margin weight w, a product's relevance counts
 * (1 - w) as it is and w in proportion to its margin rate; 0 leaves relevance alone, 1 is relevance times margin.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import { shelfOf } from "../catalogue/shelf.ts";
import type { Pool } from "./rank.ts";
import type { Strategy } from "./strategy.ts";

/** A pool with the scores that order it. */
export interface ScoredPool extends Pool {
  readonly scores: Float64Array;
}

/** @param market whose variants are shown; their margins are judged at the home market's prices */
export function scoreCandidates(
  { products, relevance }: Pool,
  { marginWeight }: Strategy,
  catalogue: Catalogue,
  market: Market,
): ScoredPool {
  if (marginWeight === 0) return { products, relevance, scores: relevance };
  const { marginRate } = shelfOf(catalogue, market);
  const rates = Float64Array.from(products, (product) => marginRate[product]);
  const known = rates.filter((rate) => !Number.isNaN(rate));
  // A product without a cost is treated as an average one: neither pushed nor buried.
  const average = known.length === 0 ? 1 : known.reduce((sum, rate) => sum + rate, 0) / known.length;
  const scores = relevance.map((own, place) => {
    const rate = Number.isNaN(rates[place]) ? average : rates[place];
    return own * (1 - marginWeight + marginWeight * rate);
  });
  return { products, relevance, scores };
}
