/**
 * Item-to-item neighbours: products that the same customers, baskets or sessions hold.
 *   similarity(i, j) = cos(w_i, w_j) x |x_i| |x_j| / (|x_i| |x_j| + shrinkage),
 * x being the columns as given and w as weighed; unweighed, that is the usual x_i x_j / (|x_i| |x_j| + shrinkage).
 * `asymmetry` a makes |w_i|^2a |w_j|^2(1 - a) of the cosine's denominator (Aiolli, RecSys 2013). Jaccard's and Tversky's
 * indices were tried and left out: on no data better than it.
 * Sarwar et al., "Item-based collaborative filtering recommendation algorithms", WWW 2001; cosine with shrinkage as
 * in Ferrari Dacrema et al., TOIS 2021; BM25 weighting as in implicit's `bm25_weight` (products are the documents,
 * rows the terms). Training O(sum over rows of products squared) in time, one dense column and the kept neighbours in
 * memory.
 */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import { transposeInPieces, type Incidence, type SparseMatrix } from "../matrix/sparse.ts";
import type { Recommender } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import {
  createNeighbourRecommender,
  createNeighbourTableBuilder,
  readNeighbourRecommender,
  requireRecency,
  type NeighbourTable,
} from "../models/neighbour-table.ts";
import { rowsAPiece, withoutLongRows } from "./interactions.ts";

const kind = "item-neighbours";

/** How products are compared, and how many neighbours are remembered. */
export interface ItemNeighboursOptions {
  /** Neighbours kept for each product. More costs memory and query time linearly. */
  readonly neighbours?: number | undefined;
  /**
   * From 0 to 1: 0.5 is the cosine, above it popular neighbours gain, below it rare ones. 0.3 finds more in large, sparse
   * catalogues (Gowalla, validation: recall@20 .1465 against .1401), 0.5 in small ones.
   */
  readonly asymmetry?: number | undefined;
  /** How cells are weighed before they are compared: as they are, or by BM25, which trusts busy rows less. */
  readonly weighting?: "none" | "bm25" | undefined;
  /** BM25: how slowly repeated interactions saturate. Plays no part where no value is above 1, nor does `b`. */
  readonly k1?: number | undefined;
  /** BM25: how much sooner they saturate for little-bought products than for popular ones, from 0 to 1. */
  readonly b?: number | undefined;
  /** Added to the product of lengths under the cosine, so that one shared basket proves little. */
  readonly shrinkage?: number | undefined;
  /** Weight of an entry of a query's history against the one after it, in (0, 1]. 1 treats all alike. */
  readonly recency?: number | undefined;
  /** Rows with more products than this (resellers, robots) are left out: their cost is the square of their length. */
  readonly longestRow?: number | undefined;
}

/**
 * @param interactions customers, baskets or sessions x products, values of zero or more
 * @returns a model whose scores are sums of similarities: comparable within one query only
 * @throws InvalidOption when a setting is out of its range; InvalidInput when a value is negative or not finite
 * @example
 * const neighbours = await trainItemNeighbours(view.baskets, { neighbours: 50 });
 * neighbours.recommend({ history: [42] }, 5);
 */
