/** Sorting in pieces: short runs by the runtime, which cannot pause, then merged two by two. */
import { pieceSize, type InPieces } from "./pieces.ts";

/**
 * @param values numbers, none of them NaN
 * @returns a copy in ascending order, pausing on the way
 * @example
 * const ascending = atOnce(sortInPieces([0.3, 0.1, 0.2])); // Float64Array [0.1, 0.2, 0.3]
 */
export function* sortInPieces(values: ArrayLike<number>): InPieces<Float64Array> {
  const column = new Float64Array(values);
  const precedes = (one: number, other: number): boolean => one <= other;
  return yield* mergeSort(column, new Float64Array(column.length), { runLength: pieceSize, precedes });
}

/** Places that are sorted between two pauses: by keys that lie elsewhere, which takes ten times as long. */
const placesARun = 4096;

/**
 * @param keys a number for each place, none of them NaN
 * @returns a copy of the places by ascending key, equal ones by ascending place, pausing on the way
 * @example
 * const oldestFirst = atOnce(sortByKeyInPieces([0, 1, 2], [0.3, 0.1, 0.2])); // Uint32Array [1, 2, 0]
 */
export function* sortByKeyInPieces(places: ArrayLike<number>, keys: ArrayLike<number>): InPieces<Uint32Array> {
  const column = new Uint32Array(places);
  const compare = (one: number, other: number): number => keys[one] - keys[other] || one - other;
  const precedes = (one: number, other: number): boolean => compare(one, other) <= 0;
  return yield* mergeSort(column, new Uint32Array(column.length), { runLength: placesARun, compare, precedes });
}

interface Order {
  /** Entries that the runtime sorts at once. */
  readonly runLength: number;
  /** By value when left out, which the runtime does several times faster. */
  readonly compare?: (one: number, other: number) => number;
  /** Whether `one` may stand before `other`. */
  readonly precedes: (one: number, other: number) => boolean;
}

/** @param merged as long as `runs`; both are used up */
function* mergeSort<Column extends Float64Array | Uint32Array>(
  runs: Column,
  merged: Column,
  { runLength, compare, precedes }: Order,
): InPieces<Column> {
  for (let begin = 0; begin < runs.length; begin += runLength) {
    runs.subarray(begin, begin + runLength).sort(compare);
    yield;
  }
  for (let width = runLength; width < runs.length; width *= 2) {
    for (let begin = 0; begin < runs.length; begin += 2 * width) yield* merge(runs, begin, width, merged, precedes);
    [runs, merged] = [merged, runs];
  }
  return runs;
}

/** Merges two neighbouring runs of at most `width` entries into the same places of `merged`. */
function* merge(
  runs: Float64Array | Uint32Array,
  begin: number,
  width: number,
  merged: Float64Array | Uint32Array,
  precedes: Order["precedes"],
): InPieces<void> {
  const middle = Math.min(runs.length, begin + width);
  const end = Math.min(runs.length, middle + width);
  let left = begin;
  let right = middle;
  for (let place = begin; place < end; place++) {
    const takesLeft = right === end || (left < middle && precedes(runs[left], runs[right]));
    merged[place] = takesLeft ? runs[left++] : runs[right++];
    if (place % pieceSize === 0) yield;
  }
}
