/**
 * Bootstrap of means: how far a figure would move had other customers come by. Whole units are drawn, a customer or a
 * session with all its rows, so that figures of the same unit move together and differences keep their pairing.
 * Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapters 13 and 14; for units of several rows, the
 * ratio of sums as in Field and Welsh, "Bootstrapping clustered data", JRSS B 69 (2007).
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import type { Random } from "../random/generator.ts";
import { acceleratedInterval, jackknifeInfluence, percentileInterval, type Interval } from "../statistics/index.ts";

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
  /** Times the units are drawn anew. 1,000 hold the ends of a 95 % interval steady to about a tenth of its width. */
  readonly resamples?: number;
  readonly level?: number;
  /** `percentile` reads the ends off the resampled means; `bca` also mends their bias and skew, which few rows have. */
  readonly interval?: "percentile" | "bca";
  /** Number of the unit each row belongs to, for example the session of a prefix; each row is one when left out. */
  readonly unitOf?: ArrayLike<number>;
}

/**
 * @param columns figures by row, for example one row a customer; all of the same length, at least 1. NaN where a figure
 * does not apply: such rows are in neither the sum nor the count of that mean
 * @returns the mean of each column with its interval, NaN where no row applies; O(resamples x units x columns)
 * @throws InvalidInput when columns are empty or differ in length
 * @example
 * const [area] = await bootstrapMeans([areaOfCustomer], { random: createRandom("report") });
 */
export async function bootstrapMeans(
  columns: readonly Float64Array[],
  { random, resamples = 1000, level = 0.95, interval = "percentile", unitOf, ...controls }: BootstrapOptions,
): Promise<Estimate[]> {
  requireInteger("resamples", resamples, 2);
  requireNumber("level", level, 0, 1);
  requireColumns(columns, unitOf);
  const { units, unitOfRow } = numberUnits(columns[0].length, unitOf);
  const totals = columns.map((column) => totalsByUnit(column, units, unitOfRow));
  const means = columns.map(() => new Float64Array(resamples));
  const drawn = new Uint32Array(units);
  const pace = createPacer("drawing customers anew", resamples, controls);
  for (let sample = 0; sample < resamples; sample++) {
    if (pace.isDue()) await pace.rest(sample);
    for (let i = 0; i < units; i++) drawn[i] = random.integer(units);
    for (const [index, total] of totals.entries()) means[index][sample] = meanOfDrawn(total, drawn);
  }
  pace.finish();
  return totals.map((total, index) => {
    const value = meanOf(total);
    return { value, ...boundsOf(value, means[index], total, level, interval), level };
  });
}

/** Sums and numbers of rows by unit: all that a mean of resampled units needs. */
interface UnitTotals {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

function totalsByUnit(column: Float64Array, units: number, unitOfRow: Uint32Array): UnitTotals {
  const sums = new Float64Array(units);
  const counts = new Float64Array(units);
  for (const [row, figure] of column.entries()) {
    if (figure !== figure) continue;
    sums[unitOfRow[row]] += figure;
    counts[unitOfRow[row]]++;
  }
  return { sums, counts };
}

function meanOfDrawn({ sums, counts }: UnitTotals, drawn: Uint32Array): number {
  let sum = 0;
  let count = 0;
  for (const unit of drawn) {
    sum += sums[unit];
    count += counts[unit];
  }
  return sum / count;
}

function meanOf({ sums, counts }: UnitTotals): number {
  return total(sums) / total(counts);
}

function total(column: Float64Array): number {
  let sum = 0;
  for (const value of column) sum += value;
  return sum;
}

function boundsOf(
  value: number,
  resampled: Float64Array,
  totals: UnitTotals,
  level: number,
  interval: "percentile" | "bca",
): Interval {
  // A resample may hold no row that the figure applies to; where none could, there is no interval either.
  const defined = resampled.filter((mean) => mean === mean);
  if (defined.length === 0) return { lower: NaN, upper: NaN };
  if (interval === "percentile") return percentileInterval(defined, level);
  const influence = jackknifeInfluence(meansWithoutOne(totals));
  return acceleratedInterval({ value, resampled: defined, influence }, level);
}

/** The jackknife: the mean of all units but one, for each that matters to it. */
function meansWithoutOne({ sums, counts }: UnitTotals): Float64Array {
  const sum = total(sums);
  const count = total(counts);
  return sums.map((own, unit) => (sum - own) / (count - counts[unit])).filter((mean) => mean === mean);
}

/** Numbers units from 0 in the order of their first row. */
function numberUnits(rows: number, unitOf?: ArrayLike<number>): { units: number; unitOfRow: Uint32Array } {
  if (!unitOf) return { units: rows, unitOfRow: Uint32Array.from({ length: rows }, (_, row) => row) };
  const numbers = new Map<number, number>();
  const unitOfRow = Uint32Array.from(unitOf, (unit) => {
    const known = numbers.get(unit);
    if (known !== undefined) return known;
    numbers.set(unit, numbers.size);
    return numbers.size - 1;
  });
  return { units: numbers.size, unitOfRow };
}

function requireColumns(columns: readonly Float64Array[], unitOf?: ArrayLike<number>): void {
  const rows = columns[0]?.length ?? 0;
  for (const [index, column] of columns.entries()) {
    if (column.length !== rows || rows === 0) {
      throw new InvalidInput(`columns[${index}].length`, column.length, "at least 1 and the same for all columns");
    }
  }
  if (columns.length === 0) throw new InvalidInput("columns", "[]", "at least one column");
  if (unitOf && unitOf.length !== rows) throw new InvalidInput("unitOf.length", unitOf.length, `${rows}, one a row`);
}
