import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { factorCholesky, solveCholesky, solveTransposed } from "./cholesky.ts";
import { eigenSystemInPieces } from "./eigen.ts";
import { factorGramInPieces } from "./factor-gram.ts";
import { atOnce } from "./pieces.ts";

/** Rows of numbers of moderate size. */
const anyRows = fc.integer({ min: 1, max: 6 }).chain((width) =>
  fc.record({
    width: fc.constant(width),
    rows: fc.array(fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 10,
    }),
  }),
);

const gramOf = (rows: readonly (readonly number[])[], width: number): Float64Array =>
  Float64Array.from({ length: width * width }, (_, place) => {
    const [i, j] = [Math.floor(place / width), place % width];
    return rows.reduce((sum, row) => sum + row[i] * row[j], 0);
  });

describe("the transposed half of a solve", () => {
  it("makes draws of the inverse's covariance from standard normals: L' y = z", () => {
    const factor = Float64Array.of(4, 2, 2, 3);
    factorCholesky(factor, 2);
    const drawn = Float64Array.of(1, -2);
    solveTransposed(factor, 2, drawn);
    // L = [[2, 0], [1, sqrt 2]].
    expect(2 * drawn[0] + drawn[1]).toBeCloseTo(1, 12);
    expect(Math.SQRT2 * drawn[1]).toBeCloseTo(-2, 12);
  });
});

describe("the Gram matrix of factors", () => {
  it("is that of the definition", () => {
    fc.assert(
      fc.property(anyRows, ({ rows, width }) => {
        const factors = Float32Array.from(rows.flat());
        const rounded = rows.map((row) => row.map(Math.fround));
        const expected = gramOf(rounded, width);
        atOnce(factorGramInPieces(factors, width)).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 9));
      }),
    );
  });

  it("is summed over many pieces", () => {
    expect(atOnce(factorGramInPieces(new Float32Array(3000).fill(1), 1))).toEqual(Float64Array.of(3000));
  });
});

describe("Cholesky", () => {
  it("solves any system that is positive definite", () => {
    fc.assert(
      fc.property(anyRows, ({ rows, width }) => {
        const matrix = gramOf(rows, width);
        for (let i = 0; i < width; i++) matrix[i * (width + 1)]++;
        const solution = Float64Array.from({ length: width }, (_, i) => i + 1);
        const factor = matrix.slice();
        factorCholesky(factor, width);
        solveCholesky(factor, width, solution);
        for (let i = 0; i < width; i++) {
          const product = solution.reduce((sum, value, j) => sum + matrix[i * width + j] * value, 0);
          expect(product).toBeCloseTo(i + 1, 8);
        }
      }),
    );
  });

  it("refuses any other", () => {
    expect(() => factorCholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(InvalidInput);
    expect(() => factorCholesky(Float64Array.of(NaN), 1)).toThrow("positive definite");
  });
});

describe("eigenvectors", () => {
  it("are orthonormal and bring the matrix back", () => {
    fc.assert(
      fc.property(anyRows, ({ rows, width }) => {
        const matrix = gramOf(rows, width);
        const { values, vectors } = atOnce(eigenSystemInPieces(matrix, width));
        for (let i = 0; i < width; i++) {
          for (let j = 0; j < width; j++) {
            let unit = 0;
            let entry = 0;
            for (let k = 0; k < width; k++) {
              unit += vectors[i * width + k] * vectors[j * width + k];
              entry += values[k] * vectors[k * width + i] * vectors[k * width + j];
            }
            expect(unit).toBeCloseTo(i === j ? 1 : 0, 9);
            expect(entry).toBeCloseTo(matrix[i * width + j], 8);
          }
        }
      }),
    );
  });

  it("are those of the textbook", () => {
    const { values } = atOnce(eigenSystemInPieces(Float64Array.of(2, 1, 1, 2), 2));
    expect(Math.min(...values)).toBeCloseTo(1, 12);
    expect(Math.max(...values)).toBeCloseTo(3, 12);
  });
});
