/** What is judged, and the check that its answers keep the promises that metrics rely on. */
import { InvalidInput } from "../errors.ts";
import { TopK, type Ranked } from "../matrix/top-k.ts";
import type { Query } from "../models/recommender.ts";
import type { Answering } from "./back-off.ts";

/** A method to judge: one that ranks, or one that scores every product of the catalogue (larger is better). */
export type ContenderFor<Asked extends Query> = { readonly name: string } & (
  | { readonly recommender: Answering<Asked> }
  | { readonly score: (query: Asked) => ArrayLike<number> }
);

/** Asks one method one question after another. */
export type Ask<Asked extends Query> = (query: Asked, owned: ReadonlySet<number>, count: number) => Ranked;

/**
 * @param productCount size of the catalogue, all of which may be ranked
 * @returns asks the method for `count` products outside of `owned`; throws InvalidInput when an answer breaks a promise
 * of `Recommender`
 * @example
 * const ask = createAsk({ name: "RP3beta", recommender: model }, model.productCount);
 * ask({ history: [3] }, new Set([3]), 10).products;
 */
export function createAsk<Asked extends Query>(contender: ContenderFor<Asked>, productCount: number): Ask<Asked> {
  const check = createAnswerCheck(contender.name, productCount);
  return (query, owned, count) => {
    const ranked =
      "score" in contender
        ? rankScored(contender.score(query), owned, productCount, count)
        : contender.recommender.recommend(query, count);
    check(ranked, owned, count);
    return ranked;
  };
}

/** Ranks what may be answered; NaN stands for "not scored". */
function rankScored(
  scores: ArrayLike<number>,
  owned: ReadonlySet<number>,
  productCount: number,
  count: number,
): Ranked {
  if (scores.length !== productCount) throw new InvalidInput("score(...).length", scores.length, String(productCount));
  const best = new TopK(count);
  for (let product = 0; product < productCount; product++)
    if (!owned.has(product)) best.offer(product, scores[product]);
  return best.ranked();
}

/** A repeated product would be counted as several hits, an owned one would take a place that nobody else can fill. */
function createAnswerCheck(
  name: string,
  productCount: number,
): (ranked: Ranked, owned: ReadonlySet<number>, count: number) => void {
  const seenIn = new Uint32Array(productCount);
  let answer = 0;
  return ({ products, scores }, owned, count) => {
    answer++;
    if (products.length > count) {
      throw new InvalidInput(`an answer of ${name}`, `${products.length} products`, `at most ${count} products`);
    }
    for (const [place, product] of products.entries()) {
      const path = `products[${place}] of an answer of ${name}`;
      if (product >= productCount) throw new InvalidInput(path, product, `an index below ${productCount}`);
      if (seenIn[product] === answer) throw new InvalidInput(path, product, "a product the answer does not hold yet");
      if (owned.has(product)) throw new InvalidInput(path, product, "a product that the query does not exclude");
      if (!(place === 0 || scores[place] <= scores[place - 1])) {
        const path = `scores[${place}] of an answer of ${name}`;
        throw new InvalidInput(path, scores[place], "at most the score before it");
      }
      seenIn[product] = answer;
    }
  };
}
