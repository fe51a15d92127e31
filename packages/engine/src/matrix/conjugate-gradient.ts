/**
 * Solves A x = b for a symmetric positive definite A that is only known by its products with vectors.
 * Conjugate gradients with a diagonal preconditioner: Hestenes and Stiefel, "Methods of conjugate gradients for
 * solving linear systems", 1952; Golub and Van Loan, "Matrix Computations", algorithm 11.5.1.
 */
import type { InPieces } from "./pieces.ts";

/** Room for systems of up to `size` unknowns: 32 bytes an unknown. */
export interface ConjugateGradientSpace {
  readonly residual: Float64Array;
  readonly direction: Float64Array;
  readonly product: Float64Array;
  readonly preconditioned: Float64Array;
}

/**
 * @example
 * const space = createConjugateGradientSpace(64);
 */
export function createConjugateGradientSpace(size: number): ConjugateGradientSpace {
  return {
    residual: new Float64Array(size),
    direction: new Float64Array(size),
    product: new Float64Array(size),
    preconditioned: new Float64Array(size),
  };
}

/** A symmetric positive definite system. */
export interface LinearSystem {
  readonly size: number;
  /** Writes A `vector` to `product`, both of `size` entries at least. */
  multiply(vector: Float64Array, product: Float64Array): void;
  /** Of A, above zero. */
  readonly diagonal: Float64Array;
  readonly right: Float64Array;
}

/**
 * Pauses after every step.
 * @param solution the first guess, overwritten by the solution
 * @param tolerance stops when the residual is this small against the right side, both in the norm of the preconditioner
 * @returns steps taken, at most `maximumSteps`
 * @example
 * const steps = atOnce(solveInPieces(system, solution, space, { tolerance: 1e-6, maximumSteps: 50 }));
 */
export function* solveInPieces(
  { size, multiply, diagonal, right }: LinearSystem,
  solution: Float64Array,
  { residual, direction, product, preconditioned }: ConjugateGradientSpace,
  { tolerance, maximumSteps }: { readonly tolerance: number; readonly maximumSteps: number },
): InPieces<number> {
  multiply(solution, product);
  let rightNorm = 0;
  let residualNorm = 0;
  for (let i = 0; i < size; i++) {
    residual[i] = right[i] - product[i];
    preconditioned[i] = residual[i] / diagonal[i];
    direction[i] = preconditioned[i];
    residualNorm += residual[i] * preconditioned[i];
    rightNorm += (right[i] * right[i]) / diagonal[i];
  }
  const enough = tolerance * tolerance * rightNorm;
  let step = 0;
  for (; step < maximumSteps && residualNorm > enough; step++) {
    multiply(direction, product);
    let curvature = 0;
    for (let i = 0; i < size; i++) curvature += direction[i] * product[i];
    const length = residualNorm / curvature;
    const before = residualNorm;
    residualNorm = 0;
    for (let i = 0; i < size; i++) {
      solution[i] += length * direction[i];
      residual[i] -= length * product[i];
      preconditioned[i] = residual[i] / diagonal[i];
      residualNorm += residual[i] * preconditioned[i];
    }
    const turn = residualNorm / before;
    for (let i = 0; i < size; i++) direction[i] = preconditioned[i] + turn * direction[i];
    yield;
  }
  return step;
}
