/**
 * Percentile bootstrap of means: how far a figure would move had other customers come by. Whole rows are drawn, so
 * that figures of the same customers move together and their differences keep the pairing.
 * Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import type { Random } from "../random/generator.ts";
import { momentsOf, quantileOf } from "../statistics/index.ts";

/** A figure with the interval that belongs to it, all in the unit of the figure. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** How often intervals made this way hold the truth, for example 0.95. */
  readonly level: number;
}

/** How often to resample, and the coverage of the intervals. */
export interface BootstrapOptions extends TrainingControls {
  readonly random: Random;
  /** Times the rows are drawn anew. 1,000 hold the ends of a 95 % interval steady to about a tenth of its width. */
  readonly resamples?: number;
  readonly level?: number;
}

/**
 * @param columns figures by row, for example one row a customer; all of the same length, at least 1
 * @returns the mean of each column with its interval; O(resamples x rows x columns)
 * @throws InvalidInput when columns are empty or differ in length
 * @example
 * const [area] = await bootstrapMeans([areaOfCustomer], { random: createRandom("report") });
 */
export async function bootstrapMeans(
  columns: readonly Float64Array[],
  { random, resamples = 1000, level = 0.95, ...controls }: BootstrapOptions,
): Promise<Estimate[]> {
  requireInteger("resamples", resamples, 2);
  requireNumber("level", level, 0, 1);
  const rows = columns[0]?.length ?? 0;
  for (const [index, column] of columns.entries()) {
    if (column.length !== rows || rows === 0) {
      throw new InvalidInput(`columns[${index}].length`, column.length, "at least 1 and the same for all columns");
    }
  }
  const means = columns.map(() => new Float64Array(resamples));
  const drawn = new Uint32Array(rows);
  const pace = createPacer("drawing customers anew", resamples, controls);
  for (let sample = 0; sample < resamples; sample++) {
    if (pace.isDue()) await pace.rest(sample);
    for (let row = 0; row < rows; row++) drawn[row] = random.integer(rows);
    for (const [index, column] of columns.entries()) {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += column[drawn[row]];
      means[index][sample] = sum / rows;
    }
  }
  pace.finish();
  return columns.map((column, index) => percentileInterval(momentsOf(column).mean, means[index], level));
}

/** The estimate whose interval leaves (1 - level) / 2 of the resampled figures out on either side. */
function percentileInterval(value: number, resampled: Float64Array, level: number): Estimate {
  const tail = (1 - level) / 2;
  return { value, lower: quantileOf(resampled, tail), upper: quantileOf(resampled, 1 - tail), level };
}
