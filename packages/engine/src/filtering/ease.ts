/**
 * EASE: every product regressed on all others at once, in closed form.
 *   P = (X'X + regularisation I)^-1,   B(i, j) = -P(i, j) / P(j, j),   B(j, j) = 0
 * Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019. Exact and dense: n^3 / 2 multiply-adds and
 * 8 n^2 bytes while training - 2,000 products take about a second, 7,000 half a minute and 400 MB - and neighbours x
 * products x 8 bytes after it. Weights may be negative: a product of the history can speak against another one.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { invertInPieces } from "../matrix/positive-definite.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import type { NeighbourTable } from "../models/neighbour-table.ts";
import type { Recommender } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { createEaseRecommender, readEaseRecommender } from "./ease-recommender.ts";
import { createWeightColumns } from "./weight-columns.ts";

/** How much is regularised, remembered and allowed. */
export interface EaseOptions {
  /** Added to each product's count on the diagonal: more trusts rare products less. 50 to 1,000 is usual. */
  readonly regularisation?: number | undefined;
  /** Sources kept for each product, those of the largest weights. More costs memory and query time linearly. */
  readonly neighbours?: number | undefined;
  /** Bytes that the dense matrix may take. The default allows about 7,000 products. */
  readonly memoryLimit?: number | undefined;
}

/** Rows that are counted between two pauses; pairs within them, which long rows have many of, are counted as well. */
const pairsAPiece = 1 << 18;

/**
 * @param interactions customers, baskets or sessions x products, each product once a row
 * @returns a model whose scores are sums of regression weights: about 1 for what the history makes certain
 * @throws InvalidOption when a setting is out of its range
 * @throws InvalidInput when the catalogue is too large for `memoryLimit`
 * @example
 * const ease = await trainEase(customerMatrix(view), { regularisation: 300 });
 * ease.recommend({ history: [42] }, 5);
 */
export async function trainEase(
  interactions: Incidence,
  {
    regularisation = 200,
    neighbours = 200,
    memoryLimit = 400_000_000,
    ...controls
  }: EaseOptions & TrainingControls = {},
): Promise<Recommender> {
  requireNumber("regularisation", regularisation, Number.MIN_VALUE);
  requireInteger("neighbours", neighbours, 1);
  requireNumber("memoryLimit", memoryLimit, 0);
  const productCount = interactions.columns;
  requireRoom(productCount, memoryLimit);

  const matrix = new Float64Array(productCount * productCount);
  const pace = createPacer("regressing all products at once", 3, controls);
  await pace.through(fillGram(interactions, regularisation, matrix), 0);
  await pace.through(invertInPieces(matrix, productCount), 1);
  const table = await pace.through(bestSources(matrix, productCount, neighbours), 2);
  pace.finish();
  return createEaseRecommender(table);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const ease = await loadEase(readModel(bytes));
 */
export function loadEase(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading weights", readEaseRecommender(file), controls);
}

function requireRoom(productCount: number, memoryLimit: number): void {
  const most = Math.floor(Math.sqrt(memoryLimit / 8));
  if (productCount <= most) return;
  throw new InvalidInput(
    "interactions.columns",
    productCount,
    `at most ${most} products, for which memoryLimit has room; use trainLocalRidge or trainGraphFilter for more`,
  );
}

/** The lower triangle of X'X + regularisation I. */
function* fillGram(
  { rows, columns, offsets, indices }: Incidence,
  regularisation: number,
  matrix: Float64Array,
): InPieces<void> {
  let pairs = 0;
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      const begin = indices[i] * columns;
      for (let j = offsets[row]; j <= i; j++) matrix[begin + indices[j]]++;
      pairs += i - offsets[row] + 1;
      if (pairs < pairsAPiece) continue;
      pairs = 0;
      yield;
    }
  }
  for (let product = 0; product < columns; product++) matrix[product * (columns + 1)] += regularisation;
}

/** -P(i, j) / P(j, j) where it is largest for each j, turned to be read by i. */
function* bestSources(inverse: Float64Array, productCount: number, neighbours: number): InPieces<NeighbourTable> {
  const columns = createWeightColumns(productCount);
  for (let target = 0; target < productCount; target++) {
    const row = inverse.subarray(target * productCount, (target + 1) * productCount);
    const best = new TopK(Math.min(neighbours, productCount));
    for (let source = 0; source < productCount; source++) {
      if (source !== target && row[source] !== 0) best.offer(source, Math.abs(row[source]));
    }
    const { products } = best.ranked();
    columns.add(
      products,
      Float64Array.from(products, (source) => -row[source] / row[target]),
    );
    if (target % 64 === 0) yield;
  }
  return yield* columns.turn();
}
