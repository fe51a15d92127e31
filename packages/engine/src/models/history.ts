/** How models read the history of a question: newest first, each product once, strangers left aside. */
import { InvalidInput } from "../errors.ts";
import type { Query } from "./recommender.ts";

/** One product of a history, at its newest place. */
export interface HistoryStep {
  readonly product: number;
  /** 0 for the newest entry of the history, 1 for the one before it; repetitions count as entries. */
  readonly stepsBack: number;
}

/**
 * The distinct products of a history, newest first. Products at or beyond `productCount` are younger than the model:
 * they keep their place in the count of steps and are left out.
 * @param window how many of the newest entries to read; all when left out
 * @throws InvalidInput naming the first entry that is no catalogue index
 * @example
 * recentSteps({ history: [3, 5, 3, 9] }, 6); // [{ product: 3, stepsBack: 1 }, { product: 5, stepsBack: 2 }]
 */
export function recentSteps({ history }: Query, productCount: number, window = history.length): HistoryStep[] {
  requireHistory(history);
  const steps: HistoryStep[] = [];
  const seen = new Set<number>();
  for (let stepsBack = 0; stepsBack < Math.min(window, history.length); stepsBack++) {
    const product = history[history.length - 1 - stepsBack];
    if (product >= productCount || seen.has(product)) continue;
    seen.add(product);
    steps.push({ product, stepsBack });
  }
  return steps;
}

/**
 * @throws InvalidInput unless every entry is a non-negative integer
 * @example
 * requireHistory(query.history);
 */
export function requireHistory(history: ArrayLike<number>): void {
  for (let i = 0; i < history.length; i++) {
    if (!Number.isInteger(history[i]) || history[i] < 0) {
      throw new InvalidInput(`query.history[${i}]`, history[i], "a catalogue index: an integer of at least 0");
    }
  }
}
