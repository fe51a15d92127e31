/**
 * One half of an iteration of iALS: the best vector for a customer, given all products (or the other way round),
 *   w = (sum of h h' over what is held + unobservedWeight H'H + penalty I)^-1 (sum of h over what is held).
 * H'H is diagonal here. By Cholesky it costs held x d^2 / 2 + d^3 / 6, by conjugate gradients steps x 2 held x d.
 */
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";
import { createConjugateGradientSpace, solveInPieces, type LinearSystem } from "../matrix/conjugate-gradient.ts";
import type { InPieces } from "../matrix/pieces.ts";

/** What all vectors of one side are solved against. */
export interface FixedSide {
  /** Vectors of the other side, row after row. */
  readonly factors: Float32Array;
  /** d: the diagonal of unobservedWeight H'H, which is zero elsewhere: see `alignAxes`. */
  readonly gram: Float64Array;
  /** d, a multiple of 4. */
  readonly width: number;
}

/**
 * @param held rows of the other side, `held[begin] .. held[end - 1]`
 * @param vector the first guess, overwritten with the solution
 */
export type FactorStep = (
  held: Uint32Array,
  begin: number,
  end: number,
  penalty: number,
  vector: Float64Array,
) => InPieces<void>;

/** Rows that are read between two pauses. */
const rowsAPiece = 1024;

/** Exact. */
export function createCholeskyStep({ factors, gram, width }: FixedSide): FactorStep {
  const matrix = new Float64Array(width * width);
  return function* (held, begin, end, penalty, vector) {
    matrix.fill(0);
    vector.fill(0);
    for (let i = 0; i < width; i++) matrix[i * (width + 1)] = gram[i] + penalty;
    for (let cell = begin; cell < end; cell++) {
      const at = held[cell] * width;
      for (let i = 0; i < width; i++) {
        const own = factors[at + i];
        vector[i] += own;
        for (let j = 0; j <= i; j++) matrix[i * width + j] += own * factors[at + j];
      }
      if ((cell - begin) % rowsAPiece === rowsAPiece - 1) yield;
    }
    factorCholesky(matrix, width);
    solveCholesky(matrix, width, vector);
  };
}

/** In a few steps from the vector of the iteration before: Takács, Pilászy, Tikk, "Applications of the conjugate gradient method for implicit feedback collaborative filtering", RecSys 2011. */
export function createConjugateGradientStep({ factors, gram, width }: FixedSide, maximumSteps: number): FactorStep {
  const space = createConjugateGradientSpace(width);
  const diagonal = new Float64Array(width);
  const right = new Float64Array(width);
  let rows: Uint32Array = new Uint32Array();
  let [first, last, ridge] = [0, 0, 0];

  function multiply(vector: Float64Array, product: Float64Array): void {
    for (let i = 0; i < width; i++) product[i] = (gram[i] + ridge) * vector[i];
    for (let cell = first; cell < last; cell++) addProjection(rows[cell] * width, vector, product);
  }
  /** product += h (h . vector) */
  function addProjection(at: number, vector: Float64Array, product: Float64Array): void {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let j = 0; j < width; j += 4) {
      a += factors[at + j] * vector[j];
      b += factors[at + j + 1] * vector[j + 1];
      c += factors[at + j + 2] * vector[j + 2];
      d += factors[at + j + 3] * vector[j + 3];
    }
    const score = a + b + c + d;
    for (let j = 0; j < width; j++) product[j] += score * factors[at + j];
  }
  const system: LinearSystem = { size: width, diagonal, right, multiply };
  return function* (held, begin, end, penalty, vector) {
    [rows, first, last, ridge] = [held, begin, end, penalty];
    right.fill(0);
    for (let i = 0; i < width; i++) diagonal[i] = gram[i] + penalty;
    for (let cell = begin; cell < end; cell++) {
      const at = held[cell] * width;
      for (let i = 0; i < width; i++) {
        const own = factors[at + i];
        right[i] += own;
        diagonal[i] += own * own;
      }
    }
    yield* solveInPieces(system, vector, space, { tolerance: 1e-6, maximumSteps });
  };
}
