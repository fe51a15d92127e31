/**
 * Content similarity: products that are described alike, whether or not anyone has bought them.
 * similarity = (text, category, brand and attribute cosines and price closeness, by their weights) / sum of weights.
 *
 * Candidates of a product come from the posting lists of its features, rarest first, until `readings` entries are read;
 * the most promising, twice as many as neighbours are kept, are then compared in full. So the cost is at most
 * products x (readings + candidates x features), however common a word is. On the 3,958 descriptions of Online Retail
 * 99.6 % of each product's best twenty are the same as without these bounds.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { rowSizes, transposeInPieces, type SparseMatrix } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import type { Recommender } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { contentFeatures, type FieldWeights } from "./content-features.ts";
import { homePrices, priceCloseness } from "./price-closeness.ts";
import {
  createNeighbourRecommender,
  createNeighbourTableBuilder,
  readNeighbourRecommender,
  requireRecency,
  type NeighbourTable,
} from "../models/neighbour-table.ts";

const kind = "content";

/** How much each side of a product counts. Zero leaves it out. */
export interface ContentWeights extends FieldWeights {
  /** Closeness of prices in the home market: half at a ratio of 2 to 1. */
  readonly price: number;
}

/** What makes products alike, and how many are remembered. */
export interface ContentOptions {
  /** How much each side of a product counts; those left out keep their defaults. */
  readonly weights?: Partial<ContentWeights> | undefined;
  /** Neighbours kept for each product. */
  readonly neighbours?: number | undefined;
  /** Weight of an entry of a query's history against the one after it, in (0, 1]. 1 treats all alike. */
  readonly recency?: number | undefined;
  /** Posting entries read for a product: more finds more in large catalogues, and takes longer. */
  readonly readings?: number | undefined;
}

/** Words and categories say most, prices least. */
export const defaultContentWeights: ContentWeights = { text: 1, category: 1, brand: 0.5, attributes: 0.5, price: 0.25 };

/**
 * @returns a model whose scores are sums of similarities in (0, 1]: comparable within one query only
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const alike = await trainContent(catalogue, { weights: { brand: 0 } });
 * alike.recommend({ history: [42] }, 5);
 */
export async function trainContent(
  catalogue: Catalogue,
  { weights, neighbours = 100, recency = 1, readings = 5_000, ...controls }: ContentOptions & TrainingControls = {},
): Promise<Recommender> {
  const allWeights = { ...defaultContentWeights, ...weights };
  for (const [side, weight] of Object.entries(allWeights)) requireNumber(`weights.${side}`, weight, 0);
  requireInteger("readings", readings, 1);
  requireRecency(recency);
  const comparison: Comparison = {
    features: await contentFeatures(catalogue, allWeights, controls),
    logPrices: homePrices(catalogue),
    priceWeight: allWeights.price,
    sumOfWeights: Object.values(allWeights).reduce((sum, weight) => sum + weight, 0),
  };
  const table = await compareProducts(comparison, { neighbours, readings }, controls);
  return createNeighbourRecommender(kind, table, recency);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const alike = await loadContent(readModel(bytes));
 */
export function loadContent(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading descriptions", readNeighbourRecommender(kind, file), controls);
}

interface Comparison {
  readonly features: SparseMatrix;
  /** Natural logarithm of each product's price in the home market, NaN where it has none. */
  readonly logPrices: Float64Array;
  readonly priceWeight: number;
  readonly sumOfWeights: number;
}

async function compareProducts(
  comparison: Comparison,
  { neighbours, readings }: { readonly neighbours: number; readonly readings: number },
  controls: TrainingControls,
): Promise<NeighbourTable> {
  const { features, sumOfWeights } = comparison;
  const productCount = features.rows;
  const builder = createNeighbourTableBuilder(productCount, neighbours);
  const pace = createPacer("comparing products", productCount, controls);
  const postings = await pace.through(transposeInPieces(features), 0);
  const search = createCandidateSearch(features, postings, readings, neighbours * 2);
  const dotWith = createDotProducts(features);
  for (let product = 0; product < productCount; product++) {
    if (pace.isDue()) await pace.rest(product);
    const dot = dotWith(product);
    for (const other of search(product)) {
      const score = dot(other) + comparison.priceWeight * priceCloseness(comparison.logPrices, product, other);
      builder.offer(other, score / sumOfWeights);
    }
    builder.endRow();
  }
  const table = await pace.through(builder.finish(), productCount);
  pace.finish();
  return table;
}

/**
 * The `most` products that share most with a product, as far as `readings` allows to see.
 * @param postings the transpose of `features`
 */
function createCandidateSearch(
  features: SparseMatrix,
  postings: SparseMatrix,
  readings: number,
  most: number,
): (product: number) => Uint32Array {
  const { offsets, indices, values } = features;
  const frequency = rowSizes(postings);
  const shared = new Accumulator(features.rows);

  function readPostings(product: number): void {
    const rarestFirst = Array.from(indices.subarray(offsets[product], offsets[product + 1]), (feature, place) => ({
      feature,
      value: values[offsets[product] + place],
    })).sort((a, b) => frequency[a.feature] - frequency[b.feature] || a.feature - b.feature);
    let left = readings;
    for (const { feature, value } of rarestFirst) {
      const begin = postings.offsets[feature];
      const end = Math.min(postings.offsets[feature + 1], begin + left);
      for (let i = begin; i < end; i++) shared.add(postings.indices[i], value * postings.values[i]);
      left -= end - begin;
      if (left === 0) return;
    }
  }
  return (product) => {
    readPostings(product);
    const best = new TopK(Math.min(most, features.rows));
    for (const other of shared.touched) if (other !== product) best.offer(other, shared.values[other]);
    shared.clear();
    return best.ranked().products;
  };
}

/** Dot products of one row with others, by way of a dense copy of the row. */
function createDotProducts({ columns, offsets, indices, values }: SparseMatrix) {
  const dense = new Float64Array(columns);
  let spread = 0;
  return (row: number): ((other: number) => number) => {
    for (let i = offsets[spread]; i < offsets[spread + 1]; i++) dense[indices[i]] = 0;
    for (let i = offsets[row]; i < offsets[row + 1]; i++) dense[indices[i]] = values[i];
    spread = row;
    return (other) => {
      let dot = 0;
      for (let i = offsets[other]; i < offsets[other + 1]; i++) dot += values[i] * dense[indices[i]];
      return dot;
    };
  };
}
