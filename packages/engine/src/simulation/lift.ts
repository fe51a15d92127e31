/**
 * How much better one policy does than another, with intervals of two kinds.
 *
 * `paired`: every visitor walked both ways with the same luck. Each visitor's influence on the relative difference of two
 * ratios, r_t / r_c - 1, is by the delta method
 *   d = z_t / r_c - z_c r_t / r_c^2,  z = (above - r below) / mean(below),
 * and the interval is Student's for a mean. Deng, Knoblich and Lu, "Applying the delta method in metric analytics", KDD
 * 2018; pairing as in Law, "Simulation Modeling and Analysis", section 11.2.
 *
 * `split`: half of the visitors walked one way and half the other, as in a real test; Welch's interval.
 */
import { compareMeans, type Effect } from "../experiments/index.ts";
import { momentsOf } from "../statistics/index.ts";
import { InvalidInput } from "../errors.ts";
import { columnsOf, totalOf, type RatioColumns, type SimulatedMetric, type VisitOutcomes } from "./outcomes.ts";

/** The ratio of the sums of two columns over all worlds. @throws InvalidInput when nothing stands below */
export function figureOf(worlds: readonly VisitOutcomes[], metric: SimulatedMetric): number {
  return ratioOf(
    worlds.map((world) => columnsOf(world, metric)),
    metric,
  );
}

/** The figure that a lift is relative to. @throws InvalidInput when it is zero or less */
export function baseOf(worlds: readonly VisitOutcomes[], metric: SimulatedMetric): number {
  const base = figureOf(worlds, metric);
  if (!(base > 0)) throw new InvalidInput(metric, base, "above zero under the baseline, or measured on more visitors");
  return base;
}

/** The relative difference from `control`, each row of both being the same visitor. */
export function pairedLift(
  control: readonly VisitOutcomes[],
  treatment: readonly VisitOutcomes[],
  metric: SimulatedMetric,
  level: number,
): Effect {
  const without = linearised(control, metric);
  const having = linearised(treatment, metric);
  const base = baseOf(control, metric);
  const ratio = figureOf(treatment, metric) / base;
  return meanEffect(
    having.map((value, row) => (value - ratio * without[row]) / base + ratio - 1),
    level,
  );
}

/** The same as a real test would see it: even rows without, odd rows with. */
export function splitLift(
  control: readonly VisitOutcomes[],
  treatment: readonly VisitOutcomes[],
  metric: SimulatedMetric,
  level: number,
): Effect {
  const without = control.map((world) => half(columnsOf(world, metric), 0));
  const having = treatment.map((world) => half(columnsOf(world, metric), 1));
  return compareMeans(momentsOf(contributions(without, metric)), momentsOf(contributions(having, metric)), {
    interval: "fixed",
    level,
  });
}

/** The mean of a column with Student's interval: against a control that is certainly 0. */
export function meanEffect(column: ArrayLike<number>, level: number): Effect {
  const certain = { count: column.length, mean: 0, variance: 0 };
  return compareMeans(certain, momentsOf(column), { difference: "absolute", interval: "fixed", level });
}

/** What each visitor contributes to a ratio; the mean is the ratio. */
function contributions(worlds: readonly RatioColumns[], metric: SimulatedMetric): Float64Array {
  const ratio = ratioOf(worlds, metric);
  const rows = worlds.reduce((sum, { below }) => sum + below.length, 0);
  const meanBelow = totalOf(worlds.map((world) => world.below)) / rows;
  const column = new Float64Array(rows);
  let row = 0;
  for (const { above, below } of worlds) {
    for (let visitor = 0; visitor < below.length; visitor++) {
      column[row++] = ratio + (above[visitor] - ratio * below[visitor]) / meanBelow;
    }
  }
  return column;
}

function linearised(worlds: readonly VisitOutcomes[], metric: SimulatedMetric): Float64Array {
  return contributions(
    worlds.map((world) => columnsOf(world, metric)),
    metric,
  );
}

function half({ above, below }: RatioColumns, parity: 0 | 1): RatioColumns {
  const pick = (column: ArrayLike<number>): number[] => Array.from(column).filter((_, row) => row % 2 === parity);
  return { above: pick(above), below: pick(below) };
}

function ratioOf(worlds: readonly RatioColumns[], metric: SimulatedMetric): number {
  const below = totalOf(worlds.map((world) => world.below));
  if (below === 0) throw new InvalidInput(metric, "a figure of no orders", "measured on more visitors");
  return totalOf(worlds.map((world) => world.above)) / below;
}
