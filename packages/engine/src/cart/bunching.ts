/**
 * Bunching: do orders crowd just above a threshold that was in force? The smooth density that there would have been
 * without it is a cubic through the counts on both sides, the neighbourhood of the threshold left out (Chetty,
 * Friedman, Olsen and Pistaferri, QJE 2011; Kleven, "Bunching", Annual Review of Economics 2016). Round amounts attract
 * orders for other reasons too: set a round amount without a threshold beside it before calling it the threshold's work.
 */
import type { Minor } from "../catalogue/money.ts";
import { InvalidInput, requireNumber } from "../errors.ts";
import { normalQuantile, type Interval } from "../statistics/index.ts";

/** How many orders stand just above a threshold beyond what a smooth density would put there. */
export interface Bunching {
  readonly threshold: Minor;
  /** Orders counted as just above: threshold <= value < windowEnd. */
  readonly windowEnd: number;
  readonly ordersJustAbove: number;
  /** What the smooth density has there. */
  readonly expected: number;
  /** ordersJustAbove - expected, with its interval: evidence of topping up where the lower end is above zero. */
  readonly excess: Interval & { readonly value: number };
}

/** Bins cover half the threshold on either side; a tenth of it on either side is the neighbourhood. */
const binsEachSide = 20;
const neighbourhoodBins = 4;
/** Below this many orders around the threshold nothing can be said. */
const fewestOrders = 200;
const degree = 3;

/**
 * The excess is a weighted sum of bin counts, so its variance is the sum of squared weights times the counts' variance:
 * no resampling. Counts vary more than Poisson where no cubic fits them, as in a shop with a few price points; the
 * Pearson statistic of the fitted bins widens the interval by as much.
 * @param values order values in minor units
 * @returns undefined when there are too few orders around the threshold
 * @throws InvalidInput when the threshold is not above zero; InvalidOption when the level is out of range
 * @example
 * const bunching = findBunching(orderValues, 5000);
 * if (bunching) console.log(`${bunching.excess.value} orders more than expected just above 50.00`);
 */
export function findBunching(
  values: ArrayLike<number>,
  threshold: Minor,
  { level = 0.95 }: { readonly level?: number } = {},
): Bunching | undefined {
  if (!(threshold > 0 && threshold < Infinity)) throw new InvalidInput("threshold", threshold, "an amount above zero");
  requireNumber("level", level, 0.5, 0.9999);
  const width = threshold / (2 * binsEachSide);
  const counts = countBins(values, threshold, width);
  if (sum(counts) < fewestOrders) return undefined;

  const smooth = fitSmooth(counts);
  const ordersJustAbove = sum(counts.filter((_, bin) => isJustAbove(bin)));
  const expected = sum(smooth.density.filter((_, bin) => isJustAbove(bin)));
  let variance = 0;
  for (const [bin, count] of counts.entries()) {
    const weight = isFitted(bin) ? smooth.pull[bin] : isJustAbove(bin) ? 1 : 0;
    variance += weight ** 2 * count;
  }
  const excess = ordersJustAbove - expected;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance * dispersion(counts, smooth.density));
  return {
    threshold,
    windowEnd: threshold + neighbourhoodBins * width,
    ordersJustAbove,
    expected,
    excess: { value: excess, lower: excess - half, upper: excess + half },
  };
}

function isFitted(bin: number): boolean {
  return Math.abs(bin + 0.5 - binsEachSide) > neighbourhoodBins;
}

function isJustAbove(bin: number): boolean {
  return bin >= binsEachSide && !isFitted(bin);
}

/** Counts by bin; the threshold is the lower edge of bin `binsEachSide`. */
function countBins(values: ArrayLike<number>, threshold: Minor, width: number): Float64Array {
  const counts = new Float64Array(2 * binsEachSide);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i] - threshold) / width) + binsEachSide;
    if (bin >= 0 && bin < counts.length) counts[bin]++;
  }
  return counts;
}

/** The cubic through the fitted bins, and how much each of them moves its sum over the window. */
function fitSmooth(counts: Float64Array): { density: Float64Array; pull: Float64Array } {
  const gram = Array.from({ length: degree + 1 }, () => new Float64Array(degree + 1));
  const moments = new Float64Array(degree + 1);
  const window = new Float64Array(degree + 1);
  for (const [bin, count] of counts.entries()) {
    const row = powersAt(bin);
    for (let i = 0; i <= degree; i++) {
      if (isJustAbove(bin)) window[i] += row[i];
      if (!isFitted(bin)) continue;
      moments[i] += row[i] * count;
      for (let j = 0; j <= degree; j++) gram[i][j] += row[i] * row[j];
    }
  }
  const coefficients = solve(gram, moments);
  const pulls = solve(gram, window);
  return {
    density: counts.map((_, bin) => dot(powersAt(bin), coefficients)),
    pull: counts.map((_, bin) => dot(powersAt(bin), pulls)),
  };
}

/** Pearson's statistic over its degrees of freedom, at least 1. */
function dispersion(counts: Float64Array, density: Float64Array): number {
  let statistic = 0;
  let fitted = 0;
  for (const [bin, count] of counts.entries()) {
    if (!isFitted(bin)) continue;
    fitted++;
    // A cubic may dip to zero or below in an empty tail; one order is the least a bin can stand for.
    statistic += (count - density[bin]) ** 2 / Math.max(1, density[bin]);
  }
  return Math.max(1, statistic / (fitted - degree - 1));
}

/** 1, x, x^2, x^3 at a bin's middle, on a scale where the bins run from -1 to 1. */
function powersAt(bin: number): Float64Array {
  const x = (bin + 0.5 - binsEachSide) / binsEachSide;
  return Float64Array.from({ length: degree + 1 }, (_, power) => x ** power);
}

/** Solves a small, positive definite system by Gaussian elimination, which needs no pivoting then. */
function solve(system: readonly Float64Array[], constants: Float64Array): Float64Array {
  const matrix = system.map((row) => row.slice());
  const solution = constants.slice();
  const size = solution.length;
  for (let column = 0; column < size; column++) {
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row][column] / matrix[column][column];
      for (let k = column; k < size; k++) matrix[row][k] -= factor * matrix[column][k];
      solution[row] -= factor * solution[column];
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) solution[row] -= matrix[row][k] * solution[k];
    solution[row] /= matrix[row][row];
  }
  return solution;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, value, i) => total + value * b[i], 0);
}

function sum(column: Float64Array): number {
  return column.reduce((total, value) => total + value, 0);
}
