/**
 * One arm of the hybrid model, solved for its own coefficients: what they explain of the sums that arms share, so that
 * the shared coefficients can be found from the rest (block elimination: A_0 and b_0 of algorithm 2 in Li et al., WWW
 * 2010).
 */
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";

/** Sums of the arm's own part of the model: matrices row after row. */
export interface ArmSums {
  /** context x context. */
  readonly gram: readonly number[];
  /** context x attributes. */
  readonly cross: readonly number[];
  /** context x reward. */
  readonly moments: readonly number[];
}

/** What an arm's own coefficients explain, whatever the shared ones are. */
export interface ArmSolution {
  /** Cholesky factor of A_a = gram + precision x identity, context x context. */
  readonly factor: Float64Array;
  /** B_a' A_a^-1 B_a, attributes x attributes. */
  readonly gram: Float64Array;
  /** B_a' A_a^-1 b_a. */
  readonly moments: Float64Array;
  /** b_a' A_a^-1 b_a. */
  readonly squares: number;
}

/** @param size number of attributes */
export function solveArm(sums: ArmSums, precision: number, size: number): ArmSolution {
  const factor = ridge(sums.gram, sums.moments.length, precision);
  factorCholesky(factor, sums.moments.length);
  const gram = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const solved = Float64Array.from(sums.moments, (_, row) => sums.cross[row * size + column]);
    solveCholesky(factor, solved.length, solved);
    for (let row = 0; row < size; row++) gram[row * size + column] = columnDot(sums.cross, size, row, solved);
  }
  const own = Float64Array.from(sums.moments);
  solveCholesky(factor, own.length, own);
  const moments = Float64Array.from({ length: size }, (_, column) => columnDot(sums.cross, size, column, own));
  return { factor, gram, moments, squares: dot(own, sums.moments) };
}

/** A copy with `precision` on the diagonal. */
export function ridge(gram: readonly number[], size: number, precision: number): Float64Array {
  const matrix = Float64Array.from(gram);
  for (let i = 0; i < size; i++) matrix[i * size + i] += precision;
  return matrix;
}

/** Sum of products. */
export function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

/** One column of a matrix (row after row, `width` wide) times a vector. */
export function columnDot(matrix: readonly number[], width: number, column: number, vector: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < vector.length; row++) sum += matrix[row * width + column] * vector[row];
  return sum;
}
