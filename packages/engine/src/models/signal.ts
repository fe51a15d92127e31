/**
 * The common shape of everything that can speak for a product: co-purchases, neighbours, transitions, attributes,
 * the shopper's own habits. A ranker weighs many of them; a single one can be asked by itself.
 */
import type { SignalColumn } from "./signal-columns.ts";

/**
 * One or more signals that are worked out together. The values of a signal must mean the same in every question, so
 * that one weight fits all: shares of a total, shares of the largest, counts.
 */
export interface SignalSource<Question> {
  /** Names, one a column that `fill` is given. Unique among the sources of one ranker. */
  readonly signals: readonly string[];
  /**
   * Adds what this source says. Products it does not touch have the value 0, which must mean "nothing to say".
   * @param into one clean column a signal, in the order of `signals`
   */
  fill(question: Question, into: readonly SignalColumn[]): void;
}
