/**
 * RP3-beta: a walk of three steps - product, customer, product - with popular products damped.
 *   W(i, j) = sum over customers u of both of (1/d_i)^alpha (1/d_u)^alpha / d_j^beta,
 * the best of each row kept and brought to a sum of 1. Paudel et al., "Updatable, accurate, diverse, and scalable
 * recommendations for interactive applications", TiiS 2016; truncation and row sums as in Ferrari Dacrema et al., TOIS
 * 2021. Training O(sum over customers of products squared); memory neighbours x products x 8 bytes, and two copies of
 * the interactions while training.
 */
import { requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { Incidence } from "../matrix/sparse.ts";
import {
  createNeighbourRecommender,
  readNeighbourRecommender,
  type NeighbourTable,
} from "../models/neighbour-table.ts";
import type { Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { customerGraphInPieces, dampDegrees } from "./graph-filter-graph.ts";
import { tabulateFilter } from "./graph-filter.ts";

const kind = "rp3-beta";

/** How the walk goes, and how much of it is remembered. */
export interface Rp3BetaOptions {
  /** Exponent on the walk's transition probabilities. */
  readonly alpha?: number | undefined;
  /** Popularity damping: 0 favours bestsellers, 1 the long tail. This is the knob for popularity bias. */
  readonly beta?: number | undefined;
  /** Neighbours kept for each product. More costs memory and query time linearly. */
  readonly neighbours?: number | undefined;
  /** Rows with more products than this (resellers, robots) are left out: their cost is the square of their length. */
  readonly longestRow?: number | undefined;
}

/**
 * @param interactions customers, baskets or sessions x products, each product once a row
 * @returns a model whose scores are sums of damped walk probabilities: comparable within one query only
 * @throws InvalidOption when an exponent is negative or another option is not a positive integer
 * @example
 * const walk = await trainRp3Beta(customerMatrix(view), { beta: 0.6 });
 * walk.recommend({ history: [42] }, 5);
 */
export async function trainRp3Beta(
  interactions: Incidence,
  { alpha = 1, beta = 0.6, neighbours = 100, longestRow = 1000, ...controls }: Rp3BetaOptions & TrainingControls = {},
): Promise<Recommender> {
  requireNumber("alpha", alpha, 0);
  requireNumber("beta", beta, 0);
  const linking = customerGraphInPieces(interactions, longestRow);
  const graph = await paced("linking customers and products", linking, controls);
  const walk = dampDegrees(graph, { customer: alpha, source: alpha, target: beta });
  const table = await tabulateFilter(walk, neighbours, controls);
  return createNeighbourRecommender(kind, withRowSumsOfOne(table), 1);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const walk = await loadRp3Beta(readModel(bytes));
 */
export function loadRp3Beta(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading the walk", readNeighbourRecommender(kind, file), controls);
}

/** The table's weights are written over. */
function withRowSumsOfOne(table: NeighbourTable): NeighbourTable {
  const { rows, offsets, weights } = table;
  for (let row = 0; row < rows; row++) {
    const own = weights.subarray(offsets[row], offsets[row + 1]);
    const sum = own.reduce((total, weight) => total + weight, 0);
    for (let i = 0; i < own.length; i++) own[i] /= sum;
  }
  return table;
}
