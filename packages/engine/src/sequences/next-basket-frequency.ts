/**
 * What a customer bought most often, then what everybody buys: "GP-TopFreq", the baseline that next-basket papers rarely
 * beat (Li et al., "A next basket recommendation reality check", ACM TOIS 2023). Equal counts go to the more popular
 * product, which alone adds an eighth to its recall. For comparison: `trainPurchaseRanker` is better.
 */
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { columnSizes } from "../matrix/sparse.ts";
import { topOf, TopK, type Ranked } from "../matrix/top-k.ts";
import { requireInteger } from "../errors.ts";
import { columnOf, integerSetting, requireKind } from "../models/model-columns.ts";
import { forbidden } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import { createPurchaseReader, type NextBasketRecommender, type PurchaseQuestion } from "./purchase-question.ts";

const kind = "next-basket-frequency";

/**
 * Memory 12 bytes a product.
 * @returns a model whose scores are the customer's baskets with the product plus a popularity below 1
 * @example
 * const usual = await trainNextBasketFrequency(view);
 * usual.recommend({ history: [3, 17, 3], basketEnds: [2, 3], repeats: true }, 10);
 */
export async function trainNextBasketFrequency(
  { baskets }: Pick<CustomerBaskets, "baskets">,
  controls: TrainingControls = {},
): Promise<NextBasketRecommender> {
  const pace = createPacer("counting baskets", 1, controls);
  const popularity = Uint32Array.from(columnSizes(baskets));
  pace.finish();
  return createFrequency(popularity);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const usual = await loadNextBasketFrequency(readModel(bytes));
 */
export function loadNextBasketFrequency(
  file: ModelFile,
  controls: TrainingControls = {},
): Promise<NextBasketRecommender> {
  return paced("loading what is bought most often", readFrequency(file), controls);
}

function* readFrequency(file: ModelFile): InPieces<NextBasketRecommender> {
  requireKind(file, kind);
  return createFrequency(yield* columnOf(file, "popularity", Uint32Array, integerSetting(file, "productCount")));
}

function createFrequency(popularity: Uint32Array): NextBasketRecommender {
  const productCount = popularity.length;
  const { products: leaders, scores: leading } = topOf(popularity, productCount);
  const scale = 1 / (1 + (leading[0] ?? 0));
  const read = createPurchaseReader(productCount);
  return {
    kind,
    productCount,
    recommend(query: PurchaseQuestion, count): Ranked {
      const { owned } = read(query);
      requireInteger("count", count, 0);
      const isForbidden = forbidden(query);
      const counts = new Map(owned.map((own) => [own.product, own.count]));
      const best = new TopK(Math.min(count, productCount));
      for (const [product, times] of counts) {
        if (!isForbidden(product)) best.offer(product, times + popularity[product] * scale);
      }
      for (const product of leaders) {
        const score = popularity[product] * scale;
        if (!best.admits(product, score)) break;
        if (!counts.has(product) && !isForbidden(product)) best.offer(product, score);
      }
      return best.ranked();
    },
    explain: (query, product) =>
      read(query).owned.some((own) => own.product === product) ? [{ product, share: 1 }] : [],
    save: () => ({ kind, settings: { productCount }, columns: { popularity } }),
  };
}
