/**
 * Protocols that hold out the newest of each user: leave-one-out as in He et al., "Neural collaborative filtering", WWW
 * 2017, and Kang and McAuley, "Self-attentive sequential recommendation", ICDM 2018; or a share of each row. Neither is
 * a split in time: what other users did later is in the training part, as in all published figures of the kind.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import { rowOf, type Incidence } from "../matrix/sparse.ts";
import { splitOfRows, type HeldOutOptions } from "./held-out-rows.ts";
import type { Split } from "./split.ts";

/**
 * Holds out each user's newest entry. Applied to the training part of its own result, it holds out the last but one:
 * the validation part.
 * @param sequences users x products in the order of time, repetitions kept
 * @param options with `repeats: false` (the default) users whose newest product is not new to them are left out
 * @example
 * const test = leaveOneOut(sequences);
 * const validation = leaveOneOut(test.training);
 */
export function leaveOneOut(sequences: Incidence, options: HeldOutOptions = {}): Split<Incidence> {
  const parts = holdOut(sequences, (length) => (length > 1 ? 1 : 0));
  return splitOfRows(
    "leave one out: each user's newest product, from all before it",
    parts.training,
    parts.test,
    options,
  );
}

/** How much of each row is held out. */
export interface HoldOutOptions extends HeldOutOptions {
  /** Share of each row, rounded down; rows too short to give one up stay whole. */
  readonly share?: number;
  /** Rows shorter than this stay whole. */
  readonly shortest?: number;
}

/**
 * Holds out the newest share of each user's row: the honest validation part of a split like Gowalla's, where a random
 * one misleads.
 * @param rows users x products in the order of time
 * @throws InvalidOption unless 0 < share < 1
 * @example
 * const validation = holdOutNewest(split.training, { share: 0.1 });
 */
export function holdOutNewest(
  rows: Incidence,
  { share = 0.1, shortest = 2, ...options }: HoldOutOptions = {},
): Split<Incidence> {
  requireNumber("share", share, Number.MIN_VALUE, 1 - Number.EPSILON);
  requireInteger("shortest", shortest, 2);
  const parts = holdOut(rows, (length) => (length < shortest ? 0 : Math.floor(length * share)));
  const protocol = `newest ${Number((share * 100).toPrecision(3))} % of each row, from all before`;
  return splitOfRows(protocol, parts.training, parts.test, options);
}

/** Cuts the last entries off each row. */
function holdOut(
  rows: Incidence,
  heldOf: (length: number) => number,
): { readonly training: Incidence; readonly test: Incidence } {
  const training = { offsets: new Uint32Array(rows.rows + 1), indices: new Uint32Array(rows.indices.length) };
  const test = { offsets: new Uint32Array(rows.rows + 1), indices: new Uint32Array(rows.indices.length) };
  for (let row = 0; row < rows.rows; row++) {
    const all = rowOf(rows, row);
    const kept = all.length - heldOf(all.length);
    training.indices.set(all.subarray(0, kept), training.offsets[row]);
    test.indices.set(all.subarray(kept), test.offsets[row]);
    training.offsets[row + 1] = training.offsets[row] + kept;
    test.offsets[row + 1] = test.offsets[row] + all.length - kept;
  }
  return { training: trimmed(rows, training), test: trimmed(rows, test) };
}

function trimmed(
  { rows, columns }: Incidence,
  { offsets, indices }: { readonly offsets: Uint32Array; readonly indices: Uint32Array },
): Incidence {
  return { rows, columns, offsets, indices: indices.slice(0, offsets[rows]) };
}