export async function trainItemNeighbours(
  interactions: Incidence | SparseMatrix,
  {
    neighbours = 100,
    asymmetry = 0.5,
    weighting = "bm25",
    k1 = 1.2,
    b = 0.75,
    shrinkage = 20,
    recency = 1,
    longestRow = 1000,
    ...controls
  }: ItemNeighboursOptions & TrainingControls = {},
): Promise<Recommender> {
  requireInteger("longestRow", longestRow, 1);
  requireNumber("shrinkage", shrinkage, 0);
  requireRecency(recency);
  requireNumber("asymmetry", asymmetry, 0, 1);
  requireNumber("k1", k1, 0);
  requireNumber("b", b, 0, 1);
  if (weighting !== "none" && weighting !== "bm25") {
    throw new InvalidOption("weighting", weighting, '"none" or "bm25"');
  }

  const pace = createPacer("weighing interactions", 4, controls);
  const matrix = await pace.through(withoutLongRows(interactions, longestRow), 0);
  const weighed = weighting === "bm25" ? await pace.through(weighByBm25(matrix, k1, b), 1) : matrix;
  const byProduct = await pace.through(transposeInPieces(weighed), 2);
  const trust = await pace.through(createTrust(matrix, weighed, asymmetry, shrinkage), 3);
  pace.finish();

  const table = await findNeighbours({ weighed, byProduct, trust }, neighbours, controls);
  return createNeighbourRecommender(kind, table, recency);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const neighbours = await loadItemNeighbours(readModel(bytes));
 */
export function loadItemNeighbours(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading neighbours", readNeighbourRecommender(kind, file), controls);
}

/** BM25 with products as documents and rows as terms: busy rows and repeated interactions weigh less. */
function* weighByBm25(matrix: SparseMatrix, k1: number, b: number): InPieces<SparseMatrix> {
  const { rows, columns, offsets, indices, values } = matrix;
  const sums = yield* columnSums(matrix, (value) => value);
  const average = values.reduce((total, value) => total + value, 0) / columns;
  const weighed = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    // A row that holds nearly every product says nothing of any.
    const idf = Math.max(0, Math.log(columns / (1 + offsets[row + 1] - offsets[row])));
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      const lengthNorm = 1 - b + (b * sums[indices[i]]) / average;
      weighed[i] = values[i] > 0 ? ((values[i] * (k1 + 1)) / (k1 * lengthNorm + values[i])) * idf : 0;
    }
    if (row % rowsAPiece === 0) yield;
  }
  return { ...matrix, values: weighed };
}

/** What a dot product of two products is worth: divided by their lengths, and the less the shorter they are. */
function* createTrust(
  matrix: SparseMatrix,
  weighed: SparseMatrix,
  asymmetry: number,
  shrinkage: number,
): InPieces<Trust> {
  const lengths = (yield* columnSums(matrix, square)).map(Math.sqrt);
  const squares = yield* columnSums(weighed, square);
  const own = squares.map((sum) => sum ** asymmetry);
  const others = squares.map((sum) => sum ** (1 - asymmetry));
  return (one, other) => {
    const length = lengths[one] * lengths[other];
    return length / (own[one] * others[other] * (length + shrinkage));
  };
}

/** Of a product and a neighbour of it. */
type Trust = (one: number, other: number) => number;

const square = (value: number): number => value * value;

/** Sums over each column of what is made of its values. */
function* columnSums(
  { columns, indices, values }: SparseMatrix,
  of: (value: number) => number,
): InPieces<Float64Array> {
  const sums = new Float64Array(columns);
  for (let i = 0; i < indices.length; i++) {
    sums[indices[i]] += of(values[i]);
    if (i % pieceSize === 0) yield;
  }
  return sums;
}

interface Comparison {
  readonly weighed: SparseMatrix;
  readonly byProduct: SparseMatrix;
  readonly trust: Trust;
}

/** The Gram matrix one product at a time: an inverted index with a dense accumulator, never stored whole. */
async function findNeighbours(
  { weighed: { columns: productCount, offsets, indices, values }, byProduct, trust }: Comparison,
  neighbours: number,
  controls: TrainingControls,
): Promise<NeighbourTable> {
  const builder = createNeighbourTableBuilder(productCount, neighbours);
  const dots = new Accumulator(productCount);
  const pace = createPacer("comparing products", productCount, controls);
  for (let product = 0; product < productCount; product++) {
    for (let cell = byProduct.offsets[product]; cell < byProduct.offsets[product + 1]; cell++) {
      // Asking the clock costs as much as a short row, hence not at every one.
      if (cell % 64 === 0 && pace.isDue()) await pace.rest(product);
      const row = byProduct.indices[cell];
      const value = byProduct.values[cell];
      for (let i = offsets[row]; i < offsets[row + 1]; i++) dots.add(indices[i], value * values[i]);
    }
    for (const other of dots.touched) {
      if (other !== product) builder.offer(other, dots.values[other] * trust(product, other));
    }
    builder.endRow();
    dots.clear();
  }
  const table = await pace.through(builder.finish(), productCount);
  pace.finish();
  return table;
}
