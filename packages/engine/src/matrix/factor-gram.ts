/** H' H of a tall dense matrix, in double precision and pieces, through the block kernel. */
import { createBlockProduct, paddedDepth, type BlockProduct } from "./block-product.ts";
import type { InPieces } from "./pieces.ts";

/** Rows that are summed at once. */
const rowsAPiece = 1024;

/**
 * Room for the Gram matrix of up to `rows` rows of factors, to be shared by many.
 * @param width of a row
 */
export function createFactorBlock(rows: number, width: number): BlockProduct {
  return createBlockProduct(paddedDepth(width), Math.max(width, Math.min(rows, rowsAPiece)));
}

/**
 * @param factors rows x width, row after row
 * @returns width x width
 * @example
 * const gram = atOnce(factorGramInPieces(factors, 64));
 */
export function* factorGramInPieces(
  factors: Float32Array,
  width: number,
  block: BlockProduct = createFactorBlock(factors.length / width, width),
): InPieces<Float64Array> {
  const gram = new Float64Array(width * width);
  const rows = factors.length / width;
  const atOnce = Math.min(rowsAPiece, block.left.length / block.blockRows);
  for (let begin = 0; begin < rows; begin += atOnce) {
    const height = Math.min(atOnce, rows - begin);
    const depth = paddedDepth(height);
    block.left.fill(0, 0, width * depth);
    for (let row = 0; row < height; row++) {
      const at = (begin + row) * width;
      for (let factor = 0; factor < width; factor++) block.left[factor * depth + row] = factors[at + factor];
    }
    block.right.set(block.left.subarray(0, width * depth));
    block.multiply(depth);
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) gram[i * width + j] += block.product[i * block.blockRows + j];
    }
    yield;
  }
  return gram;
}
