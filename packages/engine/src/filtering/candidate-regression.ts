/**
 * Regresses every product on the few that a graph filter holds for its best sources: what local ridge and SLIM have in
 * common. One product at a time, so that memory holds the weights found and one dense column.
 */
import { requireInteger } from "../errors.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { addGramRowInPieces } from "../matrix/gram.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { TopK } from "../matrix/top-k.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import type { DegreeFilter } from "./graph-filter-graph.ts";
import { createWeightColumns, type WeightColumns } from "./weight-columns.ts";

/** Regresses one product. */
export interface CandidateRegression {
  /** The filter that proposes candidates. */
  readonly filter: DegreeFilter;
  /** Most candidates a product. */
  readonly candidates: number;
  /**
   * @param candidates distinct products, not the product itself, best first; each somebody's
   * @param weights overwritten with one weight for each candidate
   */
  solve(product: number, candidates: Uint32Array, weights: Float64Array): InPieces<void>;
}

/**
 * @returns the weights of all products, and the sum of the whole filter, so that the two can be brought to one scale
 * @throws InvalidOption when `candidates` is not a positive integer
 */
export async function regressOnCandidates(
  { filter: { rows, ofSource, ofTarget }, candidates, solve }: CandidateRegression,
  controls: TrainingControls,
): Promise<{ columns: WeightColumns; filterTotal: number }> {
  requireInteger("candidates", candidates, 1);
  const productCount = ofSource.length;
  const room = Math.min(candidates, productCount);
  const weights = new Float64Array(room);
  const together = new Accumulator(productCount);
  const columns = createWeightColumns(productCount);
  let filterTotal = 0;
  const pace = createPacer("regressing products", productCount, controls);
  for (let product = 0; product < productCount; product++) {
    await pace.through(addGramRowInPieces(rows, product, together), product);
    const best = new TopK(room);
    for (const other of together.touched) {
      if (other === product) continue;
      const strength = together.values[other] * ofSource[other];
      filterTotal += strength * ofTarget[product];
      best.offer(other, strength);
    }
    together.clear();
    const { products } = best.ranked();
    await pace.through(solve(product, products, weights), product);
    columns.add(products, weights);
  }
  pace.finish();
  return { columns, filterTotal };
}
