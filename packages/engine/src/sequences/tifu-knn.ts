/**
 * TIFU-KNN: a customer is the sum of their baskets, faded within and across groups of baskets, mixed with the mean of the
 * nearest customers (Hu et al., "Modeling personalized item frequency information for next-basket recommendation", SIGIR
 * 2020, eq. 2 to 4), as the authors' code has it: baskets fade over the whole history, and short histories are not padded.
 * For comparison: `trainPurchaseRanker` is better.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator, sharedAccumulator } from "../matrix/accumulator.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { sparseMatrix, transpose, type SparseMatrix } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { columnOf, integerSetting, numberSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import { rankScores } from "../models/scoring.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import {
  createPurchaseReader,
  purchaseHistories,
  type NextBasketRecommender,
  type PurchaseQuestion,
  type Purchases,
} from "./purchase-question.ts";

const kind = "tifu-knn";

/** Defaults are the authors' for Ta-Feng. */
export interface TifuKnnOptions {
  readonly neighbours?: number;
  /** What is left of a basket's weight a basket later. */
  readonly basketDecay?: number;
  /** The same for groups of baskets. */
  readonly groupDecay?: number;
  readonly groups?: number;
  /** Weight of the customer against the neighbours, from 0 to 1. */
  readonly ownShare?: number;
}

type Settings = Required<TifuKnnOptions>;

/**
 * Memory 16 bytes a product of a customer. A query compares with every customer: milliseconds.
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const tifu = await trainTifuKnn(view, { neighbours: 900, groups: 3 });
 */
export async function trainTifuKnn(
  data: CustomerBaskets,
  {
    neighbours = 300,
    basketDecay = 0.9,
    groupDecay = 0.7,
    groups = 7,
    ownShare = 0.7,
    ...controls
  }: TifuKnnOptions & TrainingControls = {},
): Promise<NextBasketRecommender> {
  requireInteger("neighbours", neighbours, 1);
  requireInteger("groups", groups, 1);
  requireNumber("basketDecay", basketDecay, 0, 1);
  requireNumber("groupDecay", groupDecay, 0, 1);
  requireNumber("ownShare", ownShare, 0, 1);
  const settings = { neighbours, basketDecay, groupDecay, groups, ownShare };
  const { customerCount, productCount } = data;
  const about = purchaseHistories(data);
  const read = createPurchaseReader(productCount);
  const row: number[] = [];
  const column: number[] = [];
  const values: number[] = [];
  const pace = createPacer("adding up baskets", customerCount, controls);
  for (let customer = 0; customer < customerCount; customer++) {
    if (pace.isDue()) await pace.rest(customer);
    for (const [product, value] of fadedFrequencies(read(about(customer)), settings)) {
      row.push(customer);
      column.push(product);
      values.push(value);
    }
  }
  pace.finish();
  return createTifu(sparseMatrix({ rows: customerCount, columns: productCount, row, column }, values), settings);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const tifu = await loadTifuKnn(readModel(bytes));
 */
export function loadTifuKnn(file: ModelFile, controls: TrainingControls = {}): Promise<NextBasketRecommender> {
  return paced("loading customers", readTifu(file), controls);
}

function* readTifu(file: ModelFile): InPieces<NextBasketRecommender> {
  requireKind(file, kind);
  const rows = yield* rowsOf(file, "offsets", "products", { columns: integerSetting(file, "productCount") });
  const values = yield* columnOf(file, "values", Float64Array, rows.indices.length);
  return createTifu(
    { ...rows, values },
    {
      neighbours: integerSetting(file, "neighbours", 1),
      basketDecay: numberSetting(file, "basketDecay"),
      groupDecay: numberSetting(file, "groupDecay"),
      groups: integerSetting(file, "groups", 1),
      ownShare: numberSetting(file, "ownShare"),
    },
  );
}

/** The customer's vector. Groups hold as many baskets as can be, the oldest one what is left over. */
function fadedFrequencies(
  { products, basketsAgo, basketCount }: Purchases,
  { basketDecay, groupDecay, groups }: Settings,
): Map<number, number> {
  const perGroup = Math.ceil(basketCount / groups);
  const used = Math.ceil(basketCount / perGroup);
  const vector = new Map<number, number>();
  for (const [entry, product] of products.entries()) {
    const ago = basketsAgo[entry];
    const group = Math.floor(ago / perGroup);
    const inGroup = Math.min(perGroup, basketCount - group * perGroup);
    // The authors count groups from the end of all of them: customers of few baskets come out smaller.
    const weight = (basketDecay ** ago * groupDecay ** (group + Math.max(0, groups - used))) / inGroup / used;
    vector.set(product, (vector.get(product) ?? 0) + weight);
  }
  return vector;
}

function createTifu(vectors: SparseMatrix, settings: Settings): NextBasketRecommender {
  const { neighbours, ownShare } = settings;
  const { rows: customerCount, columns: productCount, offsets, indices, values } = vectors;
  const holders = transpose(vectors);
  const squares = new Float64Array(customerCount);
  for (let customer = 0; customer < customerCount; customer++) {
    for (let i = offsets[customer]; i < offsets[customer + 1]; i++) squares[customer] += values[i] * values[i];
  }
  const products = new Accumulator(customerCount);
  const scores = sharedAccumulator(productCount);
  const read = createPurchaseReader(productCount);
  /** By Euclidean distance, whose part that is the customer's own is left out. */
  const nearest = (vector: ReadonlyMap<number, number>): Uint32Array => {
    const best = new TopK(Math.min(neighbours, customerCount));
    try {
      for (const [product, value] of vector) {
        for (let i = holders.offsets[product]; i < holders.offsets[product + 1]; i++) {
          products.add(holders.indices[i], value * holders.values[i]);
        }
      }
      for (let customer = 0; customer < customerCount; customer++) {
        if (squares[customer] > 0) best.offer(customer, 2 * products.values[customer] - squares[customer]);
      }
    } finally {
      products.clear();
    }
    return best.ranked().products;
  };
  return {
    kind,
    productCount,
    recommend(query: PurchaseQuestion, count) {
      const vector = fadedFrequencies(read(query), settings);
      return rankScores(scores, query, count, () => {
        if (vector.size === 0) return;
        const others = nearest(vector);
        for (const [product, value] of vector) scores.add(product, ownShare * value);
        for (const customer of others) {
          for (let i = offsets[customer]; i < offsets[customer + 1]; i++) {
            scores.add(indices[i], ((1 - ownShare) * values[i]) / others.length);
          }
        }
      });
    },
    // Neighbours are near by everything at once: only what the customer bought before speaks for itself.
    explain: (query, product) =>
      read(query).owned.some((own) => own.product === product) ? [{ product, share: 1 }] : [],
    save: () => ({ kind, settings: { productCount, ...settings }, columns: { offsets, products: indices, values } }),
  };
}
