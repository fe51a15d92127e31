/**
 * Any model, re-ranked by what the circumstances of the visit do to each product: its score times the product's lift
 * (see `context-lifts.ts`). Over bestsellers this is popularity by segment: by country, device, customer segment, hour.
 * On Online Retail, last month, orders from abroad: recall@12 .108 by country, .076 by popularity alone.
 * The first `pool` answers of the base are re-ranked; those after keep their order behind them. A query costs the base's,
 * the lifts of its labels and O(pool).
 */
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { InvalidFile, InvalidInput, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { decodeStrings, encodeStrings } from "../files/strings.ts";
import { sharedAccumulator } from "../matrix/accumulator.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { TopK, topOf, type Ranked } from "../matrix/top-k.ts";
import { columnOf, integerSetting, numberSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import type { Query, Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import type { Context } from "./context.ts";
import {
  addLogLifts,
  boundedLift,
  fitContextLifts,
  liftsIn,
  type ContextLiftOptions,
  type ContextLifts,
  type ContextualBaskets,
} from "./context-lifts.ts";
import { loadParts, savedParts, type Loaders } from "./model-parts.ts";
import { loadPopularity, popularityOf } from "./popularity.ts";

const kind = "contextual";

/** A question asked in known circumstances. */
export interface ContextQuery extends Query {
  readonly context?: Context | undefined;
}

/** A model that minds the circumstances. Without any it answers as its base does. */
export interface ContextualRecommender extends Recommender {
  recommend(query: ContextQuery, count: number): Ranked;
  /** Which circumstances moved a product, and by what factor, strongest first. */
  circumstances(query: ContextQuery, product: number): readonly (readonly [label: string, lift: number])[];
}

/** How deep the re-ranking goes. */
export interface ContextualOptions {
  /** Answers of the base that are re-ranked. */
  readonly pool?: number | undefined;
}

/**
 * @throws InvalidInput when the lifts are of another catalogue; InvalidOption when `pool` is not a positive integer
 * @example
 * const model = createContextual(neighbours, await fitContextLifts({ ...view, contextOf }));
 * model.recommend({ history: [42], context: { weather: "rain" } }, 5);
 */
export function createContextual(
  base: Recommender,
  lifts: ContextLifts,
  { pool = 200 }: ContextualOptions = {},
): ContextualRecommender {
  requireInteger("pool", pool, 1);
  const { productCount } = base;
  if (lifts.shares.length !== productCount) {
    throw new InvalidInput("lifts", `${lifts.shares.length} products`, `of ${productCount} products, as the model`);
  }
  const logLifts = sharedAccumulator(productCount);
  return {
    kind,
    productCount,
    recommend(query, count) {
      const { context = {} } = query;
      requireInteger("count", count, 0);
      const ranked = base.recommend(query, Math.max(count, Math.min(pool, productCount)));
      return Object.keys(context).length === 0 ? firstOf(ranked, count) : rerank(ranked, context, count);
    },
    explain: (query, product) => base.explain(query, product),
    circumstances: ({ context = {} }, product) => liftsIn(lifts, context, product),
    save() {
      const { settings, columns } = savedParts([base]);
      const saved = savedLifts(lifts);
      return {
        kind,
        settings: { ...settings, ...saved.settings, productCount, pool },
        columns: { ...columns, ...saved.columns },
      };
    },
  };

  function rerank({ products, scores }: Ranked, context: Context, count: number): Ranked {
    const depth = Math.min(pool, products.length);
    const byPlace = new TopK(Math.min(depth, count));
    try {
      addLogLifts(lifts, context, logLifts);
      for (let place = 0; place < depth; place++) {
        const lift = boundedLift(lifts, logLifts.values[products[place]]);
        // Some models score below zero: there, too, a lift must raise.
        byPlace.offer(place, scores[place] > 0 ? scores[place] * lift : scores[place] / lift);
      }
    } finally {
      logLifts.clear();
    }
    const lifted = byPlace.ranked();
    const answer = firstOf({ products, scores }, count);
    for (let place = 0; place < answer.products.length; place++) {
      if (place < depth) {
        answer.products[place] = products[lifted.products[place]];
        answer.scores[place] = lifted.scores[place];
      } else answer.scores[place] = Math.min(answer.scores[place], answer.scores[place - 1]);
    }
    return answer;
  }
}

/**
 * Bestsellers by circumstances or segment: each product's share of baskets there, shrunk to its share of all.
 * @returns a model whose scores are (faded) shares of baskets times lifts
 * @throws InvalidOption when a setting is out of its range; InvalidInput when times are missing
 * @example
 * const contextOf = (basket: number) => ({ country: countries[basket] });
 * const bySegment = await trainContextPopularity({ ...view, contextOf }, { halfLifeDays: 60 });
 * bySegment.recommend({ history: [], context: { country: "FR" } }, 12);
 */
export async function trainContextPopularity(
  data: ContextualBaskets,
  { confidence = 0.5, ...options }: ContextLiftOptions & TrainingControls = {},
): Promise<ContextualRecommender> {
  const lifts = await fitContextLifts(data, { confidence, ...options });
  const productCount = lifts.shares.length;
  const bestsellers = popularityOf(topOf(lifts.shares, productCount), productCount);
  return createContextual(bestsellers, lifts, { pool: Math.max(1, productCount) });
}

/**
 * @param loaders for the model underneath; popularity when left out
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const model = await loadContextual(readModel(bytes), { "item-neighbours": loadItemNeighbours });
 */
export async function loadContextual(
  file: ModelFile,
  loaders: Loaders = { popularity: loadPopularity },
  controls: TrainingControls = {},
): Promise<ContextualRecommender> {
  requireKind(file, kind);
  const productCount = integerSetting(file, "productCount");
  const [base] = await loadParts(file, loaders, controls);
  if (base?.productCount !== productCount) throw new InvalidFile(`The ${kind} model lacks its base.`);
  const lifts = await paced("loading circumstances", readLifts(file, productCount), controls);
  return createContextual(base, lifts, { pool: integerSetting(file, "pool", 1) });
}

function savedLifts({
  labels,
  cells,
  lifts,
  maximumLift,
  shares,
}: ContextLifts): Pick<ModelFile, "settings" | "columns"> {
  const { bytes, offsets } = encodeStrings(labels.all);
  return {
    settings: { maximumLift },
    columns: {
      labelBytes: bytes,
      labelOffsets: offsets,
      liftOffsets: cells.offsets,
      liftProducts: cells.indices,
      lifts,
      shares,
    },
  };
}

function* readLifts(file: ModelFile, productCount: number): InPieces<ContextLifts> {
  const bytes = yield* columnOf(file, "labelBytes", Uint8Array);
  const offsets = yield* columnOf(file, "labelOffsets", Uint32Array);
  const labels = createIdentifiers(decodeStrings({ bytes, offsets }));
  const cells = yield* rowsOf(file, "liftOffsets", "liftProducts", { rows: labels.size, columns: productCount });
  const lifts = yield* columnOf(file, "lifts", Float32Array, cells.indices.length);
  if (!lifts.every((lift) => lift > 0)) throw new InvalidFile(`Column "lifts" of the ${kind} model must be above 0.`);
  const shares = yield* columnOf(file, "shares", Float64Array, productCount);
  return { labels, cells, lifts, maximumLift: numberSetting(file, "maximumLift", 1), shares };
}

function firstOf({ products, scores }: Ranked, count: number): Ranked {
  return { products: products.slice(0, count), scores: scores.slice(0, count) };
}
