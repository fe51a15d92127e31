/**
 * Long work in pieces: a generator that pauses every now and then and returns the result, so that one piece of code
 * serves who can wait and who must let others run meanwhile (see `Pacer.through`).
 */

/** Work that pauses at least once every `pieceSize` cells. */
export type InPieces<Result> = Generator<undefined, Result, undefined>;

/** Cells that are worked on between two pauses: about a millisecond. */
export const pieceSize = 2 ** 16;

/**
 * Does all the work without a pause.
 * @example
 * const byProduct = atOnce(transposeInPieces(baskets));
 */
export function atOnce<Result>(pieces: InPieces<Result>): Result {
  for (;;) {
    const piece = pieces.next();
    if (piece.done) return piece.value;
  }
}
