import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Accumulator } from "./accumulator.ts";
import { createConjugateGradientSpace, solveInPieces } from "./conjugate-gradient.ts";
import { addGramRowInPieces, gramDiagonal } from "./gram.ts";
import { atOnce } from "./pieces.ts";
import { incidence, rowOf, transpose } from "./sparse.ts";

const anyLists = fc.array(fc.uniqueArray(fc.nat(5)), { minLength: 1, maxLength: 12 });

describe("a row of the Gram matrix", () => {
  it("sums the weights of the rows that hold both columns", () => {
    fc.assert(
      fc.property(anyLists, fc.nat(5), (lists, column) => {
        const cells = { row: lists.flatMap((list, row) => list.map(() => row)), column: lists.flat() };
        const byRow = incidence({ rows: lists.length, columns: 6, ...cells });
        const weights = Float64Array.from(lists, (_, row) => 1 / (row + 1));
        const rows = { byRow, byColumn: transpose(byRow), weights };
        const into = new Accumulator(6);
        atOnce(addGramRowInPieces(rows, column, into));
        for (let other = 0; other < 6; other++) {
          const both = weights.filter((_, row) => [column, other].every((held) => rowOf(byRow, row).includes(held)));
          expect(into.values[other]).toBeCloseTo(
            both.reduce((sum, weight) => sum + weight, 0),
            12,
          );
        }
        expect(gramDiagonal(rows)[column]).toBeCloseTo(into.values[column], 12);
      }),
    );
  });

  it("lets others run on the way through a bestseller's customers", () => {
    const byRow = incidence({
      rows: 1000,
      columns: 1,
      row: new Uint32Array(1000).map((_, row) => row),
      column: new Uint8Array(1000),
    });
    const rows = { byRow, byColumn: transpose(byRow), weights: new Float64Array(1000).fill(1) };
    expect([...addGramRowInPieces(rows, 0, new Accumulator(1))].length).toBeGreaterThan(1);
  });
});

describe("conjugate gradients", () => {
  it("solve a system in as many steps as it has unknowns", () => {
    // Golub and Van Loan's classic: tridiagonal (-1, 2, -1), whose solution for a right side of ones is i (n + 1 - i) / 2.
    const size = 8;
    const solution = new Float64Array(size);
    const steps = atOnce(
      solveInPieces(
        {
          size,
          diagonal: new Float64Array(size).fill(2),
          right: new Float64Array(size).fill(1),
          multiply: (vector, product) => {
            for (let i = 0; i < size; i++) product[i] = 2 * vector[i] - (vector[i - 1] ?? 0) - (vector[i + 1] ?? 0);
          },
        },
        solution,
        createConjugateGradientSpace(size),
        { tolerance: 1e-10, maximumSteps: 50 },
      ),
    );
    expect(steps).toBeLessThanOrEqual(size);
    solution.forEach((value, i) => expect(value).toBeCloseTo(((i + 1) * (size - i)) / 2, 9));
  });

  it("take no step where nothing is asked", () => {
    const system = {
      size: 1,
      diagonal: Float64Array.of(1),
      right: Float64Array.of(0),
      multiply: (vector: Float64Array, product: Float64Array) => void (product[0] = vector[0]),
    };
    const solution = Float64Array.of(0);
    expect(
      atOnce(solveInPieces(system, solution, createConjugateGradientSpace(1), { tolerance: 1e-6, maximumSteps: 9 })),
    ).toBe(0);
    expect(solution[0]).toBe(0);
  });
});
