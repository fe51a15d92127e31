/**
 * Two steps along a table of pairs: products that are reached through a third one, though they never stood in a history
 * with the first. On sparse shops this is the signal that adds most.
 */
import { requireInteger } from "../errors.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { createNeighbourTableBuilder, type NeighbourTable } from "../models/neighbour-table.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";

export interface WalkOptions {
  /** Best neighbours of each product that a step may lead to. */
  readonly stepWidth: number;
  readonly rowLength: number;
}

/**
 * @param table rows best first, as tables are built
 * @returns chances of a walk that takes two steps, each by the share of the row; never back to where it began
 * @example
 * const walk = await twoStepWalk(follows, { stepWidth: 100, rowLength: 300 });
 */
export async function twoStepWalk(
  { rows, offsets, indices, weights }: NeighbourTable,
  { stepWidth, rowLength }: WalkOptions,
  controls: TrainingControls = {},
): Promise<NeighbourTable> {
  requireInteger("stepWidth", stepWidth, 1);
  const endOf = (product: number): number => Math.min(offsets[product + 1], offsets[product] + stepWidth);
  const total = new Float64Array(rows);
  for (let product = 0; product < rows; product++) {
    for (let i = offsets[product]; i < endOf(product); i++) total[product] += weights[i];
  }
  const row = new Accumulator(rows);
  const builder = createNeighbourTableBuilder(rows, rowLength);
  const pace = createPacer("walking two steps", rows, controls);
  for (let product = 0; product < rows; product++) {
    if (pace.isDue()) await pace.rest(product);
    for (let i = offsets[product]; i < endOf(product); i++) {
      const through = indices[i];
      if (total[through] === 0) continue;
      const chance = weights[i] / total[product] / total[through];
      row.addRow(indices, weights, offsets[through], endOf(through), chance);
    }
    for (const other of row.touched) if (other !== product) builder.offer(other, row.values[other]);
    builder.endRow();
    row.clear();
  }
  const walk = await pace.through(builder.finish(), rows);
  pace.finish();
  return walk;
}
