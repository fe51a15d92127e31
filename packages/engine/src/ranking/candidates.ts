/**
 * From a question to candidates with their features: every source speaks once, a rough sum of the signals chooses the
 * pool, and only its products are looked at closely.
 */
import type { Query } from "../models/recommender.ts";
import { createFeatureWriter } from "./feature-columns.ts";
import { createHearing } from "./hearing.ts";
import type { RankingPlan } from "./plan.ts";
import { createPool } from "./pool.ts";

/** Candidates and their features side by side. Overwritten by the next question. */
export interface Candidates {
  readonly count: number;
  /** The first `count` are the candidates. */
  readonly products: Uint32Array;
  /** `features[c * width + f]` is feature `f` of candidate `c`. */
  readonly features: Float32Array;
}

/** Looks up the candidates of one question after another; the same question object is heard once. */
export interface CandidateFinder<Question> {
  /** Features a candidate. */
  readonly width: number;
  /** The pool of a question. */
  find(question: Question): Candidates;
  /** Given products instead, in or out of the pool. */
  look(question: Question, products: Uint32Array): Candidates;
}

/**
 * @returns a finder that owns its columns: one a thread, and every answer is good until the next question
 * @throws InvalidInput or InvalidOption when the parts of the plan do not fit
 * @example
 * const finder = createCandidateFinder(plan);
 * const { count, products } = finder.find({ history: [3, 17] });
 */
export function createCandidateFinder<Question extends Query>(plan: RankingPlan<Question>): CandidateFinder<Question> {
  const { names, heard, hear } = createHearing(plan);
  const pool = createPool(plan, names, heard);
  const write = createFeatureWriter(plan, names, heard);
  const describe = (question: Question, choose: (question: Question) => Uint32Array): Candidates => {
    hear(question);
    const products = choose(question);
    return { count: products.length, products, features: write(products) };
  };
  return {
    width: plan.features.length,
    find: (question) => describe(question, pool),
    look: (question, products) => describe(question, () => products),
  };
}
