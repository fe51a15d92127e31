/**
 * UP-CF@r: customers alike in what they bought vote for what they buy (Faggioli, Polato and Aiolli, "Recency aware
 * collaborative filtering for next basket recommendation", UMAP 2020, eq. 3 to 5), with locality 1 and counts in place of
 * a yes or no, which is better than the published settings. For comparison: `trainPurchaseRanker` is better.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator, sharedAccumulator } from "../matrix/accumulator.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { rowOf, sparseMatrix, transpose, type SparseMatrix } from "../matrix/sparse.ts";
import { columnOf, integerSetting, numberSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import { rankScores } from "../models/scoring.ts";
import { sharesOf } from "../models/shares.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { basketsByCustomer, type CustomerBaskets } from "../history/customer-baskets.ts";
import { createPurchaseReader, type NextBasketRecommender, type PurchaseQuestion } from "./purchase-question.ts";

const kind = "next-basket-neighbours";

export interface NextBasketNeighboursOptions {
  /** Baskets of each customer that are read, the newest. */
  readonly recency?: number;
  /** 0.5 is the cosine; above it, customers who buy many things are trusted more. */
  readonly asymmetry?: number;
  /** Power of each similarity: high ones listen to the nearest few only. */
  readonly locality?: number;
}

type Settings = Required<NextBasketNeighboursOptions>;

/**
 * Memory 16 bytes a product of a customer.
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const neighbours = await trainNextBasketNeighbours(view);
 * neighbours.recommend({ history: [3, 17], basketEnds: [2], repeats: true }, 10);
 */
export async function trainNextBasketNeighbours(
  data: CustomerBaskets,
  { recency = 100, asymmetry = 0.75, locality = 1, ...controls }: NextBasketNeighboursOptions & TrainingControls = {},
): Promise<NextBasketRecommender> {
  requireInteger("recency", recency, 1);
  requireNumber("asymmetry", asymmetry, 0, 1);
  requireNumber("locality", locality, Number.MIN_VALUE);
  const { baskets, customerCount, productCount } = data;
  const basketsOf = basketsByCustomer(data);
  const row: number[] = [];
  const column: number[] = [];
  const values: number[] = [];
  const pace = createPacer("reading customers", customerCount, controls);
  for (let customer = 0; customer < customerCount; customer++) {
    if (pace.isDue()) await pace.rest(customer);
    const newest = rowOf(basketsOf, customer).slice(-recency);
    for (const basket of newest) {
      for (const product of rowOf(baskets, basket)) {
        row.push(customer);
        column.push(product);
        values.push(1 / newest.length);
      }
    }
  }
  pace.finish();
  const shares = sparseMatrix({ rows: customerCount, columns: productCount, row, column }, values);
  return createNeighbours(shares, { recency, asymmetry, locality });
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const neighbours = await loadNextBasketNeighbours(readModel(bytes));
 */
export function loadNextBasketNeighbours(
  file: ModelFile,
  controls: TrainingControls = {},
): Promise<NextBasketRecommender> {
  return paced("loading customers", readNeighbours(file), controls);
}

function* readNeighbours(file: ModelFile): InPieces<NextBasketRecommender> {
  requireKind(file, kind);
  const rows = yield* rowsOf(file, "offsets", "products", { columns: integerSetting(file, "productCount") });
  const values = yield* columnOf(file, "shares", Float64Array, rows.indices.length);
  return createNeighbours(
    { ...rows, values },
    {
      recency: integerSetting(file, "recency", 1),
      asymmetry: numberSetting(file, "asymmetry"),
      locality: numberSetting(file, "locality"),
    },
  );
}

/** @param shares customers x products: in what share of the customer's newest baskets */
function createNeighbours(shares: SparseMatrix, settings: Settings): NextBasketRecommender {
  const { recency, asymmetry, locality } = settings;
  const { rows: customerCount, columns: productCount, offsets, indices, values } = shares;
  const holders = transpose(shares);
  const lengths = Float64Array.from({ length: customerCount }, (_, customer) => {
    return squaredLength(values.subarray(offsets[customer], offsets[customer + 1])) ** (1 - asymmetry);
  });
  const likeness = new Accumulator(customerCount);
  const scores = sharedAccumulator(productCount);
  const read = createPurchaseReader(productCount);
  /** The customer as a vector: products with their shares of the newest baskets. */
  const profileOf = (query: PurchaseQuestion): ReadonlyMap<number, number> => {
    const { products, basketsAgo, basketCount } = read(query);
    const profile = new Map<number, number>();
    for (const [entry, product] of products.entries()) {
      if (basketsAgo[entry] >= recency) continue;
      profile.set(product, (profile.get(product) ?? 0) + 1 / Math.min(recency, basketCount));
    }
    return profile;
  };
  const vote = (profile: ReadonlyMap<number, number>): void => {
    const ownLength = squaredLength([...profile.values()]) ** asymmetry;
    try {
      for (const [product, share] of profile) {
        for (let i = holders.offsets[product]; i < holders.offsets[product + 1]; i++) {
          likeness.add(holders.indices[i], share * holders.values[i]);
        }
      }
      for (const customer of likeness.touched) {
        const voice = (likeness.values[customer] / (ownLength * lengths[customer])) ** locality;
        for (let i = offsets[customer]; i < offsets[customer + 1]; i++) scores.add(indices[i], voice * values[i]);
      }
    } finally {
      likeness.clear();
    }
  };
  return {
    kind,
    productCount,
    recommend(query: PurchaseQuestion, count) {
      const profile = profileOf(query);
      return rankScores(scores, query, count, () => vote(profile));
    },
    explain(query: PurchaseQuestion, product) {
      if (product >= productCount) return [];
      const profile = profileOf(query);
      // What each product of the profile adds to the likeness of those who hold the answer, with locality 1.
      const answerers = new Map<number, number>();
      for (let i = holders.offsets[product]; i < holders.offsets[product + 1]; i++) {
        answerers.set(holders.indices[i], holders.values[i] / lengths[holders.indices[i]]);
      }
      const amounts = Array.from(profile, ([own, share]) => {
        let amount = 0;
        for (let i = holders.offsets[own]; i < holders.offsets[own + 1]; i++) {
          amount += share * holders.values[i] * (answerers.get(holders.indices[i]) ?? 0);
        }
        return amount;
      });
      return sharesOf([...profile.keys()], amounts);
    },
    save: () => ({
      kind,
      settings: { productCount, ...settings },
      columns: { offsets, products: indices, shares: values },
    }),
  };
}

function squaredLength(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return sum;
}
