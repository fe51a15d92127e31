/** Mean, variance and quantiles of a column. */
import { InvalidInput, requireNumber } from "../errors.ts";

/** Enough of a column to compare means. */
export interface Moments {
  readonly count: number;
  /** NaN of an empty column. */
  readonly mean: number;
  /** Unbiased (n - 1). NaN below two values. */
  readonly variance: number;
}

/**
 * One pass, without cancellation: Welford, "Note on a method for calculating corrected sums of squares and
 * products", Technometrics 4 (1962).
 * @example
 * momentsOf([2, 4, 4, 4, 5, 5, 7, 9]); // { count: 8, mean: 5, variance: 32 / 7 }
 */
export function momentsOf(column: ArrayLike<number>): Moments {
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < column.length; i++) {
    const delta = column[i] - mean;
    mean += delta / (i + 1);
    squares += delta * (column[i] - mean);
  }
  const count = column.length;
  return {
    count,
    mean: count > 0 ? mean : NaN,
    variance: count > 1 ? squares / (count - 1) : NaN,
  };
}

/**
 * Quantile by linear interpolation between order statistics: type 7 of Hyndman and Fan, "Sample quantiles in
 * statistical packages" (1996), the default of R and NumPy. The column is copied and sorted.
 * @param fraction in [0, 1]: 0.5 is the median
 * @throws InvalidOption when `fraction` is out of range; InvalidInput when the column is empty
 * @example
 * quantileOf([1, 2, 3, 4], 0.5); // 2.5
 */
export function quantileOf(column: ArrayLike<number>, fraction: number): number {
  requireNumber("fraction", fraction, 0, 1);
  if (column.length === 0) throw new InvalidInput("column", "[]", "at least one value");
  const sorted = Float64Array.from(column).toSorted();
  const place = fraction * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
