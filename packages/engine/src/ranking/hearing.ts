/** Asks all sources of a plan, each signal into a column of its own. The newest question is heard once. */
import { Accumulator } from "../matrix/accumulator.ts";
import type { Query } from "../models/recommender.ts";
import { checkPlan, signalNames, type RankingPlan } from "./plan.ts";

export interface Hearing<Question> {
  /** Names of the signals, in the order of the sources. */
  readonly names: readonly string[];
  /** What each signal says of each product. Overwritten by the next question. */
  readonly columns: readonly Accumulator[];
  /** @returns whether the question is another one than the last: false where the columns stand as they were */
  hear(question: Question): boolean;
}

/**
 * Takes 13 bytes a product and signal.
 * @throws InvalidInput or InvalidOption when the parts of the plan do not fit
 * @example
 * const { columns, hear } = createHearing(plan);
 * hear({ history: [3, 17] });
 */
export function createHearing<Question extends Query>(plan: RankingPlan<Question>): Hearing<Question> {
  checkPlan(plan);
  const { productCount, sources } = plan;
  const names = signalNames(plan);
  const columns = names.map(() => new Accumulator(productCount));
  const columnsOf = sources.map(({ signals }) => signals.map((name) => columns[names.indexOf(name)]));
  // A ranking is explained without hearing it all again.
  let heard: Question | undefined;
  return {
    names,
    columns,
    hear(question) {
      if (question === heard) return false;
      heard = undefined;
      for (const column of columns) column.clear();
      for (const [place, source] of sources.entries()) source.fill(question, columnsOf[place]);
      heard = question;
      return true;
    },
  };
}
