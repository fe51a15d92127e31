/**
 * SLIM with an elastic net: every product is a sparse sum, with weights of zero or more, of others that customers hold.
 *   minimise 1/2 |x_j - X w|^2 + ridge / 2 |w|^2 + lasso |w|_1,   w >= 0, w_j = 0
 * Ning and Karypis, "SLIM: sparse linear methods for top-N recommender systems", ICDM 2011, by coordinate descent
 * (Friedman, Hastie, Tibshirani, "Regularization paths for generalized linear models", 2010) on candidates that a graph
 * filter proposes, as the first paper's fsSLIM does. Training costs, for each product, some dozen times the customers of
 * its candidates; memory candidates x products x 16 bytes at most while training, what the lasso leaves x 8 after it.
 */
import { requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createNeighbourRecommender, readNeighbourRecommender } from "../models/neighbour-table.ts";
import type { Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { regressOnCandidates } from "./candidate-regression.ts";
import { customerGraphInPieces, dampDegrees } from "./graph-filter-graph.ts";
import { defaultDegreeExponents } from "./graph-filter.ts";
import { createElasticNet } from "./slim-descent.ts";

const kind = "slim";

/** How strongly weights are held back, and how many are looked for. */
export interface SlimOptions {
  /** Absolute weights cost this much: more leaves fewer of them. In customers: the unit of a product's count. */
  readonly lasso?: number | undefined;
  /** Squared weights cost half of this much. In customers. */
  readonly ridge?: number | undefined;
  /** Sources that each product is regressed on. */
  readonly candidates?: number | undefined;
  /** Rows with more products than this (resellers, robots) are left out: their cost is the square of their length. */
  readonly longestRow?: number | undefined;
}

/**
 * @param interactions customers, baskets or sessions x products, each product once a row
 * @returns a model whose scores are sums of regression weights: about 1 for what the history makes certain
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const slim = await trainSlim(customerMatrix(view), { lasso: 2 });
 * slim.recommend({ history: [42] }, 5);
 */
export async function trainSlim(
  interactions: Incidence,
  { lasso = 0.02, ridge = 50, candidates = 200, longestRow = 1000, ...controls }: SlimOptions & TrainingControls = {},
): Promise<Recommender> {
  requireNumber("lasso", lasso, 0);
  requireNumber("ridge", ridge, 0);
  const linking = customerGraphInPieces(interactions, longestRow);
  const graph = await paced("linking customers and products", linking, controls);
  const filter = dampDegrees(graph, defaultDegreeExponents);
  const solve = createElasticNet(graph, { lasso, ridge });
  const { columns } = await regressOnCandidates({ filter, candidates, solve }, controls);
  const table = await paced("turning weights", columns.turn(), controls);
  return createNeighbourRecommender(kind, table, 1);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const slim = await loadSlim(readModel(bytes));
 */
export function loadSlim(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading weights", readNeighbourRecommender(kind, file), controls);
}
