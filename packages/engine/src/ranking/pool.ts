/** Chooses the products to look at closely, by a rough sum of the signals. */
import { Accumulator } from "../matrix/accumulator.ts";
import { kthLargest } from "../matrix/select.ts";
import { forbidden, type Query } from "../models/recommender.ts";
import type { RankingPlan } from "./plan.ts";

/**
 * @param columns an accumulator a signal, in the order of `names`
 * @returns a function that answers with the pool of a question, products ascending: no order of arrival matters
 */
export function createPool<Question extends Query>(
  { productCount, pool, priors }: Pick<RankingPlan<Question>, "productCount" | "pool" | "priors">,
  names: readonly string[],
  columns: readonly Accumulator[],
): (question: Question) => Uint32Array {
  const rough = new Accumulator(productCount);
  const weights = names.map((name) => pool.weights[name] ?? 0);
  const prior = pool.prior ? priors[pool.prior.name] : new Float32Array(productCount);
  const priorWeight = pool.prior?.weight ?? 0;
  let products = new Uint32Array(0);
  let scores = new Float64Array(0);

  /** @returns how many products may be answered; they stand at the beginning of `products` */
  const gather = (question: Question): number => {
    const { touched, values } = rough;
    if (products.length < touched.length) {
      products = new Uint32Array(2 * touched.length);
      scores = new Float64Array(2 * touched.length);
    }
    products.set(touched);
    // A loop that does nothing else lets the processor wait for many priors at once.
    for (let i = 0; i < touched.length; i++) scores[i] = priorWeight * prior[touched[i]];
    for (let i = 0; i < touched.length; i++) scores[i] += values[touched[i]];
    const { exclude, repeats = false } = question;
    return repeats && !exclude ? touched.length : dropForbidden(question, touched.length);
  };
  const dropForbidden = (question: Question, length: number): number => {
    const isForbidden = forbidden(question);
    let count = 0;
    for (let i = 0; i < length; i++) {
      if (isForbidden(products[i])) continue;
      products[count] = products[i];
      scores[count++] = scores[i];
    }
    return count;
  };
  return (question) => {
    try {
      for (const [place, { touched, values }] of columns.entries()) {
        const weight = weights[place];
        for (let i = 0; i < touched.length; i++) rough.add(touched[i], weight * values[touched[i]]);
      }
      for (const product of pool.always) rough.add(product, 0);
      const count = gather(question);
      return count > pool.size ? bestOf(products, scores, count, pool.size) : products.slice(0, count).sort();
    } finally {
      rough.clear();
    }
  };
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
