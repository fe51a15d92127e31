/** Chooses the products to look at closely, by a rough sum of the signals. */
import { kthLargest } from "../matrix/select.ts";
import { forbidden, type Query } from "../models/recommender.ts";
import type { SignalColumns } from "../models/signal-columns.ts";
import type { RankingPlan } from "./plan.ts";

/**
 * @param heard a column a signal, in the order of `names`; products that are always candidates get slots of their own
 * @returns a function that answers with the pool of a question, products ascending: no order of arrival matters
 */
export function createPool<Question extends Query>(
  { productCount, pool, priors }: Pick<RankingPlan<Question>, "productCount" | "pool" | "priors">,
  names: readonly string[],
  heard: SignalColumns,
): (question: Question) => Uint32Array {
  const weights = names.map((name) => pool.weights[name] ?? 0);
  const prior = pool.prior ? priors[pool.prior.name] : new Float32Array(productCount);
  const priorWeight = pool.prior?.weight ?? 0;

  /** The rough score of every slot. */
  const roughScores = (): Float64Array => {
    const scores = new Float64Array(heard.count);
    // A loop that does nothing else lets the processor wait for many priors at once.
    for (let slot = 0; slot < scores.length; slot++) scores[slot] = priorWeight * prior[heard.products[slot]];
    for (const [place, { values, end }] of heard.columns.entries()) {
      const weight = weights[place];
      if (weight !== 0) for (let slot = 0; slot < end; slot++) scores[slot] += weight * values[slot];
    }
    return scores;
  };
  return (question) => {
    for (const product of pool.always) heard.open(product);
    const scores = roughScores();
    const products = heard.products.slice(0, scores.length);
    const count = dropForbidden(question, products, scores);
    return count > pool.size ? bestOf(products, scores, count, pool.size) : products.slice(0, count).sort();
  };
}

/** @returns how many products may be answered; they stand at the beginning of the columns */
function dropForbidden(question: Query, products: Uint32Array, scores: Float64Array): number {
  const { exclude, repeats = false } = question;
  if (repeats && !exclude) return products.length;
  const isForbidden = forbidden(question);
  let count = 0;
  for (let i = 0; i < products.length; i++) {
    if (isForbidden(products[i])) continue;
    products[count] = products[i];
    scores[count++] = scores[i];
  }
  return count;
}

/** The `size` products with the best scores, ascending; of equal scores the lower products. */
function bestOf(products: Uint32Array, scores: Float64Array, count: number, size: number): Uint32Array {
  const bar = kthLargest(scores.slice(0, count), count, size);
  const best = new Uint32Array(size);
  const atBar: number[] = [];
  let chosen = 0;
  for (let i = 0; i < count; i++) {
    if (scores[i] > bar) best[chosen++] = products[i];
    else if (scores[i] === bar) atBar.push(products[i]);
  }
  atBar.sort((a, b) => a - b);
  best.set(atBar.slice(0, size - chosen), chosen);
  return best.sort();
}
