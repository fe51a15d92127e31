/**
 * Inverse of a large symmetric positive definite matrix, in place and block by block: A = L L', U = L^-T, A^-1 = U U'.
 * Each stage is products of blocks (Golub and Van Loan, "Matrix Computations", 4.2.9 and 3.2.8), n^3 / 2 multiply-adds
 * in all. L lives in the lower triangle and U in the upper one; where one stage has read a block for the last time, the
 * next one writes.
 */
import { InvalidInput } from "../errors.ts";
import { createBlockProduct, paddedDepth, type BlockProduct } from "./block-product.ts";
import type { InPieces } from "./pieces.ts";

/** Rows of a block. */
const blockRows = 64;

/**
 * @param matrix size x size, row after row; only the lower triangle is read. Overwritten with the whole inverse.
 * @throws InvalidInput when the matrix is not positive definite
 * @example
 * const inverse = Float64Array.of(2, 0, 0, 4);
 * atOnce(invertInPieces(inverse, 2)); // inverse: 0.5, 0, 0, 0.25
 */
export function* invertInPieces(
  matrix: Float64Array,
  size: number,
  block: BlockProduct = createBlockProduct(blockRows, size),
): InPieces<void> {
  const panel: Panel = { matrix, size, block };
  yield* factorise(panel);
  yield* invertFactor(panel);
  yield* multiplyFactors(panel);
  yield* mirror(panel);
}

interface Panel {
  readonly matrix: Float64Array;
  readonly size: number;
  readonly block: BlockProduct;
}

/** Left-looking Cholesky: the lower triangle becomes L. */
function* factorise(panel: Panel): InPieces<void> {
  const { size, block } = panel;
  for (let column = 0; column < size; column += blockRows) {
    pack(panel, block.right, { row: column, from: 0, to: column });
    for (let row = column; row < size; row += blockRows) {
      pack(panel, block.left, { row, from: 0, to: column });
      subtractProduct(panel, row, column, column);
      if (row === column) factoriseDiagonal(panel, column);
      else solveRows(panel, row, column);
      yield;
    }
  }
}

/** Cholesky within one block of the diagonal. */
function factoriseDiagonal({ matrix, size }: Panel, begin: number): void {
  const end = Math.min(size, begin + blockRows);
  for (let row = begin; row < end; row++) {
    for (let column = begin; column <= row; column++) {
      let rest = matrix[row * size + column];
      for (let k = begin; k < column; k++) rest -= matrix[row * size + k] * matrix[column * size + k];
      if (column < row) matrix[row * size + column] = rest / matrix[column * size + column];
      else if (rest > 0) matrix[row * size + row] = Math.sqrt(rest);
      else throw new InvalidInput(`matrix[${row}]`, rest, "positive definite: this pivot is not above 0");
    }
  }
}

/** Block (row, column) x L(column, column)^-T, written over the block. */
function solveRows({ matrix, size }: Panel, row: number, column: number): void {
  const end = Math.min(size, column + blockRows);
  for (let i = row; i < Math.min(size, row + blockRows); i++) {
    for (let j = column; j < end; j++) {
      let rest = matrix[i * size + j];
      for (let k = column; k < j; k++) rest -= matrix[i * size + k] * matrix[j * size + k];
      matrix[i * size + j] = rest / matrix[j * size + j];
    }
  }
}

/**
 * Block rows of U = L^-T from L, the strict upper triangle first. Diagonal blocks of U wait apart until their row is
 * done, for they take the place of L's.
 */
