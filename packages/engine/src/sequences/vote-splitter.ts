/**
 * What each step of a history adds to the score of every product. A session's similarity is a sum over the steps it
 * holds, so each of its votes falls into parts, one a step.
 */
import { Accumulator } from "../matrix/accumulator.ts";
import type { NeighbourSessions } from "./neighbour-sessions.ts";
import type { WeighedStep } from "./session-neighbours.ts";

/** Neighbours with what the vote of each is worth beside its similarity. */
export interface WeighedNeighbours extends Omit<NeighbourSessions, "copy"> {
  readonly count: number;
  readonly worth: Float64Array;
}

/**
 * @param productCount size of each part: 13 bytes a product and step, kept for the next question
 * @returns a function that splits votes into a column of parts by product for each step; valid until its next call
 */
export function createVoteSplitter(
  productCount: number,
): (steps: readonly WeighedStep[], neighbours: WeighedNeighbours) => readonly Float64Array[] {
  const parts: Accumulator[] = [];
  return (steps, { offsets, products, count, worth }) => {
    while (parts.length < steps.length) parts.push(new Accumulator(productCount));
    return steps.map(({ product, weight }, at) => {
      const part = parts[at];
      part.clear();
      for (let n = 0; n < count; n++) {
        if (!holds(products, offsets[n], offsets[n + 1], product)) continue;
        for (let i = offsets[n]; i < offsets[n + 1]; i++) part.add(products[i], worth[n] * weight);
      }
      return part.values;
    });
  };
}

function holds(products: Uint32Array, begin: number, end: number, product: number): boolean {
  for (let i = begin; i < end; i++) if (products[i] === product) return true;
  return false;
}
