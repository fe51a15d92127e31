/** What all models that score by accumulating do last: pick the best allowed products and leave the column clean. */
import { requireInteger } from "../errors.ts";
import type { Accumulator } from "../matrix/accumulator.ts";
import { TopK, type Ranked } from "../matrix/top-k.ts";
import { forbidden, type Query } from "./recommender.ts";

/**
 * Answers a query from an accumulator that all queries of a model share. The accumulator is clean afterwards, also
 * when filling it or asking the query's exclusions threw.
 * @param fill adds the scores; products it does not touch are never answered
 * @throws InvalidOption when `count` is negative or not an integer
 * @example
 * return rankScores(scores, query, count, () => scores.add(7, 0.5));
 */
export function rankScores(scores: Accumulator, query: Query, count: number, fill: () => void): Ranked {
  requireInteger("count", count, 0);
  try {
    fill();
    return bestAllowed(scores, query, count);
  } finally {
    scores.clear();
  }
}

function bestAllowed(scores: Accumulator, query: Query, count: number): Ranked {
  const { touched, values } = scores;
  const isForbidden = forbidden(query);
  const best = new TopK(Math.min(count, touched.length));
  for (let i = 0; i < touched.length; i++) {
    const product = touched[i];
    // Most candidates fail the first test, which costs nothing.
    if (best.admits(product, values[product]) && !isForbidden(product)) best.offer(product, values[product]);
  }
  return best.ranked();
}
