/** How the session signals read a question: the distinct products of the session from its end, and where they stand. */
import type { Query } from "../models/recommender.ts";
import { recentSteps, type HistoryStep } from "../models/history.ts";

/**
 * The distinct products of the session, newest first; each question is read once for all sources.
 * @example
 * const stepsOf = createSessionReader(productCount);
 * stepsOf({ history: [3, 5, 3] }); // [{ product: 3, stepsBack: 0 }, { product: 5, stepsBack: 1 }]
 */
export function createSessionReader(productCount: number): (question: Query) => readonly HistoryStep[] {
  let asked: Query | undefined;
  let steps: readonly HistoryStep[] = [];
  return (question) => {
    if (question !== asked) steps = recentSteps(question, productCount);
    asked = question;
    return steps;
  };
}
