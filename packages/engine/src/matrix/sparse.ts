/**
 * Compressed sparse rows (CSR). A matrix with values is a `SparseMatrix`; one that only says which cells are set is
 * an `Incidence` (a basket either holds a product or does not). Columns (CSC) are the rows of the transpose.
 */

import { InvalidInput } from "../errors.ts";
import { atOnce, pieceSize, type InPieces } from "./pieces.ts";

/** Which columns each row touches. `indices[offsets[r] .. offsets[r + 1])` are the columns of row `r`. */
export interface Incidence {
  readonly rows: number;
  readonly columns: number;
  /** rows + 1 positions in `indices`. */
  readonly offsets: Uint32Array;
  readonly indices: Uint32Array;
}

/** An incidence with a value a cell. */
export interface SparseMatrix extends Incidence {
  readonly values: Float64Array;
}

/** Cells in any order: cell `i` stands at (`row[i]`, `column[i]`). */
export interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly row: ArrayLike<number>;
  readonly column: ArrayLike<number>;
}

/**
 * Groups cells by row, keeping their order within a row and every repetition.
 * @returns row lists; O(cells + rows) by counting sort
 * @throws InvalidInput when a cell lies outside
 * @example
 * const sessions = groupByRow({ rows: 1, columns: 9, row: [0, 0, 0], column: [5, 2, 5] });
 * rowOf(sessions, 0); // Uint32Array [5, 2, 5]
 */
export function groupByRow(cells: Cells): Incidence {
  return atOnce(groupByRowInPieces(cells));
}

/** The same, pausing on the way. */
export function* groupByRowInPieces(cells: Cells): InPieces<Incidence> {
  yield* checkCells(cells);
  const { rows, columns, row, column } = cells;
  const offsets = yield* offsetsInPieces(rows, row);
  const next = offsets.slice();
  const indices = new Uint32Array(column.length);
  for (let i = 0; i < column.length; i++) {
    indices[next[row[i]]++] = column[i];
    if (i % pieceSize === 0) yield;
  }
  return { rows, columns, offsets, indices };
}

/**
 * Distinct cells by row, columns ascending.
 * @throws InvalidInput when a cell lies outside
 * @example
 * const baskets = incidence({ rows: 2, columns: 3, row: [0, 0, 1], column: [2, 0, 1] });
 */
export function incidence(cells: Cells): Incidence {
  return atOnce(incidenceInPieces(cells));
}

/** The same, pausing on the way. */
export function* incidenceInPieces(cells: Cells): InPieces<Incidence> {
  const { values: _, ...pattern } = yield* sparseMatrixInPieces(cells);
  return pattern;
}

/**
 * Sums cells that fall on the same place; columns ascend within a row.
 * @param values one value a cell; 1 each when left out, so that the result counts
 * @throws InvalidInput when a cell lies outside
 * @example
 * const counts = sparseMatrix({ rows: 1, columns: 9, row: [0, 0, 0], column: [5, 2, 5] });
 * counts.indices; // Uint32Array [2, 5]
 * counts.values; // Float64Array [1, 2]
 */
export function sparseMatrix(cells: Cells, values?: ArrayLike<number>): SparseMatrix {
  return atOnce(sparseMatrixInPieces(cells, values));
}

/** The same, pausing on the way. */
export function* sparseMatrixInPieces(cells: Cells, values?: ArrayLike<number>): InPieces<SparseMatrix> {
  yield* checkCells(cells);
  const { rows, columns, row, column } = cells;
  const offsets = yield* offsetsInPieces(rows, row);
  const next = offsets.slice();
  const byColumn = yield* orderInPieces(columns, column);
  const indices = new Uint32Array(row.length);
  const sums = new Float64Array(row.length);
  // Cells dealt out to their rows column by column leave columns ascending in each row.
  for (let i = 0; i < byColumn.length; i++) {
    const cell = byColumn[i];
    const place = next[row[cell]]++;
    indices[place] = column[cell];
    sums[place] = values ? values[cell] : 1;
    if (i % pieceSize === 0) yield;
  }
  return yield* mergeRepeats({ rows, columns, offsets, indices, values: sums });
}

/** Sums neighbours in the same column. The matrix is used up. */
function* mergeRepeats({ rows, columns, offsets, indices, values }: SparseMatrix): InPieces<SparseMatrix> {
  const merged = new Uint32Array(rows + 1);
  let length = 0;
  for (let r = 0; r < rows; r++) {
    const first = length;
    for (let i = offsets[r]; i < offsets[r + 1]; i++) {
      if (length > first && indices[length - 1] === indices[i]) values[length - 1] += values[i];
      else {
        indices[length] = indices[i];
        values[length++] = values[i];
      }
    }
    merged[r + 1] = length;
    if (r % pieceSize === 0) yield;
  }
  return { rows, columns, offsets: merged, indices: indices.slice(0, length), values: values.slice(0, length) };
}

