/**
 * Turns the axes of a factorisation so that the Gram matrix of one side is diagonal. No score changes when both sides
 * turn alike, and every solution of the other side then costs d instead of d^2 for all that is not held.
 */
import type { BlockProduct } from "../matrix/block-product.ts";
import { eigenSystemInPieces } from "../matrix/eigen.ts";
import { createFactorBlock, factorGramInPieces } from "../matrix/factor-gram.ts";
import type { InPieces } from "../matrix/pieces.ts";

/**
 * @param fixed rows x width, whose columns become orthogonal; overwritten
 * @param moving rows x width, turned alike; overwritten
 * @param width a multiple of 4
 * @returns the squared lengths of the columns of `fixed`
 */
export function* alignAxes(
  fixed: Float32Array,
  moving: Float32Array,
  width: number,
  block: BlockProduct = createFactorBlock(fixed.length / width, width),
): InPieces<Float64Array> {
  const gram = yield* factorGramInPieces(fixed, width, block);
  const { values, vectors } = yield* eigenSystemInPieces(gram, width);
  block.right.set(vectors);
  yield* turn(fixed, width, block);
  yield* turn(moving, width, block);
  // A sum of squares, whatever rounding made of it.
  return values.map((value) => Math.max(0, value));
}

/** Multiplies each row by the vectors that `block.right` holds. */
function* turn(factors: Float32Array, width: number, block: BlockProduct): InPieces<void> {
  const size = width * width;
  for (let begin = 0; begin < factors.length; begin += size) {
    const piece = factors.subarray(begin, begin + size);
    block.left.set(piece);
    block.multiply(width);
    piece.set(block.product.subarray(0, piece.length));
    yield;
  }
}
