/**
 * Local ridge regression blended with a graph filter: every product is regressed on the few products that the filter
 * holds for its best sources, which tells near-copies of one signal from several signals, as EASE does for small
 * catalogues (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019; the neighbourhood form is SLIM's,
 * Ning and Karypis, "SLIM: sparse linear methods for top-N recommender systems", ICDM 2011).
 *   (G_CC + diag(strength G_ii^exponent)) w = G_Cj,   G = X' diag(d_u^-customerExponent) X
 *   B(i, j) = w_i G_jj^boost + share of the filter x F(i, j),   the best `neighbours` of each source i kept.
 * The default for large sparse catalogues. Training costs, for each product, the customers of its candidates; memory
 * candidates x products x 16 bytes while training, neighbours x products x 8 bytes after it.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { addGramRowInPieces } from "../matrix/gram.ts";
import type { Incidence } from "../matrix/sparse.ts";
import {
  createNeighbourRecommender,
  createNeighbourTableBuilder,
  readNeighbourRecommender,
  type NeighbourTable,
} from "../models/neighbour-table.ts";
import type { Recommender } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import {
  customerGraphInPieces,
  dampDegrees,
  weighCustomers,
  type DegreeExponents,
  type DegreeFilter,
} from "./graph-filter-graph.ts";
import { defaultDegreeExponents } from "./graph-filter.ts";
import { createLocalRidge, type LocalRidge, type RidgePenalty } from "./local-ridge-system.ts";
import type { WeightColumns } from "./weight-columns.ts";
import { regressOnCandidates } from "./candidate-regression.ts";

export type { RidgePenalty } from "./local-ridge-system.ts";

const kind = "local-ridge";

/** How products are chosen, regressed and blended. Defaults were chosen on the training part of Gowalla. */
export interface LocalRidgeOptions {
  /** Of the filter that proposes candidates and is blended in: customer .8, source .55, target .3. */
  readonly exponents?: Partial<DegreeExponents> | undefined;
  /** Sources that each product is regressed on. */
  readonly candidates?: number | undefined;
  /** Neighbours kept for each product. More costs memory and query time linearly. */
  readonly neighbours?: number | undefined;
  readonly penalty?: RidgePenalty | undefined;
  /** How much busy customers are damped in the regression. */
  readonly customerExponent?: number | undefined;
  /** Power of a product's weighed customers by which all that speaks for it grows: above 0 helps popular products. */
  readonly boost?: number | undefined;
  /** Weight of the filter against the regression, both brought to the same total; 0 leaves it out. */
  readonly filterShare?: number | undefined;
  /** Rows with more products than this (resellers, robots) are left out: their cost is the square of their length. */
  readonly longestRow?: number | undefined;
}

/**
 * @param interactions customers, baskets or sessions x products, each product once a row
 * @returns a model whose scores are sums of regression weights: comparable within one query only
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const ridge = await trainLocalRidge(customerMatrix(view), { neighbours: 100 });
 * ridge.recommend({ history: [42] }, 5);
 */
export async function trainLocalRidge(
  interactions: Incidence,
  {
    exponents = {},
    candidates = 200,
    neighbours = 200,
    penalty = { strength: 20, exponent: 0.4 },
    customerExponent = 0.3,
    boost = 0.05,
    filterShare = 1,
    longestRow = 1000,
    ...controls
  }: LocalRidgeOptions & TrainingControls = {},
): Promise<Recommender> {
  requireInteger("candidates", candidates, 1);
  requireInteger("neighbours", neighbours, 1);
  requireNumber("penalty.strength", penalty.strength, Number.MIN_VALUE);
  requireNumber("penalty.exponent", penalty.exponent, 0);
  requireNumber("customerExponent", customerExponent, 0);
  requireNumber("boost", boost, -1, 1);
  requireNumber("filterShare", filterShare, 0);

  const graph = await paced(
    "linking customers and products",
    customerGraphInPieces(interactions, longestRow),
    controls,
  );
  const filter = dampDegrees(graph, { ...defaultDegreeExponents, ...exponents });
  const ridge = createLocalRidge(
    weighCustomers(graph, customerExponent),
    penalty,
    Math.min(candidates, interactions.columns),
  );
  const solve: LocalRidge["solve"] = function* (product, sources, weights) {
    yield* ridge.solve(product, sources, weights);
    const factor = ridge.diagonal[product] ** boost;
    for (let place = 0; place < sources.length; place++) weights[place] *= factor;
  };
  const { columns, filterTotal } = await regressOnCandidates({ filter, candidates, solve }, controls);
  const scale = filterTotal > 0 ? (filterShare * columns.total) / filterTotal : 0;
  return createNeighbourRecommender(kind, await blend({ filter, columns, scale }, neighbours, controls), 1);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const ridge = await loadLocalRidge(readModel(bytes));
 */
export function loadLocalRidge(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading the ridge", readNeighbourRecommender(kind, file), controls);
}

interface Blend {
  readonly filter: DegreeFilter;
  readonly columns: WeightColumns;
  /** What the filter is multiplied by. */
  readonly scale: number;
}

/** Adds the filter to the regression source by source, and keeps the best of each. */
async function blend(
  { filter: { rows, ofSource, ofTarget }, columns, scale }: Blend,
  neighbours: number,
  controls: TrainingControls,
): Promise<NeighbourTable> {
  const productCount = ofSource.length;
  const builder = createNeighbourTableBuilder(productCount, neighbours);
  const together = new Accumulator(productCount);
  const pace = createPacer("blending", productCount, controls);
  const bySource = await pace.through(columns.turn(), 0);
  for (let product = 0; product < productCount; product++) {
    await pace.through(addGramRowInPieces(rows, product, together), product);
    const { values, touched } = together;
    for (const other of touched) values[other] *= scale * ofSource[product] * ofTarget[other];
    for (let i = bySource.offsets[product]; i < bySource.offsets[product + 1]; i++) {
      values[bySource.indices[i]] += bySource.weights[i];
    }
    for (const other of touched) if (other !== product) builder.offer(other, values[other]);
    builder.endRow();
    together.clear();
  }
  const table = await pace.through(builder.finish(), productCount);
  pace.finish();
  return table;
}
