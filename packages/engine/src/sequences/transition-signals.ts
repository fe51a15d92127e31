/** What the newest products of a session lead to, by counted transitions. */
import type { HistoryStep } from "../models/history.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import type { SignalColumn } from "../models/signal-columns.ts";
import type { Transitions } from "./transitions.ts";

/** How much of an older product's voice is left, a step in the list of distinct products. */
const olderDecay = 0.7;
/** Distinct products that speak. */
const mostSteps = 8;

/**
 * Seven signals, shares of a row's total each: what follows the newest product directly (`next`), within ten steps
 * (`skip`) and what came before it (`back`); the first two for the product before it (`previous.next`,
 * `previous.skip`); and for the older ones together (`older.skip`, `older.back`).
 * @param shrinkage added to each total, so that rare products do not shout
 * @example
 * const source = transitionSignals(transitions, createSessionReader(productCount), 8);
 */
export function transitionSignals(
  { offsets, targets, next, skip, back, nextTotal, skipTotal, backTotal }: Transitions,
  stepsOf: (question: Query) => readonly HistoryStep[],
  shrinkage: number,
): SignalSource<Query> {
  const addShares = (into: SignalColumn, product: number, counts: Float32Array, scale: number): void => {
    for (let i = offsets[product]; i < offsets[product + 1]; i++) {
      if (counts[i] > 0) into.add(targets[i], counts[i] * scale);
    }
  };
  return {
    signals: ["next", "skip", "back", "previous.next", "previous.skip", "older.skip", "older.back"],
    fill(question, [toNext, toSkip, toBack, previousNext, previousSkip, olderSkip, olderBack]) {
      const [newest, previous, ...older] = stepsOf(question).slice(0, mostSteps);
      if (!newest) return;
      addShares(toNext, newest.product, next, 1 / (nextTotal[newest.product] + shrinkage));
      addShares(toSkip, newest.product, skip, 1 / (skipTotal[newest.product] + shrinkage));
      addShares(toBack, newest.product, back, 1 / (backTotal[newest.product] + shrinkage));
      if (!previous) return;
      addShares(previousNext, previous.product, next, 1 / (nextTotal[previous.product] + shrinkage));
      addShares(previousSkip, previous.product, skip, 1 / (skipTotal[previous.product] + shrinkage));
      const voices = older.reduce((sum, _, place) => sum + olderDecay ** place, 0);
      for (const [place, { product }] of older.entries()) {
        const voice = olderDecay ** place / voices;
        addShares(olderSkip, product, skip, voice / (skipTotal[product] + shrinkage));
        addShares(olderBack, product, back, voice / (backTotal[product] + shrinkage));
      }
    },
  };
}

/** How many of a product's strongest neighbours a walk goes to, first and second; the row's own product takes a place. */
const firstStepWidth = 15;
const secondStepWidth = 30;
/** What a transition backwards is worth to a walk next to one forwards. */
const backWorth = 0.7;

/**
 * Two signals, `walk` and `previous.walk`: where two steps from the newest product, and from the one before it, lead.
 * They reach products that never stood in a session with either. Shares of the walk's own total.
 * @example
 * const source = walkSignals(transitions, createSessionReader(productCount), 8);
 */
export function walkSignals(
  { offsets, targets, skip, back, skipTotal, backTotal }: Transitions,
  stepsOf: (question: Query) => readonly HistoryStep[],
  shrinkage: number,
): SignalSource<Query> {
  const pull = skip.map((count, i) => count + backWorth * back[i]);
  const total = skipTotal.map((sum, product) => sum + backWorth * backTotal[product] + shrinkage);
  const walk = (into: SignalColumn, from: number): void => {
    const end = Math.min(offsets[from + 1], offsets[from] + firstStepWidth);
    for (let i = offsets[from]; i < end; i++) {
      const through = targets[i];
      if (through === from) continue;
      const first = pull[i] / total[from] / total[through];
      const lastEnd = Math.min(offsets[through + 1], offsets[through] + secondStepWidth);
      for (let j = offsets[through]; j < lastEnd; j++) {
        if (targets[j] !== from) into.add(targets[j], first * pull[j]);
      }
    }
    into.divideByTotal(0);
  };
  return {
    signals: ["walk", "previous.walk"],
    fill(question, [fromNewest, fromPrevious]) {
      const [newest, previous] = stepsOf(question);
      if (newest) walk(fromNewest, newest.product);
      if (previous) walk(fromPrevious, previous.product);
    },
  };
}
