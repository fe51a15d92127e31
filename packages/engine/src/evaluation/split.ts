/**
 * A protocol applied to data: what methods may learn from, what they are then asked, and the guard between the two.
 * The functions that make one are `timeSplit`, `leaveOneOut`, `holdOutNewest`, `fixedSplit`, `lastBasket`,
 * `givenPrefixes` and `newestSessions`.
 */
import type { Query } from "../models/recommender.ts";
import type { LeakGuard } from "./leaks.ts";
import type { Popularity } from "./novelty.ts";
import type { Questions } from "./question.ts";

/** One evaluation's data. */
export interface Split<Training, Asked extends Query = Query> extends LeakGuard<Training> {
  /** What is learned from and what is asked, in words, with the convention where the literature has several. */
  readonly protocol: string;
  /** All that methods may learn from: of the same kind as what was split, so that it can be split again to validate. */
  readonly training: Training;
  /** Size of the catalogue, all of which is ranked. */
  readonly productCount: number;
  /** What was popular in the training part: the row that stands beside every method. */
  readonly popularity: Popularity;
  readonly questions: Questions<Asked>;
  /** What could not be asked, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}
