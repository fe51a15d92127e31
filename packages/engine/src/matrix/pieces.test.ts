import { describe, expect, it } from "vitest";
import { createRandom } from "../random/generator.ts";
import { pieceSize, type InPieces } from "./pieces.ts";
import { sortByKeyInPieces, sortInPieces } from "./sort.ts";
import { sparseMatrix, sparseMatrixInPieces, transpose, transposeInPieces, type Cells } from "./sparse.ts";

/** Works through all pieces. */
function drain<Result>(pieces: InPieces<Result>): { result: Result; pauses: number } {
  for (let pauses = 0; ; pauses++) {
    const piece = pieces.next();
    if (piece.done) return { result: piece.value, pauses };
  }
}

function randomCells(count: number): Cells {
  const random = createRandom("cells");
  const [rows, columns] = [5_000, 900];
  return {
    rows,
    columns,
    row: Uint32Array.from({ length: count }, () => random.integer(rows)),
    column: Uint32Array.from({ length: count }, () => random.integer(columns)),
  };
}

const cellCount = 5 * pieceSize;

describe("long work on matrices", () => {
  const cells = randomCells(cellCount);

  it("pauses at least once a piece while it turns a matrix around, and comes to the same", () => {
    const matrix = sparseMatrix(cells);
    const { result, pauses } = drain(transposeInPieces(matrix));
    expect(result).toEqual(transpose(matrix));
    // Once over the cells to count them, once to move them.
    expect(pauses).toBeGreaterThanOrEqual(2 * Math.floor(matrix.indices.length / pieceSize));
  });

  it("pauses at least once a piece in each of the passes that build a matrix", () => {
    const { result, pauses } = drain(sparseMatrixInPieces(cells));
    expect(result).toEqual(sparseMatrix(cells));
    // Checked, counted by row and by column, put in order, and dealt out.
    expect(pauses).toBeGreaterThanOrEqual(5 * (cellCount / pieceSize));
  });
});

describe("sorting in pieces", () => {
  it.each([0, 1, 1000, pieceSize, pieceSize + 1, 3 * pieceSize + 5, 8 * pieceSize])(
    "puts %i numbers in the order of the runtime's own sort",
    (count) => {
      const random = createRandom(count);
      // Few enough values that many are equal.
      const values = Float64Array.from({ length: count }, () => Math.log(random.integer(5_000)));
      const { result, pauses } = drain(sortInPieces(values));
      expect(result).toEqual(values.toSorted());
      expect(pauses).toBeGreaterThanOrEqual(Math.floor(count / pieceSize));
    },
  );

  it.each([0, 1, 4096, 4097, 3 * 4096 + 5, pieceSize])("puts %i places in the order of their keys", (count) => {
    const random = createRandom(count);
    const keys = Float64Array.from({ length: count }, () => random.integer(500));
    const places = Uint32Array.from(keys.keys());
    const { result, pauses } = drain(sortByKeyInPieces(places, keys));
    expect(result).toEqual(places.toSorted((a, b) => keys[a] - keys[b] || a - b));
    expect(pauses).toBeGreaterThanOrEqual(Math.floor(count / 4096));
  });
});
