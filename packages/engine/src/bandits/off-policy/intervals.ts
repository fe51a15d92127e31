/**
 * How far an estimate may be off.
 *
 * Bootstrap: the units of the log are drawn anew, the same for all estimators, whose differences thus keep their
 * pairing; only sums are needed. The reward models and lambdas stay as they are. Efron and Tibshirani, "An introduction to
 * the bootstrap" (1993), chapters 13 and 14.
 *
 * Empirical Bernstein: holds for any distribution within a known range, at any size. Maurer and Pontil, "Empirical
 * Bernstein bounds and sample variance penalization", COLT 2009, theorem 4, on both sides.
 */
import { InvalidInput, requireInteger, requireNumber } from "../../errors.ts";
import { createPacer, type TrainingControls } from "../../models/training.ts";
import type { Random } from "../../random/index.ts";
import { momentsOf, type Interval } from "../../statistics/index.ts";
import { shareOf, valueOf, type Terms } from "./terms.ts";
import type { Units } from "./units.ts";

export interface ResampleOptions extends TrainingControls, Units {
  readonly random: Random;
  readonly resamples: number;
}

/**
 * @param estimators all with the same rows
 * @returns the resampled values of each estimator, in the order of the resamples; O(resamples x units x distinct columns)
 */
export async function resample(
  estimators: readonly Terms[],
  { random, resamples, unitOfRow, units, ...controls }: ResampleOptions,
): Promise<Float64Array[]> {
  requireInteger("resamples", resamples, 2);
  const columns = [...new Set(estimators.flatMap(partsOf))];
  const totals = totalsByUnit(columns, unitOfRow, units);
  const results = estimators.map(() => new Float64Array(resamples));
  const sums = new Float64Array(totals.length);
  const times = new Float64Array(units);
  const sumOf = (column?: Float64Array): number => (column ? sums[columns.indexOf(column)] : 0);
  const pace = createPacer("drawing decisions anew", resamples, controls);
  for (let sample = 0; sample < resamples; sample++) {
    if (pace.isDue()) await pace.rest(sample);
    times.fill(0);
    for (let i = 0; i < units; i++) times[random.integer(units)]++;
    for (const [index, total] of totals.entries()) sums[index] = product(times, total);
    const rows = sums[columns.length];
    for (const [index, { base, correction, divisor }] of estimators.entries()) {
      results[index][sample] = sumOf(base) / rows + shareOf(sumOf(correction), divisor ? sumOf(divisor) : rows);
    }
  }
  pace.finish();
  return results;
}

function partsOf({ base, correction, divisor }: Terms): Float64Array[] {
  return [base, correction, divisor].filter((part) => part !== undefined);
}

/** Sums of all columns by unit, and last the number of rows. */
function totalsByUnit(columns: readonly Float64Array[], unitOfRow: Uint32Array, units: number): Float64Array[] {
  return [...columns, new Float64Array(unitOfRow.length).fill(1)].map((column) => {
    const total = new Float64Array(units);
    for (const [row, unit] of unitOfRow.entries()) total[unit] += column[row];
    return total;
  });
}

function product(times: Float64Array, total: Float64Array): number {
  let even = 0;
  let odd = 0;
  const paired = total.length & ~1;
  for (let i = 0; i < paired; i += 2) {
    even += times[i] * total[i];
    odd += times[i + 1] * total[i + 1];
  }
  return paired < total.length ? even + odd + times[paired] * total[paired] : even + odd;
}

/**
 * How much each row moves an estimate: that of its mean, and of the ratio of its sums.
 * @returns by unit
 */
export function influenceOf({ base, correction, divisor }: Terms, { unitOfRow, units }: Units): Float64Array {
  const rows = unitOfRow.length;
  const ratio = correction ? valueOf({ correction, ...(divisor && { divisor }) }) : 0;
  const scale = divisor
    ? shareOf(
        rows,
        divisor.reduce((sum, value) => sum + value, 0),
      )
    : 1;
  const mean = base ? valueOf({ base }) : 0;
  const influence = new Float64Array(units);
  for (const [row, unit] of unitOfRow.entries()) {
    if (base) influence[unit] += base[row] - mean;
    if (correction) influence[unit] += scale * (correction[row] - ratio * (divisor ? divisor[row] : 1));
  }
  return influence;
}

/**
 * @param estimates independent, one a row
 * @param span how far apart two of them can lie at most
 * @throws InvalidInput when there are fewer than two, or one is no finite number; InvalidOption when `span` or `level` is
 * out of range
 * @example
 * bernsteinInterval(clicks, { span: 1, level: 0.95 });
 */
export function bernsteinInterval(
  estimates: Float64Array,
  { span, level }: { readonly span: number; readonly level: number },
): Interval {
  requireNumber("span", span, 0);
  requireNumber("level", level, Number.EPSILON, 1 - Number.EPSILON);
  const { count, mean, variance } = momentsOf(estimates);
  if (count < 2) throw new InvalidInput("estimates", count, "at least 2");
  if (!Number.isFinite(variance)) throw new InvalidInput("estimates", variance, "finite numbers with a finite spread");
  const log = Math.log(4 / (1 - level));
  const half = Math.sqrt((2 * variance * log) / count) + (7 * span * log) / (3 * (count - 1));
  return { lower: mean - half, upper: mean + half };
}
