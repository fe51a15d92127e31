/** Asks all sources of a plan, each signal into a column of its own. The newest question is heard once. */
import type { Query } from "../models/recommender.ts";
import { SignalColumns } from "../models/signal-columns.ts";
import { checkPlan, signalNames, type RankingPlan } from "./plan.ts";

export interface Hearing<Question> {
  /** Names of the signals, in the order of the sources. */
  readonly names: readonly string[];
  /** What each signal says, in the order of the names. Overwritten by the next question. */
  readonly heard: SignalColumns;
  /** @returns whether the question is another one than the last: false where the columns stand as they were */
  hear(question: Question): boolean;
}

/**
 * Takes 4 bytes a product.
 * @throws InvalidInput or InvalidOption when the parts of the plan do not fit
 * @example
 * const { heard, hear } = createHearing(plan);
 * hear({ history: [3, 17] });
 */
export function createHearing<Question extends Query>(plan: RankingPlan<Question>): Hearing<Question> {
  checkPlan(plan);
  const { productCount, sources } = plan;
  const names = signalNames(plan);
  const heard = new SignalColumns(productCount, names.length);
  const { columns } = heard;
  const columnsOf = sources.map(({ signals }) => signals.map((name) => columns[names.indexOf(name)]));
  // A ranking is explained without hearing it all again.
  let newest: Question | undefined;
  return {
    names,
    heard,
    hear(question) {
      if (question === newest) return false;
      newest = undefined;
      heard.clear();
      for (const [place, source] of sources.entries()) source.fill(question, columnsOf[place]);
      newest = question;
      return true;
    },
  };
}
