/**
 * A linear graph filter with three degree exponents: how much busy customers, popular sources and popular targets are
 * damped,
 *   F(i, j) = d_i^-source x (sum over customers u of both i and j of d_u^-customer) x d_j^-target.
 * All three at 1/2 (with 1 for the customers) it is the linear half of GF-CF: Shen et al., "How powerful is graph
 * convolution for recommendation?", CIKM 2021; the exponents after LinkProp: Fu et al., "Revisiting neighborhood-based
 * link prediction for collaborative filtering", WWW 2022 companion. No solver, no factors: the cheap default for large
 * sparse catalogues. Training O(sum over customers of products squared); memory neighbours x products x 8 bytes, and
 * two copies of the interactions while training.
 */
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
import { customerGraphInPieces, dampDegrees, type DegreeExponents, type DegreeFilter } from "./graph-filter-graph.ts";

export type { DegreeExponents } from "./graph-filter-graph.ts";

const kind = "graph-filter";

/** Chosen on the last tenth of each customer's history in the Gowalla training data. */
export const defaultDegreeExponents: DegreeExponents = { customer: 0.8, source: 0.55, target: 0.3 };

/** What is damped, and how much is remembered. */
export interface GraphFilterOptions {
  /** Those left out keep their defaults: customer .8, source .55, target .3. */
  readonly exponents?: Partial<DegreeExponents> | undefined;
  /** Neighbours kept for each product. More costs memory and query time linearly. */
  readonly neighbours?: number | undefined;
  /** Rows with more products than this (resellers, robots) are left out: their cost is the square of their length. */
  readonly longestRow?: number | undefined;
}

/**
 * @param interactions customers, baskets or sessions x products, each product once a row
 * @returns a model whose scores are sums of damped co-occurrences: comparable within one query only
 * @throws InvalidOption when an exponent is negative or another option is not a positive integer
 * @example
 * const filter = await trainGraphFilter(customerMatrix(view), { exponents: { target: 0.5 } });
 * filter.recommend({ history: [42] }, 5);
 */
export async function trainGraphFilter(
  interactions: Incidence,
  { exponents = {}, neighbours = 200, longestRow = 1000, ...controls }: GraphFilterOptions & TrainingControls = {},
): Promise<Recommender> {
  const graph = await paced(
    "linking customers and products",
    customerGraphInPieces(interactions, longestRow),
    controls,
  );
  const filter = dampDegrees(graph, { ...defaultDegreeExponents, ...exponents });
  return createNeighbourRecommender(kind, await tabulateFilter(filter, neighbours, controls), 1);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const filter = await loadGraphFilter(readModel(bytes));
 */
export function loadGraphFilter(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading the graph filter", readNeighbourRecommender(kind, file), controls);
}

/** The best `neighbours` targets of every source. */
export async function tabulateFilter(
  { rows, ofSource, ofTarget }: DegreeFilter,
  neighbours: number,
  controls: TrainingControls,
): Promise<NeighbourTable> {
  const productCount = ofSource.length;
  const builder = createNeighbourTableBuilder(productCount, neighbours);
  const together = new Accumulator(productCount);
  const pace = createPacer("filtering the graph", productCount, controls);
  for (let product = 0; product < productCount; product++) {
    await pace.through(addGramRowInPieces(rows, product, together), product);
    for (const other of together.touched) {
      if (other !== product) builder.offer(other, ofSource[product] * together.values[other] * ofTarget[other]);
    }
    builder.endRow();
    together.clear();
  }
  const table = await pace.through(builder.finish(), productCount);
  pace.finish();
  return table;
}
