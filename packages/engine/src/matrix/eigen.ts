/**
 * Eigenvectors of a small dense symmetric matrix by Jacobi's rotations: Golub and Van Loan, "Matrix Computations",
 * algorithms 8.5.1 and 8.5.3 (cyclic by row). Some eight sweeps of 3 n^3 multiply-adds.
 */
import type { InPieces } from "./pieces.ts";

/** `vectors` holds the eigenvector of `values[i]` in row i: A = vectors' diag(values) vectors. */
export interface EigenSystem {
  readonly values: Float64Array;
  readonly vectors: Float64Array;
}

/** Sweeps are quadratic near the end: ten are more than enough for any size that fits. */
const mostSweeps = 30;

/**
 * @param matrix size x size, symmetric; left as it is
 * @example
 * atOnce(eigenSystemInPieces(Float64Array.of(2, 1, 1, 2), 2)).values; // 1 and 3
 */
export function* eigenSystemInPieces(matrix: Float64Array, size: number): InPieces<EigenSystem> {
  const rest = matrix.slice();
  const vectors = new Float64Array(size * size);
  for (let i = 0; i < size; i++) vectors[i * (size + 1)] = 1;
  const negligible = 1e-24 * squareSum(matrix);
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(rest, size) > negligible; sweep++) {
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) annihilate(rest, vectors, { p, q, size });
      yield;
    }
  }
  return { values: Float64Array.from({ length: size }, (_, i) => rest[i * (size + 1)]), vectors };
}

/** Turns the plane of p and q so that entry (p, q) vanishes. */
function annihilate(
  matrix: Float64Array,
  vectors: Float64Array,
  { p, q, size }: { readonly p: number; readonly q: number; readonly size: number },
): void {
  const entry = matrix[p * size + q];
  if (entry === 0) return;
  const slope = (matrix[q * (size + 1)] - matrix[p * (size + 1)]) / (2 * entry);
  const tangent = Math.sign(slope || 1) / (Math.abs(slope) + Math.sqrt(1 + slope * slope));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  turnRows(matrix, { one: p * size, other: q * size, size }, cosine, sine);
  turnRows(vectors, { one: p * size, other: q * size, size }, cosine, sine);
  for (let k = 0; k < size * size; k += size) {
    const [one, other] = [matrix[k + p], matrix[k + q]];
    matrix[k + p] = cosine * one - sine * other;
    matrix[k + q] = sine * one + cosine * other;
  }
}

function turnRows(
  matrix: Float64Array,
  { one, other, size }: { readonly one: number; readonly other: number; readonly size: number },
  cosine: number,
  sine: number,
): void {
  for (let k = 0; k < size; k++) {
    const [a, b] = [matrix[one + k], matrix[other + k]];
    matrix[one + k] = cosine * a - sine * b;
    matrix[other + k] = sine * a + cosine * b;
  }
}

function squareSum(matrix: Float64Array): number {
  return matrix.reduce((sum, value) => sum + value * value, 0);
}

/** Sum of squares off the diagonal. */
function offDiagonal(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) sum += 2 * matrix[row * size + column] ** 2;
  }
  return sum;
}
