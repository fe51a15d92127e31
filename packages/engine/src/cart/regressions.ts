/**
 * The two regressions of carts, on standardised features with a ridge: linear by its normal equations, logistic by
 * L-BFGS. Hastie, Tibshirani and Friedman, "The elements of statistical learning" (2009), 3.4.1 and 4.4.4.
 */
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import { logistic, minimizeInPieces, softplus } from "../statistics/index.ts";
import type { FeatureRows } from "./cart-features.ts";

/** One weight a feature, the constant last. JSON-able. */
export type Weights = readonly number[];

/**
 * Least squares with a ridge of `ridge` rows' worth of zero on each feature.
 * @param targets one a row
 * @example
 * const weights = fitLinear(rows, logOrderValues, 1);
 */
export function fitLinear({ width, values }: FeatureRows, targets: ArrayLike<number>, ridge: number): Weights {
  const size = width + 1;
  const gram = new Float64Array(size * size);
  const solution = new Float64Array(size);
  const row = new Float64Array(size).fill(1);
  for (let r = 0; r < targets.length; r++) {
    row.set(values.subarray(r * width, (r + 1) * width));
    for (let i = 0; i < size; i++) {
      solution[i] += row[i] * targets[r];
      for (let j = 0; j <= i; j++) gram[i * size + j] += row[i] * row[j];
    }
  }
  for (let i = 0; i < width; i++) gram[i * size + i] += ridge;
  factorCholesky(gram, size);
  solveCholesky(gram, size, solution);
  return [...solution];
}

/**
 * Maximum likelihood with a ridge.
 * @param labels 0 or 1, one a row
 * @param ridges one a feature, in rows' worth; above zero
 * @example
 * const weights = atOnce(fitLogistic({ width: 1, values }, completed, [1]));
 */
export function* fitLogistic(
  { width, values }: FeatureRows,
  labels: ArrayLike<number>,
  ridges: readonly number[],
): InPieces<Weights> {
  const count = labels.length;
  const rest = Math.ceil(pieceSize / (width + 1));
  function* loss(weights: Float64Array, gradient: Float64Array): InPieces<number> {
    gradient.fill(0);
    let sum = 0;
    for (let row = 0; row < count; row++) {
      if (row % rest === rest - 1) yield;
      const score = scoreAt(weights, values, row * width, width);
      const residual = logistic(score) - labels[row];
      sum += softplus(score) - labels[row] * score;
      for (let i = 0; i < width; i++) gradient[i] += residual * values[row * width + i];
      gradient[width] += residual;
    }
    for (let i = 0; i < width; i++) {
      sum += (ridges[i] * weights[i] ** 2) / 2;
      gradient[i] += ridges[i] * weights[i];
    }
    for (let i = 0; i <= width; i++) gradient[i] /= count;
    return sum / count;
  }
  const { point } = yield* minimizeInPieces(loss, new Float64Array(width + 1), { iterations: 200, tolerance: 1e-7 });
  return [...point];
}

/**
 * The weighted sum of a row's features, plus the constant.
 * @param at where the row begins
 * @example
 * logistic(scoreAt(weights, rows.values, 0, rows.width)); // chance of the first row
 */
export function scoreAt(weights: ArrayLike<number>, values: ArrayLike<number>, at: number, width: number): number {
  let score = weights[width];
  for (let i = 0; i < width; i++) score += weights[i] * values[at + i];
  return score;
}

/**
 * @returns the weighted sums of all rows
 * @example
 * const scores = scoresOf(weights, rows);
 */
export function scoresOf(weights: Weights, { width, values }: FeatureRows): Float64Array {
  return Float64Array.from({ length: values.length / width }, (_, row) => scoreAt(weights, values, row * width, width));
}
