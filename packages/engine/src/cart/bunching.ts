/**
 * Bunching: do orders crowd just above a threshold that was in force? The smooth density that there would have been
 * without it is a cubic through the counts on both sides, the neighbourhood of the threshold left out (Chetty,
 * Friedman, Olsen and Pistaferri, QJE 2011; Kleven, "Bunching", Annual Review of Economics 2016). Round amounts attract
 * orders for other reasons too: set a round amount without a threshold beside it before calling it the threshold's work.
 */
import type { Minor } from "../catalogue/money.ts";
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
 * The excess is a weighted sum of bin counts, so its variance under Poisson counts is the sum of squared weights times
 * counts: no resampling.
 * @param values order values in minor units
 * @returns undefined when there are too few orders around the threshold
 */
export function findBunching(
  values: ArrayLike<number>,
  threshold: Minor,
  { level = 0.95 }: { readonly level?: number } = {},
): Bunching | undefined {
  const width = threshold / (2 * binsEachSide);
  const counts = countBins(values, threshold, width);
  if (counts.reduce((sum, count) => sum + count, 0) < fewestOrders) return undefined;

  const weights = excessWeights();
  let excess = 0;
  let variance = 0;
  for (const [bin, count] of counts.entries()) {
    excess += weights[bin] * count;
    variance += weights[bin] ** 2 * count;
  }
  const ordersJustAbove = counts
    .subarray(binsEachSide, binsEachSide + neighbourhoodBins)
    .reduce((sum, count) => sum + count, 0);
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance);
  return {
    threshold,
    windowEnd: threshold + neighbourhoodBins * width,
    ordersJustAbove,
    expected: ordersJustAbove - excess,
    excess: { value: excess, lower: excess - half, upper: excess + half },
  };
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

/** What each bin's count adds to the excess: 1 in the window, minus its pull on the cubic there when it is fitted. */
function excessWeights(): Float64Array {
  const bins = 2 * binsEachSide;
  const isFitted = (bin: number): boolean => Math.abs(bin + 0.5 - binsEachSide) > neighbourhoodBins;
  const gram = Array.from({ length: degree + 1 }, () => new Float64Array(degree + 1));
  const window = new Float64Array(degree + 1);
  for (let bin = 0; bin < bins; bin++) {
    const row = powersAt(bin);
    const inWindow = bin >= binsEachSide && !isFitted(bin);
    for (let i = 0; i <= degree; i++) {
      if (inWindow) window[i] += row[i];
      if (isFitted(bin)) for (let j = 0; j <= degree; j++) gram[i][j] += row[i] * row[j];
    }
  }
  const pull = solve(gram, window);
  return Float64Array.from({ length: bins }, (_, bin) => {
    if (!isFitted(bin)) return bin >= binsEachSide ? 1 : 0;
    return -powersAt(bin).reduce((sum, power, i) => sum + power * pull[i], 0);
  });
}

/** 1, x, x^2, x^3 at a bin's middle, on a scale where the bins run from -1 to 1. */
function powersAt(bin: number): Float64Array {
  const x = (bin + 0.5 - binsEachSide) / binsEachSide;
  return Float64Array.from({ length: degree + 1 }, (_, power) => x ** power);
}

/** Solves a small, positive definite system in place by Gaussian elimination, which needs no pivoting then. */
function solve(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let column = 0; column < size; column++) {
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row][column] / matrix[column][column];
      for (let k = column; k < size; k++) matrix[row][k] -= factor * matrix[column][k];
      right[row] -= factor * right[column];
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) right[row] -= matrix[row][k] * right[k];
    right[row] /= matrix[row][row];
  }
  return right;
}