/**
 * Turns rows into columns; rows ascend within a column.
 * @example
 * const basketsOfProduct = transpose(baskets);
 */
export function transpose(matrix: SparseMatrix): SparseMatrix;
export function transpose(matrix: Incidence): Incidence;
export function transpose(matrix: Incidence): Incidence {
  return atOnce(transposeInPieces(matrix));
}

/** The same, pausing on the way. */
export function transposeInPieces(matrix: SparseMatrix): InPieces<SparseMatrix>;
export function transposeInPieces(matrix: Incidence): InPieces<Incidence>;
export function* transposeInPieces(matrix: Incidence & { readonly values?: Float64Array }): InPieces<Incidence> {
  const { rows, columns, offsets, indices, values } = matrix;
  const turnedOffsets = yield* offsetsInPieces(columns, indices);
  const next = turnedOffsets.slice();
  const turned = new Uint32Array(indices.length);
  const turnedValues = values && new Float64Array(indices.length);
  let pause = pieceSize;
  for (let r = 0; r < rows; r++) {
    for (let i = offsets[r]; i < offsets[r + 1]; i++) {
      const place = next[indices[i]]++;
      turned[place] = r;
      if (turnedValues) turnedValues[place] = values[i];
    }
    if (offsets[r + 1] < pause) continue;
    pause = offsets[r + 1] + pieceSize;
    yield;
  }
  const pattern: Incidence = { rows: columns, columns: rows, offsets: turnedOffsets, indices: turned };
  return turnedValues ? Object.assign(pattern, { values: turnedValues }) : pattern;
}

/**
 * The columns of one row, as a view on the matrix: no copy.
 * @example
 * for (const product of rowOf(baskets, 0)) console.log(catalogue.ids.idOf(product));
 */
export function rowOf(matrix: Incidence, row: number): Uint32Array {
  return matrix.indices.subarray(matrix.offsets[row], matrix.offsets[row + 1]);
}

/**
 * How many cells each row holds.
 * @example
 * rowSizes(baskets)[0]; // products in basket 0
 */
export function rowSizes({ rows, offsets }: Incidence): Uint32Array {
  const sizes = new Uint32Array(rows);
  for (let r = 0; r < rows; r++) sizes[r] = offsets[r + 1] - offsets[r];
  return sizes;
}

/**
 * How many rows touch each column.
 * @example
 * columnSizes(baskets)[0]; // baskets that hold product 0
 */
export function columnSizes({ columns, indices }: Incidence): Uint32Array {
  const sizes = new Uint32Array(columns);
  for (const column of indices) sizes[column]++;
  return sizes;
}

/**
 * Stable order of `keys`, all below `bound`, by counting sort.
 * @example
 * order(3, [2, 0, 2, 1]); // Uint32Array [1, 3, 0, 2]
 */
export function order(bound: number, keys: ArrayLike<number>): Uint32Array {
  return atOnce(orderInPieces(bound, keys));
}

/** The same, pausing on the way. */
export function* orderInPieces(bound: number, keys: ArrayLike<number>): InPieces<Uint32Array> {
  const next = yield* offsetsInPieces(bound, keys);
  const sorted = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    sorted[next[keys[i]]++] = i;
    if (i % pieceSize === 0) yield;
  }
  return sorted;
}

/** Typed arrays swallow what is written outside them: without this check a stray cell would be lost in silence. */
function* checkCells({ rows, columns, row, column }: Cells): InPieces<void> {
  if (row.length !== column.length) {
    throw new InvalidInput("cells.row", `${row.length} entries`, `as long as cells.column (${column.length})`);
  }
  for (let i = 0; i < row.length; i++) {
    if (!(row[i] >= 0 && row[i] < rows)) throw new InvalidInput(`cells.row[${i}]`, row[i], `an index below ${rows}`);
    if (!(column[i] >= 0 && column[i] < columns)) {
      throw new InvalidInput(`cells.column[${i}]`, column[i], `an index below ${columns}`);
    }
    if (i % pieceSize === 0) yield;
  }
}

/** Where each key's run begins once sorted; one more entry closes the last run. */
function* offsetsInPieces(bound: number, keys: ArrayLike<number>): InPieces<Uint32Array> {
  const offsets = new Uint32Array(bound + 1);
  for (let i = 0; i < keys.length; i++) {
    offsets[keys[i] + 1]++;
    if (i % pieceSize === 0) yield;
  }
  for (let key = 0; key < bound; key++) offsets[key + 1] += offsets[key];
  return offsets;
}
