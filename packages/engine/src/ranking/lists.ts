/** What the ranker learns from: questions of a validation window, their candidates' features, and what came next. */
import { countBelow } from "../matrix/bisect.ts";
import type { CandidateFinder } from "./candidates.ts";

/** The candidates of one question, and which of them were right. */
export interface RankingList {
  /** Candidates x features. */
  readonly features: Float32Array;
  /** Weight of each candidate as a target: 0 for those that did not come next. Its sum is the weight of the list. */
  readonly targets: Float32Array;
  /**
   * How many products each candidate stands for, above 0, where some were drawn by chance from the rest of the catalogue
   * (Bengio and Senecal, IEEE Transactions on Neural Networks 2008). 1 each when left out.
   */
  readonly standsFor?: Float32Array;
  readonly bucket: number;
}

/** A question with what came next. */
export interface Answered<Question> {
  readonly question: Question;
  /** Products that came next: they share the weight of the question equally. */
  readonly next: ArrayLike<number>;
}

/**
 * The list of one question; nothing when none of what came next is among the candidates, since no weight would help.
 * @example
 * const list = rankingList(finder, { question: { history: [3] }, next: [5] }, 0);
 */
export function rankingList<Question>(
  finder: CandidateFinder<Question>,
  { question, next }: Answered<Question>,
  bucket: number,
): RankingList | undefined {
  const { count, products, features } = finder.find(question);
  const candidates = products.subarray(0, count);
  const targets = new Float32Array(count);
  let found = false;
  for (let i = 0; i < next.length; i++) {
    const place = placeOf(candidates, next[i]);
    if (place < 0) continue;
    targets[place] += 1 / next.length;
    found = true;
  }
  return found ? { features: features.slice(0, count * finder.width), targets, bucket } : undefined;
}

/** Candidates ascend, so that bisection finds one. */
function placeOf(candidates: Uint32Array, product: number): number {
  const place = countBelow(candidates, product);
  return candidates[place] === product ? place : -1;
}
