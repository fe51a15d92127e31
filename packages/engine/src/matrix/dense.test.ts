import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import {
  createBlockProduct,
  createScalarBlockProduct,
  createSimdBlockProduct,
  paddedDepth,
  type BlockProduct,
} from "./block-product.ts";
import { createDotScorer, createScalarDotScorer, createSimdDotScorer } from "./dot-scorer.ts";
import { atOnce } from "./pieces.ts";
import { invertInPieces } from "./positive-definite.ts";
import { createSimdKernel } from "./simd-module.ts";

const random = createRandom("dense");
const draw = (length: number): Float64Array => Float64Array.from({ length }, () => random.next() - 0.5);

describe("the SIMD kernel", () => {
  it("runs here, so that its results below are truly its own", () => {
    expect(createSimdKernel(1)).toBeDefined();
  });

  it("grows to the memory that is asked for", () => {
    expect(createSimdKernel(200_000)?.memory.buffer.byteLength).toBeGreaterThanOrEqual(200_000);
  });

  it("gives way where there is not that much memory", () => {
    expect(createSimdKernel(2 ** 40)).toBeUndefined();
  });
});

describe.each([
  ["of the SIMD kernel", createSimdDotScorer],
  ["of its scalar twin", createScalarDotScorer],
  ["of whichever runs", createDotScorer],
])("scores %s", (_, create) => {
  it.each([
    [1, 1],
    [3, 8],
    [5, 13],
    [100, 64],
  ])("are the dot products of %i rows of %i numbers", (rows, width) => {
    const matrix = Float32Array.from(draw(rows * width));
    const scorer = create(matrix, width);
    for (const vector of [draw(width), draw(width)]) {
      const scores = scorer?.scores(vector) ?? new Float32Array();
      expect(scores).toHaveLength(rows);
      scores.forEach((score, row) => {
        const expected = vector.reduce((sum, value, i) => sum + Math.fround(value) * matrix[row * width + i], 0);
        expect(score).toBeCloseTo(expected, 5);
      });
    }
  });
});

describe("scores", () => {
  it("of no rows are none", () => {
    expect(createDotScorer(new Float32Array(), 4).scores([1, 2, 3, 4])).toHaveLength(0);
  });
});

describe.each([
  ["the SIMD kernel", createSimdBlockProduct],
  ["its scalar twin", createScalarBlockProduct],
  ["whichever runs", createBlockProduct],
])("a product of blocks by %s", (_, create) => {
  it.each([1, 4, 7, 64])("is that of the definition at a depth of %i", (depth) => {
    const padded = paddedDepth(depth);
    const block = create(8, depth);
    block?.left.set(draw(8 * padded));
    block?.right.set(draw(8 * padded));
    block?.multiply(padded);
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j < 8; j++) {
        let expected = 0;
        for (let k = 0; k < padded; k++) {
          expected += (block?.left[i * padded + k] ?? NaN) * (block?.right[j * padded + k] ?? NaN);
        }
        expect(block?.product[i * 8 + j]).toBeCloseTo(expected, 12);
      }
    }
  });
});

describe.each([
  ["SIMD", createSimdBlockProduct],
  ["scalar", createScalarBlockProduct],
])("the inverse of a positive definite matrix (%s)", (_, create) => {
  it.each([1, 5, 63, 64, 65, 150])("times the matrix is the identity, at %i rows", (size) => {
    const matrix = gram(size);
    const inverse = matrix.slice();
    const block: BlockProduct | undefined = create(64, size);
    atOnce(invertInPieces(inverse, size, block));
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let sum = 0;
        for (let k = 0; k < size; k++) sum += matrix[i * size + k] * inverse[k * size + j];
        expect(Math.abs(sum - (i === j ? 1 : 0))).toBeLessThan(1e-10);
      }
    }
  });

  it("reads the lower triangle only", () => {
    const inverse = Float64Array.of(2, NaN, 1, 2);
    atOnce(invertInPieces(inverse, 2, create(64, 2)));
    [2 / 3, -1 / 3, -1 / 3, 2 / 3].forEach((expected, i) => expect(inverse[i]).toBeCloseTo(expected, 12));
  });

  it("is refused where there is none", () => {
    const singular = Float64Array.of(1, 1, 1, 1);
    expect(() => atOnce(invertInPieces(singular, 2, create(64, 2)))).toThrow(InvalidInput);
    expect(() => atOnce(invertInPieces(Float64Array.of(NaN), 1, create(64, 1)))).toThrow("positive definite");
  });
});

/** A well-conditioned symmetric matrix: a Gram matrix of three random columns and something on the diagonal. */
function gram(size: number): Float64Array {
  const columns = draw(3 * size);
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < 3; k++) sum += columns[3 * i + k] * columns[3 * j + k];
      matrix[i * size + j] = sum;
    }
  }
  return matrix;
}
