import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import {
  columnSizes,
  groupByRow,
  incidence,
  order,
  rowOf,
  rowSizes,
  sparseMatrix,
  transpose,
  type Incidence,
  type SparseMatrix,
} from "./sparse.ts";

/** Cells of a small matrix: many fall on the same place, and some rows and columns stay empty. */
const anyCells = fc
  .record({ rows: fc.integer({ min: 1, max: 8 }), columns: fc.integer({ min: 1, max: 8 }) })
  .chain(({ rows, columns }) =>
    fc
      .array(fc.tuple(fc.nat(rows - 1), fc.nat(columns - 1), fc.integer({ min: -5, max: 5 })), { maxLength: 60 })
      .map((cells) => ({
        rows,
        columns,
        row: cells.map(([row]) => row),
        column: cells.map(([, column]) => column),
        values: cells.map(([, , value]) => value),
      })),
  );

type Cells = typeof anyCells extends fc.Arbitrary<infer Value> ? Value : never;

/** The naive model: sums by "row,column", sorted by row and then by column. */
function naiveSums({ row, column, values }: Cells): [number, number, number][] {
  const sums = new Map<string, [number, number, number]>();
  for (const [i, r] of row.entries()) {
    const sum = sums.get(`${r},${column[i]}`) ?? [r, column[i], 0];
    sum[2] += values[i];
    sums.set(`${r},${column[i]}`, sum);
  }
  return [...sums.values()].toSorted(([r1, c1], [r2, c2]) => r1 - r2 || c1 - c2);
}

function entriesOf(matrix: SparseMatrix): [number, number, number][] {
  const entries: [number, number, number][] = [];
  for (let r = 0; r < matrix.rows; r++) {
    for (let i = matrix.offsets[r]; i < matrix.offsets[r + 1]; i++) {
      entries.push([r, matrix.indices[i], matrix.values[i]]);
    }
  }
  return entries;
}

const rowsOf = (matrix: Incidence) => Array.from({ length: matrix.rows }, (_, r) => Array.from(rowOf(matrix, r)));

describe("a sparse matrix", () => {
  it("holds the sum of each place, row by row, columns ascending", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const matrix = sparseMatrix(cells, cells.values);
        expect(entriesOf(matrix)).toEqual(naiveSums(cells));
        expect([matrix.rows, matrix.columns]).toEqual([cells.rows, cells.columns]);
        expect(matrix.offsets.length).toBe(cells.rows + 1);
        expect(matrix.offsets.at(-1)).toBe(matrix.indices.length);
      }),
    );
  });

  it("counts when cells have no values", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        expect(sparseMatrix(cells)).toEqual(sparseMatrix(cells, Array(cells.row.length).fill(1)));
      }),
    );
  });

  it("may have no cell, no row or no column", () => {
    expect(sparseMatrix({ rows: 2, columns: 3, row: [], column: [] }).offsets).toEqual(Uint32Array.of(0, 0, 0));
    expect(rowsOf(incidence({ rows: 0, columns: 0, row: [], column: [] }))).toEqual([]);
  });

  it("refuses a cell outside, naming it", () => {
    const at = (row: number, column: number) => () =>
      sparseMatrix({ rows: 2, columns: 3, row: [0, row], column: [0, column] });
    for (const [row, column] of [
      [2, 0],
      [-1, 0],
      [0, 3],
      [Number.NaN, 0],
      [0, Number.NaN],
    ]) {
      expect(at(row, column)).toThrow(InvalidInput);
    }
    expect(at(0, 3)).toThrow("cells.column[1] must be an index below 3; received 3.");
    expect(() => incidence({ rows: 2, columns: 3, row: [0], column: [0, 1] })).toThrow(
      'cells.row must be as long as cells.column (2); received "1 entries".',
    );
    expect(() => groupByRow({ rows: 1, columns: 1, row: [1], column: [0] })).toThrow(InvalidInput);
  });

  it("turned twice is itself, and turned once has row and column exchanged", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const matrix = sparseMatrix(cells, cells.values);
        expect(transpose(transpose(matrix))).toEqual(matrix);
        const exchanged = { rows: cells.columns, columns: cells.rows, row: cells.column, column: cells.row };
        expect(transpose(matrix)).toEqual(sparseMatrix(exchanged, cells.values));
        expect(transpose(incidence(cells))).toEqual(incidence(exchanged));
      }),
    );
  });
});

describe("an incidence", () => {
  it("says which columns each row touches, once", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const expected = Array.from({ length: cells.rows }, (_, r) =>
          [...new Set(cells.column.filter((_column, i) => cells.row[i] === r))].toSorted((a, b) => a - b),
        );
        const touched = incidence(cells);
        expect(rowsOf(touched)).toEqual(expected);
        expect(Array.from(rowSizes(touched))).toEqual(expected.map((row) => row.length));
        const sizes = Array.from({ length: cells.columns }, (_, c) => expected.filter((row) => row.includes(c)).length);
        expect(Array.from(columnSizes(touched))).toEqual(sizes);
        expect(Object.keys(touched)).not.toContain("values");
      }),
    );
  });

  it("grouped by row keeps the order of arrival and every repetition", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const expected = Array.from({ length: cells.rows }, (_, r) =>
          cells.column.filter((_column, i) => cells.row[i] === r),
        );
        expect(rowsOf(groupByRow(cells))).toEqual(expected);
      }),
    );
  });

  it("shows a row as a view", () => {
    const matrix = incidence({ rows: 1, columns: 3, row: [0, 0], column: [2, 0] });
    expect(rowOf(matrix, 0).buffer).toBe(matrix.indices.buffer);
  });
});

describe("ordering keys", () => {
  it("is what a stable sort gives", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9)), (keys) => {
        const expected = keys.map((_, i) => i).toSorted((a, b) => keys[a] - keys[b]);
        expect(Array.from(order(10, keys))).toEqual(expected);
      }),
    );
  });
});
