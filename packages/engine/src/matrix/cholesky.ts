/** Small dense symmetric positive definite systems, solved exactly: A = L L' in place, then two substitutions. */
import { InvalidInput } from "../errors.ts";

/**
 * @param matrix size x size, row after row; the lower triangle is read and overwritten with that of L
 * @throws InvalidInput when the matrix is not positive definite
 * @example
 * factorCholesky(matrix, 64);
 * solveCholesky(matrix, 64, vector);
 */
export function factorCholesky(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const own = row * size;
    for (let column = 0; column < row; column++) {
      matrix[own + column] =
        (matrix[own + column] - dot(matrix, own, column * size, column)) / matrix[column * size + column];
    }
    const rest = matrix[own + row] - dot(matrix, own, own, row);
    if (!(rest > 0)) throw new InvalidInput(`matrix[${row}]`, rest, "positive definite: this pivot is not above 0");
    matrix[own + row] = Math.sqrt(rest);
  }
}

/**
 * @param factor L, as `factorCholesky` leaves it
 * @param vector the right side, overwritten with the solution
 */
export function solveCholesky(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let rest = vector[row];
    for (let k = 0; k < row; k++) rest -= factor[row * size + k] * vector[k];
    vector[row] = rest / factor[row * size + row];
  }
  solveTransposed(factor, size, vector);
}

/**
 * Solves L' y = vector alone: standard normals become draws of covariance (L L')^-1.
 * @param vector overwritten with the solution
 * @example
 * solveTransposed(factor, 3, normals);
 */
export function solveTransposed(factor: Float64Array, size: number, vector: Float64Array): void {
  for (let row = size - 1; row >= 0; row--) {
    const solved = vector[row] / factor[row * size + row];
    vector[row] = solved;
    for (let k = 0; k < row; k++) vector[k] -= factor[row * size + k] * solved;
  }
}

/** Of two stretches of the matrix, two sums at a time. */
function dot(matrix: Float64Array, one: number, other: number, length: number): number {
  let even = 0;
  let odd = 0;
  const paired = length & ~1;
  for (let k = 0; k < paired; k += 2) {
    even += matrix[one + k] * matrix[other + k];
    odd += matrix[one + k + 1] * matrix[other + k + 1];
  }
  if (paired < length) even += matrix[one + paired] * matrix[other + paired];
  return even + odd;
}
