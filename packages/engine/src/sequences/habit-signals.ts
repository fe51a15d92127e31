/** How a product of the session itself stands in it: whether shoppers come back to it depends on the shop. */
import type { HistoryStep } from "../models/history.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import type { Transitions } from "./transitions.ts";

const signals = [
  "isNewest",
  "isPrevious",
  "isThird",
  "isOlder",
  "nearness",
  "repetition",
  "newestTwice",
  "returns",
  "lengthAndSeen",
] as const;

/** Lifts the logarithm of a share above 0, so that "never returned to" says nothing. */
const leastReturn = 0.01;

/**
 * Signals for products of the session: its place from the end (newest, one back, two back, older), 1 / steps back, ln
 * of how often it was seen, whether the newest was seen twice in a row, how often shoppers return to it from the newest
 * product, and ln of the session's length.
 * @param shrinkage added to the total of a row of transitions
 * @example
 * const source = habitSignals(transitions, createSessionReader(productCount), 8);
 */
export function habitSignals(
  { offsets, targets, next, nextTotal }: Transitions,
  stepsOf: (question: Query) => readonly HistoryStep[],
  shrinkage: number,
): SignalSource<Query> {
  const shareOfNext = (from: number, to: number): number => {
    for (let i = offsets[from]; i < offsets[from + 1]; i++) {
      if (targets[i] === to) return next[i] / (nextTotal[from] + shrinkage);
    }
    return 0;
  };
  return {
    signals,
    fill(question, into) {
      const [isNewest, isPrevious, isThird, isOlder, nearness, repetition, newestTwice, returns, lengthAndSeen] = into;
      const { history } = question;
      const steps = stepsOf(question);
      const newest = steps.at(0);
      if (!newest) return;
      for (const { product, stepsBack } of steps) {
        const place = [isNewest, isPrevious, isThird][stepsBack] ?? isOlder;
        place.add(product, 1);
        returns.add(product, Math.log(shareOfNext(newest.product, product) / leastReturn + 1));
        const seen = countOf(history, product);
        if (seen > 1) repetition.add(product, Math.log(seen));
        if (stepsBack === 0) continue;
        nearness.add(product, 1 / stepsBack);
        lengthAndSeen.add(product, Math.log(history.length));
      }
      if (history[history.length - 2] === newest.product) newestTwice.add(newest.product, 1);
    },
  };
}

function countOf(history: ArrayLike<number>, product: number): number {
  let count = 0;
  for (let i = 0; i < history.length; i++) if (history[i] === product) count++;
  return count;
}
