/**
 * A recommender that gives everyone the same ranking: the shared body of popularity and trending.
 * It answers in O(count + history + excluded), whatever the size of the catalogue.
 */
import { requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Ranked } from "../matrix/top-k.ts";
import { requireHistory } from "../models/history.ts";
import { columnOf, indicesOf, integerSetting, requireKind } from "../models/model-columns.ts";
import { forbidden, type Query, type Recommender } from "../models/recommender.ts";

/** @param ranking products to answer, best first; others are never answered */
export function createLeaderboard(kind: string, productCount: number, ranking: Ranked): Recommender {
  return {
    kind,
    productCount,
    recommend: (query, count) => firstAllowed(ranking, query, count),
    explain: () => [],
    save: () => ({ kind, settings: { productCount }, columns: { products: ranking.products, scores: ranking.scores } }),
  };
}

/** @throws InvalidFile when the file is damaged or of another kind */
export function* readLeaderboard(kind: string, file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const productCount = integerSetting(file, "productCount");
  const products = yield* indicesOf(file, "products", productCount);
  const scores = yield* columnOf(file, "scores", Float64Array, products.length);
  return createLeaderboard(kind, productCount, { products, scores });
}

function firstAllowed({ products, scores }: Ranked, query: Query, count: number): Ranked {
  requireInteger("count", count, 0);
  requireHistory(query.history);
  const hasForbidden = (!query.repeats && query.history.length > 0) || query.exclude !== undefined;
  if (!hasForbidden) return { products: products.slice(0, count), scores: scores.slice(0, count) };

  const isForbidden = forbidden(query);
  const capacity = Math.min(count, products.length);
  const places = new Uint32Array(capacity);
  let found = 0;
  for (let place = 0; place < products.length && found < capacity; place++) {
    if (!isForbidden(products[place])) places[found++] = place;
  }
  const kept = places.subarray(0, found);
  return {
    products: kept.map((place) => products[place]),
    scores: Float64Array.from(kept, (place) => scores[place]),
  };
}
