/**
 * Step 5, score: relevance, bent by what the merchant asks for. With weights w from 0 to 1 and factors x,
 *
 *   score = ((1 - w_relevance) x best relevance + w_relevance x relevance) x product over factors of (1 - w + w x)
 *
 * the multiplicative utility over several attributes of Keeney and Raiffa, "Decisions with Multiple Objectives", 1976,
 * theorem 6.1, in its losses 1 - x: a weight of 0 leaves a factor out, 1 makes the score proportional to it, and a product
 * that has nothing of what counts fully cannot make up for it elsewhere. The multiplier of campaigns and rules enters as
 * one more x, which may be above 1. A product of which a factor is not known has the average of the pool there: it is
 * neither pushed nor buried. The filling below the candidates (negative relevance) is divided by what multiplies them.
 */
import { campaignFactor } from "./campaigns.ts";
import { factorNames, factors, type Factor } from "./factors.ts";
import type { Question } from "./question.ts";
import type { Pool } from "./rank.ts";
import type { ScoredPool } from "./scored-pool.ts";
import type { Strategy } from "./strategy.ts";

/** Nothing rises by more than this in one step, and what is divided sinks by no more: scores stay finite. */
const mostBend = 1e6;

/** @param ruleFactor what the merchant's rules multiply the score of a product by */
export function scoreCandidates(
  pool: Pool,
  question: Question,
  strategy: Strategy,
  ruleFactor?: (product: number) => number,
): ScoredPool {
  const { products, relevance } = pool;
  const { relevance: own = 1, campaign = 1, margin = strategy.marginWeight, ...rest } = strategy.weights ?? {};
  const weights = { margin, ...rest };
  const scores = levelled(relevance, own);
  const columns: Partial<Record<keyof ScoredFactors, Float64Array>> = {};
  for (const name of factorNames) {
    const weight = weights[name] ?? 0;
    if (weight === 0) continue;
    const column = knownOrAverage(products, factors[name](question));
    columns[name] = column;
    bend(scores, column, weight);
  }
  const campaigns = strategy.campaigns && campaignFactor(strategy.campaigns, question.state.catalogue);
  if (campaigns) bend(scores, (columns.campaign = columnOf(products, campaigns)), campaign);
  if (ruleFactor) bend(scores, (columns.rules = columnOf(products, ruleFactor)), 1);
  return { ...pool, scores, factors: columns };
}

type ScoredFactors = NonNullable<ScoredPool["factors"]>;

/** Draws relevance towards the best of the pool; the filling below keeps its order. */
function levelled(relevance: Float64Array, weight: number): Float64Array {
  if (weight === 1) return relevance.slice();
  const best = relevance.reduce((most, value) => Math.max(most, value), 0);
  return relevance.map((value) => (value < 0 ? value : (1 - weight) * best + weight * value));
}

function bend(scores: Float64Array, column: Float64Array, weight: number): void {
  for (let place = 0; place < scores.length; place++) {
    const by = Math.min(mostBend, 1 - weight + weight * column[place]);
    scores[place] = scores[place] < 0 ? scores[place] / Math.max(by, 1 / mostBend) : scores[place] * by;
  }
}

function columnOf(products: Uint32Array, factor: Factor): Float64Array {
  const column = new Float64Array(products.length);
  for (let place = 0; place < products.length; place++) column[place] = factor(products[place]);
  return column;
}

function knownOrAverage(products: Uint32Array, factor: Factor): Float64Array {
  const column = columnOf(products, factor);
  let sum = 0;
  let known = 0;
  for (let place = 0; place < column.length; place++) {
    if (Number.isNaN(column[place])) continue;
    sum += column[place];
    known++;
  }
  const average = known === 0 ? 1 : sum / known;
  for (let place = 0; place < column.length; place++) if (Number.isNaN(column[place])) column[place] = average;
  return column;
}
