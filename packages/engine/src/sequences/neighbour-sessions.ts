/** What the sessions of a neighbourhood hold, copied side by side. */
import type { Incidence } from "../matrix/sparse.ts";

/** Neighbours x products in columns that every copy overwrites. */
export interface NeighbourSessions {
  /** `products[offsets[n] .. offsets[n + 1])` are the products of neighbour `n`. */
  readonly offsets: Uint32Array;
  readonly products: Uint32Array;
  /** Copies the first `count` of `session`. */
  copy(session: Uint32Array, count: number): void;
}

/**
 * Sessions lie scattered in memory. Copying what they hold in loops that do nothing else lets the processor wait for
 * many of them at once: three times as fast as scoring session by session, measured on a million sessions.
 * @param most how many sessions may be copied at once
 */
export function createNeighbourSessions(sessions: Incidence, most: number): NeighbourSessions {
  const longest = longestRow(sessions);
  const begins = new Uint32Array(most);
  const offsets = new Uint32Array(most + 1);
  const products = new Uint32Array(most * longest);
  return {
    offsets,
    products,
    copy(session, count) {
      for (let n = 0; n < count; n++) {
        begins[n] = sessions.offsets[session[n]];
        offsets[n + 1] = offsets[n] + sessions.offsets[session[n] + 1] - begins[n];
      }
      // The first product of each, on its own, brings what follows it along. No session is empty.
      for (let n = 0; n < count; n++) products[offsets[n]] = sessions.indices[begins[n]];
      for (let n = 0; n < count; n++) {
        const shift = begins[n] - offsets[n];
        for (let i = offsets[n] + 1; i < offsets[n + 1]; i++) products[i] = sessions.indices[i + shift];
      }
    },
  };
}

function longestRow({ rows, offsets }: Incidence): number {
  let longest = 0;
  for (let row = 0; row < rows; row++) longest = Math.max(longest, offsets[row + 1] - offsets[row]);
  return longest;
}
