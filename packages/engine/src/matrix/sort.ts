/** Sorting in pieces: short runs by the runtime, which cannot pause, then merged two by two. */
import { pieceSize, type InPieces } from "./pieces.ts";

/**
 * @param values numbers, none of them NaN
 * @returns a copy in ascending order, pausing on the way
 * @example
 * const ascending = atOnce(sortInPieces([0.3, 0.1, 0.2])); // Float64Array [0.1, 0.2, 0.3]
 */
export function* sortInPieces(values: ArrayLike<number>): InPieces<Float64Array> {
  let runs = new Float64Array(values);
  for (let begin = 0; begin < runs.length; begin += pieceSize) {
    runs.subarray(begin, begin + pieceSize).sort();
    yield;
  }
  let merged = new Float64Array(runs.length > pieceSize ? runs.length : 0);
  for (let width = pieceSize; width < runs.length; width *= 2) {
    for (let begin = 0; begin < runs.length; begin += 2 * width) yield* merge(runs, begin, width, merged);
    [runs, merged] = [merged, runs];
  }
  return runs;
}

/** Merges two neighbouring runs of at most `width` entries into the same places of `merged`. */
function* merge(runs: Float64Array, begin: number, width: number, merged: Float64Array): InPieces<void> {
  const middle = Math.min(runs.length, begin + width);
  const end = Math.min(runs.length, middle + width);
  let left = begin;
  let right = middle;
  for (let place = begin; place < end; place++) {
    const takesLeft = right === end || (left < middle && runs[left] <= runs[right]);
    merged[place] = takesLeft ? runs[left++] : runs[right++];
    if (place % pieceSize === 0) yield;
  }
}
