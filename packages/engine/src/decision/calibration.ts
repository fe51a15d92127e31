/**
 * Calibrated categories: an answer should hold the shopper's categories in about the shares of what they looked at and
 * bought. Steck, "Calibrated recommendations", RecSys 2018, eq. 5 to 7: how far the shares q of the answer are from the
 * shopper's p is KL(p, q~) = sum of p log (p / q~), with q~ = (1 - a) q + a p and a = 0.01, and each pick is worth what it
 * takes off that. It depends on the picks before it alone, so the chance of a pick given those stays exact.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Context } from "./context.ts";

const smoothing = 0.01;
/** The distance of an answer without any of the shopper's categories. */
const farthest = -Math.log(smoothing);

/** Shares of categories, by index; they sum to 1. Empty for a shopper of whom nothing is known. */
export type Taste = ReadonlyMap<number, number>;

/** The shares of categories in what the shopper has in the cart, looked at and bought. */
export function tasteOf({ startingPoints: { cart, session, purchases } }: Context, { categoryOf }: Catalogue): Taste {
  const counts = new Map<number, number>();
  let total = 0;
  for (const product of [...cart, ...session, ...purchases]) {
    const category = categoryOf[product];
    if (category < 0) continue;
    counts.set(category, (counts.get(category) ?? 0) + 1);
    total++;
  }
  return new Map(Array.from(counts, ([category, count]) => [category, count / total]));
}

/** Follows the picks of one answer. */
export interface Calibration {
  /** What a pick of this category would take off the distance, in nats; below 0 where it adds to it. */
  gainOf(category: number): number;
  note(category: number): void;
}

/** @param taste not empty */
export function createCalibration(taste: Taste): Calibration {
  const shown = new Map<number, number>();
  let length = 0;
  function distanceWith(extra: number): number {
    let distance = 0;
    for (const [category, share] of taste) {
      const count = (shown.get(category) ?? 0) + (category === extra ? 1 : 0);
      distance += share * Math.log(share / ((1 - smoothing) * (count / (length + 1)) + smoothing * share));
    }
    return distance;
  }
  let before = farthest;
  let gains = new Map<number, number>();
  return {
    gainOf(category) {
      // Of all categories that the shopper does not know, one is as good as the other.
      const kind = taste.has(category) ? category : -1;
      const gain = gains.get(kind) ?? before - distanceWith(kind);
      gains.set(kind, gain);
      return gain;
    },
    note(category) {
      before = distanceWith(category);
      shown.set(category, (shown.get(category) ?? 0) + 1);
      length++;
      gains = new Map();
    },
  };
}
