/**
 * Products of two small dense blocks, left x right', in double precision: the one kernel under everything dense here.
 * Blocks are packed row after row into fixed places, so that the SIMD kernel and its scalar twin read the same layout.
 */
import { createSimdKernel } from "./simd-module.ts";

/** Two places for blocks of up to `blockRows` rows and one for their product. */
export interface BlockProduct {
  readonly blockRows: number;
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** left row i . right row j at `i * blockRows + j`, after `multiply`. Entries of rows that were not packed mean nothing. */
  readonly product: Float64Array;
  /** @param depth numbers a row, a multiple of 4 and above 0: callers fill up with zeros. See `paddedDepth`. */
  multiply(depth: number): void;
}

/** Numbers a block below which a memory of its own, of 64 kB and a wide stretch of addresses, does not pay. */
const smallest = 4096;

/** The next multiple of 4. */
export function paddedDepth(depth: number): number {
  return (depth + 3) & ~3;
}

/**
 * @param blockRows rows of a block, a multiple of 4
 * @param depth most numbers a row; memory is 16 x blockRows x depth bytes
 * @example
 * const block = createBlockProduct(64, 1000);
 */
export function createBlockProduct(blockRows: number, depth: number): BlockProduct {
  const isSmall = blockRows * depth < smallest;
  return (isSmall ? undefined : createSimdBlockProduct(blockRows, depth)) ?? createScalarBlockProduct(blockRows, depth);
}

/** @returns undefined where the runtime has no SIMD */
export function createSimdBlockProduct(blockRows: number, depth: number): BlockProduct | undefined {
  const size = blockRows * paddedDepth(Math.max(1, depth));
  const kernel = createSimdKernel((2 * size + blockRows * blockRows) * 8);
  if (!kernel) return undefined;
  const { buffer } = kernel.memory;
  const [rightAt, productAt] = [size * 8, 2 * size * 8];
  return {
    blockRows,
    left: new Float64Array(buffer, 0, size),
    right: new Float64Array(buffer, rightAt, size),
    product: new Float64Array(buffer, productAt, blockRows * blockRows),
    multiply(depth) {
      const used = blockRows * depth * 8;
      kernel.products(0, used, rightAt, rightAt + used, depth * 8, productAt, blockRows * 8);
    },
  };
}

/** The twin: two by two rows at a time, whose four sums stay in registers. */
export function createScalarBlockProduct(blockRows: number, depth: number): BlockProduct {
  const size = blockRows * paddedDepth(Math.max(1, depth));
  const left = new Float64Array(size);
  const right = new Float64Array(size);
  const product = new Float64Array(blockRows * blockRows);

  function multiplyTile(row: number, column: number, depth: number): void {
    const [a, c] = [row * depth, column * depth];
    const [b, d] = [a + depth, c + depth];
    let [ac, ad, bc, bd] = [0, 0, 0, 0];
    for (let k = 0; k < depth; k++) {
      ac += left[a + k] * right[c + k];
      ad += left[a + k] * right[d + k];
      bc += left[b + k] * right[c + k];
      bd += left[b + k] * right[d + k];
    }
    const place = row * blockRows + column;
    product[place] = ac;
    product[place + 1] = ad;
    product[place + blockRows] = bc;
    product[place + blockRows + 1] = bd;
  }
  return {
    blockRows,
    left,
    right,
    product,
    multiply(depth) {
      for (let row = 0; row < blockRows; row += 2) {
        for (let column = 0; column < blockRows; column += 2) multiplyTile(row, column, depth);
      }
    },
  };
}
