/**
 * What a reminder added, by comparison of those who got one with those who did not, where chance decided which. The
 * interval is Newcombe's: "Interval estimation for the difference between independent proportions", Statistics in Medicine
 * 17 (1998), method 10.
 */
import { wilsonInterval, type Interval } from "../statistics/index.ts";

/** A difference between two shares, with its 95 % interval. */
export type Uplift = Interval & { readonly value: number };

/** Columns of one length, 0 or 1. */
interface Arms {
  readonly reminded: ArrayLike<number>;
  readonly completed: ArrayLike<number>;
}

/**
 * @param rows of the columns that are compared
 * @returns undefined when one arm is empty
 * @example
 * upliftOf({ reminded: [0, 0, 1, 1], completed: [0, 1, 1, 1] }, Uint32Array.of(0, 1, 2, 3))?.value; // 0.5
 */
export function upliftOf(arms: Arms, rows: Uint32Array): Uplift | undefined {
  const sent = shareOf(arms, rows, 1);
  const held = shareOf(arms, rows, 0);
  if (!sent || !held) return undefined;
  const value = sent.value - held.value;
  return {
    value,
    lower: value - Math.hypot(sent.value - sent.lower, held.upper - held.value),
    upper: value + Math.hypot(sent.upper - sent.value, held.value - held.lower),
  };
}

/**
 * Whether predictions tell where a reminder adds more: what it added where they are above their median, and elsewhere.
 * @param predicted uplift of each of the rows
 * @returns undefined when an arm is empty on either side
 * @example
 * upliftByPrediction(carts, judged, predicted)?.above.lower;
 */
export function upliftByPrediction(
  arms: Arms,
  rows: Uint32Array,
  predicted: Float64Array,
): { readonly above: Uplift; readonly below: Uplift } | undefined {
  const median = predicted.toSorted()[predicted.length >> 1];
  const above = upliftOf(
    arms,
    rows.filter((_, place) => predicted[place] >= median),
  );
  const below = upliftOf(
    arms,
    rows.filter((_, place) => predicted[place] < median),
  );
  return above && below ? { above, below } : undefined;
}

function shareOf({ reminded, completed }: Arms, rows: Uint32Array, arm: 0 | 1): Uplift | undefined {
  let count = 0;
  let ordered = 0;
  for (const row of rows) {
    if (reminded[row] !== arm) continue;
    count++;
    ordered += completed[row];
  }
  return count === 0 ? undefined : { value: ordered / count, ...wilsonInterval(ordered, count) };
}
