/**
 * Scores of a log-linear ranker as odds: exp(score - best score), the Plackett-Luce weight of each product against that
 * of the best one. Fitted scores are logarithms, of any sign; their odds lie within 0 and 1, compare across rankers,
 * and can be added up with what other sources say. Their order is that of the scores.
 */
import type { Ranked } from "../matrix/top-k.ts";

/** Keeps a hopeless product above what was never proposed: below it, doubles would run out. */
const leastOdds = 1e-300;

/**
 * @param ranked best first, scores of any sign
 * @example
 * oddsOf({ products: Uint32Array.of(7, 3), scores: Float64Array.of(-1, -2) }).scores; // [1, 0.37]
 */
export function oddsOf({ products, scores }: Ranked): Ranked {
  const best = scores[0];
  return { products, scores: scores.map((score) => Math.max(leastOdds, Math.exp(score - best))) };
}
