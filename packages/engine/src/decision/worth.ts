/**
 * What each candidate is worth after the picks before it, in units of the pool's best score:
 *
 *   worth = (1 - c) x (lambda x score - (1 - lambda) x best x greatest likeness to a pick) + c x best x gain
 *
 * maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) and calibration with weight c (Steck, RecSys 2018; see
 * `calibration.ts`). Categories are numbered within the pool: what depends on them is worked out once a pick.
 */
import { createCalibration, tasteOf } from "./calibration.ts";
import { brandLikeness, categoryLikeness } from "./likeness.ts";
import type { Question } from "./question.ts";
import type { ScoredPool } from "./scored-pool.ts";
import type { Strategy } from "./strategy.ts";

/** Follows the picks of one answer. */
export interface Worth {
  /** By place of the pool. The same column every time. */
  now(): Float64Array;
  note(picked: number): void;
}

export function createWorth(
  { products, scores }: ScoredPool,
  { diversity: { lambda = 1, calibration: pull = 0 } = {} }: Strategy,
  { context, state: { catalogue } }: Question,
): Worth {
  if (lambda === 1 && pull === 0) return { now: () => scores, note: () => undefined };
  const { categoryOf, brandOf } = catalogue;
  const { kindAt, categories } = kindsOf(products, categoryOf);
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const taste = pull > 0 ? tasteOf(context, catalogue) : undefined;
  const calibration = taste && taste.size > 0 ? createCalibration(taste) : undefined;
  const crowd = new Float64Array(products.length);
  const worth = new Float64Array(products.length);
  const byKind = new Float64Array(categories.length);
  return {
    now() {
      const weight = calibration ? 1 - pull : 1;
      if (calibration) for (const [kind, category] of categories.entries()) byKind[kind] = calibration.gainOf(category);
      for (let place = 0; place < worth.length; place++) {
        worth[place] = weight * (lambda * scores[place] - (1 - lambda) * best * crowd[place]);
        if (calibration) worth[place] += pull * best * byKind[kindAt[place]];
      }
      return worth;
    },
    note(picked) {
      calibration?.note(categoryOf[picked]);
      if (lambda === 1) return;
      const likenessTo = categoryLikeness(catalogue, categoryOf[picked]);
      for (const [kind, category] of categories.entries()) byKind[kind] = likenessTo(category);
      for (let place = 0; place < crowd.length; place++) {
        const like = byKind[kindAt[place]] + brandLikeness(brandOf[picked], brandOf[products[place]]);
        if (like > crowd[place]) crowd[place] = like;
      }
    },
  };
}

/** The categories of a pool, and which of them stands at each place. */
function kindsOf(products: Uint32Array, categoryOf: Int32Array): { kindAt: Uint32Array; categories: number[] } {
  const kinds = new Map<number, number>();
  const kindAt = new Uint32Array(products.length);
  for (let place = 0; place < products.length; place++) {
    const category = categoryOf[products[place]];
    const kind = kinds.get(category) ?? kinds.size;
    kinds.set(category, kind);
    kindAt[place] = kind;
  }
  return { kindAt, categories: [...kinds.keys()] };
}
