/**
 * Neighbours by given embeddings: products whose vectors - of their texts, pictures or a model of the shop's own - point
 * the same way, and which cost about the same.
 *   similarity = (cosine + priceWeight x price closeness) / (1 + priceWeight), cosines of zero or less being none.
 * The nearest of every product are found once, by dot products in blocks that stay in the processor's cache, and kept as
 * a table: a query needs no vectors. Training O(products^2 x dimension), about a second for 5,000 products of 128
 * numbers; memory products x dimension x 4 bytes while training, neighbours x products x 8 bytes after it.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { createBlockProduct, paddedDepth } from "../matrix/block-product.ts";
import type { InPieces } from "../matrix/pieces.ts";
import {
  createNeighbourRecommender,
  createNeighbourTableBuilder,
  readNeighbourRecommender,
  requireRecency,
} from "../models/neighbour-table.ts";
import type { Recommender } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { priceCloseness } from "./price-closeness.ts";

const kind = "embedding-neighbours";

/** Vectors of products, row by row. */
export interface Embeddings {
  /** Numbers of one vector. */
  readonly dimension: number;
  /** Products x dimension. A row of zeros stands for a product without a vector: it has no neighbours. */
  readonly rows: Float32Array;
}

/** How many neighbours are kept, and what speaks beside the vectors. */
export interface EmbeddingNeighboursOptions {
  /** Neighbours kept for each product. */
  readonly neighbours?: number | undefined;
  /** Natural logarithm of each product's price, NaN where unknown: `homePrices(catalogue)`. */
  readonly logPrices?: Float64Array | undefined;
  /** How much closeness of prices counts against the cosine. */
  readonly priceWeight?: number | undefined;
  /** Weight of an entry of a query's history against the one after it, in (0, 1]. 1 treats all alike. */
  readonly recency?: number | undefined;
}

/** Products that are compared with as many others at a time: 64 + 64 vectors of 384 numbers take 400 kB. */
const blockRows = 64;

/**
 * @returns a model whose scores are sums of similarities in (0, 1]: comparable within one query only
 * @throws InvalidOption when a setting is out of its range
 * @throws InvalidInput when rows are not whole vectors, a number is not finite, or there is not one price a product
 * @example
 * const alike = await trainEmbeddingNeighbours({ dimension: 384, rows: vectors }, { neighbours: 50 });
 * alike.recommend({ history: [42] }, 5);
 */
export async function trainEmbeddingNeighbours(
  embeddings: Embeddings,
  {
    neighbours = 100,
    logPrices,
    priceWeight = 0.25,
    recency = 1,
    ...controls
  }: EmbeddingNeighboursOptions & TrainingControls = {},
): Promise<Recommender> {
  requireNumber("priceWeight", priceWeight, 0);
  requireRecency(recency);
  const { dimension } = embeddings;
  const units = unitVectors(embeddings);
  const productCount = units.length / dimension;
  if (logPrices && logPrices.length !== productCount) {
    throw new InvalidInput("logPrices", `${logPrices.length} prices`, `one for each of ${productCount} products`);
  }
  const similarity = (cosine: number, one: number, other: number): number =>
    logPrices ? (cosine + priceWeight * priceCloseness(logPrices, one, other)) / (1 + priceWeight) : cosine;

  const builder = createNeighbourTableBuilder(productCount, neighbours);
  const cosines = new Float32Array(blockRows * productCount);
  const pace = createPacer("comparing embeddings", productCount, controls);
  const fillBlocks = createCosines(units, dimension, cosines);
  for (let begin = 0; begin < productCount; begin += blockRows) {
    await pace.through(fillBlocks(begin), begin);
    for (let product = begin; product < Math.min(productCount, begin + blockRows); product++) {
      const row = (product - begin) * productCount;
      for (let other = 0; other < productCount; other++) {
        const cosine = cosines[row + other];
        if (cosine > 0 && other !== product) builder.offer(other, similarity(cosine, product, other));
      }
      builder.endRow();
      if (pace.isDue()) await pace.rest(product);
    }
  }
  const table = await pace.through(builder.finish(), productCount);
  pace.finish();
  return createNeighbourRecommender(kind, table, recency);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const alike = await loadEmbeddingNeighbours(readModel(bytes));
 */
export function loadEmbeddingNeighbours(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading neighbours", readNeighbourRecommender(kind, file), controls);
}

/** A copy in which every vector has length 1, or 0 as before. */
function unitVectors({ dimension, rows }: Embeddings): Float32Array {
  requireInteger("dimension", dimension, 1);
  if (rows.length % dimension !== 0) {
    throw new InvalidInput("embeddings.rows", `${rows.length} numbers`, `whole rows of ${dimension} numbers`);
  }
  const units = new Float32Array(rows.length);
  for (let begin = 0; begin < rows.length; begin += dimension) {
    let square = 0;
    for (let i = begin; i < begin + dimension; i++) {
      if (!Number.isFinite(rows[i])) {
        throw new InvalidInput(
          `embeddings.rows[${i}]`,
          rows[i],
          `finite, in the vector of product ${begin / dimension}`,
        );
      }
      square += rows[i] * rows[i];
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let i = begin; i < begin + dimension; i++) units[i] = rows[i] * scale;
  }
  return units;
}

/** Fills `cosines` with those of a block of products with all products, row by row. */
function createCosines(
  units: Float32Array,
  dimension: number,
  cosines: Float32Array,
): (begin: number) => InPieces<void> {
  const productCount = units.length / dimension;
  const depth = paddedDepth(dimension);
  const block = createBlockProduct(blockRows, depth);

  function pack(into: Float64Array, begin: number): void {
    for (let row = 0; row < Math.min(blockRows, productCount - begin); row++) {
      into.set(units.subarray((begin + row) * dimension, (begin + row + 1) * dimension), row * depth);
    }
  }
  return function* (begin) {
    pack(block.left, begin);
    for (let target = 0; target < productCount; target += blockRows) {
      pack(block.right, target);
      block.multiply(depth);
      const width = Math.min(blockRows, productCount - target);
      for (let row = 0; row < Math.min(blockRows, productCount - begin); row++) {
        const products = block.product.subarray(row * blockRows, row * blockRows + width);
        cosines.set(products, row * productCount + target);
      }
      yield;
    }
  };
}