function* invertFactor(panel: Panel): InPieces<void> {
  const { matrix, size, block } = panel;
  for (let row = 0; row < size; row += blockRows) {
    const own = invertDiagonal(panel, row);
    const height = Math.min(blockRows, size - row);
    for (let column = row + blockRows; column < size; column += blockRows) {
      pack(panel, block.right, { row: column, from: row, to: column });
      pack(panel, block.left, { row, from: row, to: column });
      // What was packed of the diagonal block is L's: U's goes over it.
      for (let i = 0; i < height; i++) {
        block.left.set(own.subarray(i * blockRows, i * blockRows + height), i * (column - row));
      }
      for (let i = row; i < row + height; i++) {
        matrix.fill(0, i * size + column, i * size + Math.min(size, column + blockRows));
      }
      subtractProduct(panel, row, column, column - row);
      solveRows(panel, row, column);
      yield;
    }
    for (let i = 0; i < height; i++) {
      for (let j = i; j < height; j++) matrix[(row + i) * size + row + j] = own[i * blockRows + j];
    }
  }
}

/** L(begin, begin)^-T, upper triangular, as a block apart. */
function invertDiagonal({ matrix, size }: Panel, begin: number): Float64Array {
  const height = Math.min(blockRows, size - begin);
  const inverse = new Float64Array(blockRows * blockRows);
  for (let i = 0; i < height; i++) {
    for (let j = i; j < height; j++) {
      let rest = i === j ? 1 : 0;
      for (let k = i; k < j; k++) rest -= inverse[i * blockRows + k] * matrix[(begin + j) * size + begin + k];
      inverse[i * blockRows + j] = rest / matrix[(begin + j) * size + begin + j];
    }
  }
  return inverse;
}

/** The upper triangle becomes that of U U': block columns from the left, for none reads what stands left of it. */
function* multiplyFactors(panel: Panel): InPieces<void> {
  const { matrix, size, block } = panel;
  for (let column = 0; column < size; column += blockRows) {
    const width = Math.min(blockRows, size - column);
    pack(panel, block.right, { row: column, from: column, to: size });
    clearBelowDiagonal(block.right, width, paddedDepth(size - column));
    for (let row = 0; row <= column; row += blockRows) {
      const height = Math.min(blockRows, size - row);
      pack(panel, block.left, { row, from: column, to: size });
      if (row === column) clearBelowDiagonal(block.left, height, paddedDepth(size - column));
      block.multiply(paddedDepth(size - column));
      for (let i = 0; i < height; i++) {
        const from = i * blockRows;
        matrix.set(block.product.subarray(from, from + width), (row + i) * size + column);
      }
      yield;
    }
  }
}

/** Clears what a packed diagonal block holds of the other triangle. */
function clearBelowDiagonal(packed: Float64Array, height: number, depth: number): void {
  for (let i = 1; i < height; i++) packed.fill(0, i * depth, i * depth + i);
}

/** Copies the upper triangle to the lower one. */
function* mirror({ matrix, size }: Panel): InPieces<void> {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) matrix[row * size + column] = matrix[column * size + row];
    if (row % blockRows === 0) yield;
  }
}

/** Columns `from` to `to` of a block of rows, filled up with zeros to a depth that the kernel takes. */
function pack(
  { matrix, size }: Panel,
  into: Float64Array,
  { row, from, to }: { readonly row: number; readonly from: number; readonly to: number },
): void {
  const depth = paddedDepth(to - from);
  const height = Math.min(blockRows, size - row);
  for (let i = 0; i < height; i++) {
    const begin = (row + i) * size;
    into.set(matrix.subarray(begin + from, begin + to), i * depth);
    into.fill(0, i * depth + to - from, (i + 1) * depth);
  }
}

/** Subtracts left x right' of the packed blocks from block (row, column). */
function subtractProduct({ matrix, size, block }: Panel, row: number, column: number, depth: number): void {
  if (depth === 0) return;
  block.multiply(paddedDepth(depth));
  const width = Math.min(blockRows, size - column);
  for (let i = 0; i < Math.min(blockRows, size - row); i++) {
    const [to, from] = [(row + i) * size + column, i * blockRows];
    for (let j = 0; j < width; j++) matrix[to + j] -= block.product[from + j];
  }
}
