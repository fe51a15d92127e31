/**
 * Guards that keep the answers of an evaluation out of what methods learn from. Each protocol knows what may be learned
 * from; whatever a method did learn from must lie within it.
 */
import { InvalidInput } from "../errors.ts";
import type { TrainingView } from "../history/training-view.ts";
import { rowOf, type Incidence } from "../matrix/sparse.ts";
import { murmur3Bytes } from "../random/hash.ts";

/** Something that only the future holds, found where methods learn. */
export interface Leak {
  /** Where it stands, for example `view.basketAt[4]`. */
  readonly path: string;
  readonly received: unknown;
  /** What may stand there, as a noun phrase. */
  readonly expected: string;
}

/** Knows what may be learned from. */
export interface LeakGuard<Training> {
  /** @returns the first thing that may not be learned from; undefined when there is none */
  findLeak(learnedFrom: Training): Leak | undefined;
}

/**
 * @param guard a split, or `nothingSince(cut)`
 * @throws InvalidInput naming the first leak
 * @example
 * refuseLeaks(leaveOneOut(sequences), sequences); // throws: the last products are the answers
 */
export function refuseLeaks<Training>(guard: LeakGuard<Training>, learnedFrom: Training): void {
  const leak = guard.findLeak(learnedFrom);
  if (leak) throw new InvalidInput(leak.path, leak.received, leak.expected);
}

/** What of a training view has a date. */
export type Dated = Pick<TrainingView, "basketAt" | "sessionEndedAt">;

/**
 * Only what happened before `cut` may be learned from.
 * @param cut milliseconds since 1970, UTC
 * @example
 * refuseLeaks(nothingSince(Date.UTC(2011, 10, 9)), view);
 */
export function nothingSince(cut: number): LeakGuard<Dated> {
  const late = (path: string, times: Float64Array): Leak | undefined => {
    const index = times.findIndex((time) => time >= cut);
    if (index < 0) return undefined;
    const received = new Date(times[index]).toISOString();
    return { path: `${path}[${index}]`, received, expected: `before the cut at ${new Date(cut).toISOString()}` };
  };
  return {
    findLeak: ({ basketAt, sessionEndedAt }) =>
      late("view.basketAt", basketAt) ?? late("view.sessionEndedAt", sessionEndedAt),
  };
}

/**
 * Each row, for example a customer, may be learned from as often as it holds each product in `permitted`: a repeated
 * product is no leak because its next repetition is asked about.
 * @example
 * withinRows(training).findLeak(all)?.path; // "learnedFrom row 17"
 */
export function withinRows(permitted: Incidence): LeakGuard<Incidence> {
  return {
    findLeak(learnedFrom) {
      if (learnedFrom === permitted) return undefined;
      const budget = new Int32Array(Math.max(permitted.columns, learnedFrom.columns));
      for (let row = 0; row < learnedFrom.rows; row++) {
        const allowed = row < permitted.rows ? rowOf(permitted, row) : new Uint32Array(0);
        for (const product of allowed) budget[product]++;
        const extra = rowOf(learnedFrom, row).find((product) => --budget[product] < 0);
        // Both rows are cleared: what was taken stands in one, what was put in the other.
        for (const product of allowed) budget[product] = 0;
        for (const product of rowOf(learnedFrom, row)) budget[product] = 0;
        if (extra !== undefined) {
          return {
            path: `learnedFrom row ${row}`,
            received: `product ${extra}`,
            expected: "what the training part holds of it",
          };
        }
      }
      return undefined;
    },
  };
}

/**
 * Rows in any order, for example sessions, each as often as `permitted` holds one of the same products in the same
 * order. Rows are compared by a hash of 53 bits.
 * @example
 * amongRows(training).findLeak(trainingAndTest)?.path; // "learnedFrom row 17794"
 */
export function amongRows(permitted: Incidence): LeakGuard<Incidence> {
  return {
    findLeak(learnedFrom) {
      if (learnedFrom === permitted) return undefined;
      const allowed = hashRows(permitted).sort();
      const found = hashRows(learnedFrom);
      const order = Uint32Array.from(found, (_, row) => row).sort((a, b) => found[a] - found[b]);
      let next = 0;
      for (const row of order) {
        while (next < allowed.length && allowed[next] < found[row]) next++;
        if (next === allowed.length || allowed[next] !== found[row]) {
          return {
            path: `learnedFrom row ${row}`,
            received: `products ${rowOf(learnedFrom, row).join(", ")}`,
            expected: "a row of the training part",
          };
        }
        next++;
      }
      return undefined;
    },
  };
}

function hashRows(matrix: Incidence): Float64Array {
  const hashes = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) {
    const { buffer, byteOffset, byteLength } = rowOf(matrix, row);
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    hashes[row] = murmur3Bytes(bytes, 1) * 2 ** 21 + (murmur3Bytes(bytes, 2) >>> 11);
  }
  return hashes;
}
