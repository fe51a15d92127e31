/**
 * A method that falls silent can name who speaks next. Judged without it, products that a method does not return tie
 * below all it does; with it, they follow in the order of another method, and the row's name should say so.
 */
import { topOf } from "../matrix/top-k.ts";
import type { Ranked } from "../matrix/top-k.ts";
import { forbidden } from "../models/recommender.ts";
import type { Query } from "../models/recommender.ts";

/** What can be judged: every `Recommender`, and anything that answers a query under the same promises. */
export interface Answering<Asked extends Query = Query> {
  recommend(query: Asked, count: number): Ranked;
}

/**
 * Puts what `fallback` returns behind everything that `primary` returns, ties of either kept.
 * @param productCount size of the catalogue: `fallback` is asked for all of it, since much of it may be taken
 * @example
 * const model = trainRp3Beta(interactions);
 * const fuller = withBackOff(model, popularityRecommender(columnSizes(view.baskets)), view.productCount);
 */
export function withBackOff<Asked extends Query>(
  primary: Answering<Asked>,
  fallback: Answering<Asked>,
  productCount: number,
): Answering<Asked> {
  return {
    recommend(query, count) {
      const first = primary.recommend(query, count);
      if (first.products.length >= count) return first;
      const taken = new Set(first.products);
      const second = fallback.recommend(query, productCount);
      const free = Array.from(second.products.keys())
        .filter((place) => !taken.has(second.products[place]))
        .slice(0, count - first.products.length);
      // Shifted as a whole to below the last stated score, so that the fallback's own gaps and ties survive.
      const floor = first.scores.length === 0 ? 0 : first.scores[first.scores.length - 1] - 1;
      const top = second.scores[0] ?? 0;
      return {
        products: Uint32Array.from([...first.products, ...free.map((place) => second.products[place])]),
        scores: Float64Array.from([...first.scores, ...free.map((place) => floor - (top - second.scores[place]))]),
      };
    },
  };
}

/**
 * Recommends what sold most, the same to everybody but for what a query forbids.
 * @param popularity one number a product, larger is better; equal numbers tie
 * @example
 * popularityRecommender(columnSizes(view.baskets)).recommend({ history: [] }, 10);
 */
export function popularityRecommender(popularity: ArrayLike<number>): Answering {
  const { products, scores } = topOf(popularity, popularity.length);
  return {
    recommend(query, count) {
      const isForbidden = forbidden(query);
      const chosen = new Uint32Array(Math.min(count, products.length));
      const chosenScores = new Float64Array(chosen.length);
      let size = 0;
      for (let place = 0; place < products.length && size < chosen.length; place++) {
        if (isForbidden(products[place])) continue;
        chosen[size] = products[place];
        chosenScores[size++] = scores[place];
      }
      return { products: chosen.subarray(0, size), scores: chosenScores.subarray(0, size) };
    },
  };
}
