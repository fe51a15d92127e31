/**
 * Searches settings on a validation part that it holds out of the training part itself: what the method will be judged on
 * in the end is never near. Every trial is kept, with its interval, so that a choice within chance is seen to be one.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import type { TrainingControls } from "../models/training.ts";
import { shuffle, type Random } from "../random/index.ts";
import { popularityRecommender, type Answering } from "./back-off.ts";
import type { Estimate } from "./bootstrap.ts";
import type { Exam } from "./judge.ts";
import type { Metric } from "./metric.ts";
import { drawQuestions } from "./question.ts";
import { drawSettings, type SearchSpace } from "./search-space.ts";
import type { Split } from "./split.ts";
import { tuningRounds, type SearchMethod } from "./tuning-rounds.ts";
import { searchRounds, type JudgedTrial, type Trial } from "./tuning-search.ts";
import { scoreOf, tryOnce, type Effort, type Scoring, type TuningBudget } from "./tuning-trial.ts";

/** What is searched, on what, and for how long. */
export interface TuneOptions<Training, Asked extends Query, Settings> extends TrainingControls {
  readonly space: SearchSpace<Settings>;
  /** The training part: `split.training`, never the split or the whole data. */
  readonly training: Training;
  /** Makes the validation part from the training part: `leaveOneOut`, `lastBasket`, `newestSessions` ... */
  readonly holdOut: (training: Training) => Split<Training, Asked>;
  /** Trains on what is left of the training part; give `effort` on, so that it ends when time is up. */
  readonly train: (
    training: Training,
    settings: Settings,
    effort: Effort,
  ) => Answering<Asked> | Promise<Answering<Asked>>;
  /** Whose mean over questions is to be as large as it can. */
  readonly judge: Metric;
  readonly random: Random;
  readonly budget: TuningBudget;
  /** Settings tried at most. */
  readonly trials?: number;
  /** Settings tried first, for example the defaults. */
  readonly start?: readonly Settings[];
  readonly search?: SearchMethod;
  /** Successive halving keeps one of so many, and gives it so many times as much. */
  readonly factor?: number;
  /** Validation questions asked at most, the same in every trial. */
  readonly maximumQuestions?: number;
  readonly resamples?: number;
  /** Told of every trial as it ends: keeps them where the search is aborted. */
  readonly onTrial?: (trial: Trial<Settings>) => void;
}

/** What a search found. */
export interface Tuning<Settings> {
  /** The best of the last round that came to its end, or of the first where none did; absent when none has a score. */
  readonly chosen?: JudgedTrial<Settings>;
  /** In the order in which they ended. */
  readonly trials: readonly Trial<Settings>[];
  /** `space exhausted`: it holds fewer different settings than `trials`. */
  readonly ended: "all tried" | "space exhausted" | "out of time";
  /** Popularity on the same questions, all of them. */
  readonly popularity: Estimate;
  readonly protocol: string;
  /** Name of the metric that judged. */
  readonly metric: string;
  readonly questions: number;
}

/** A round on fewer questions would choose by luck. */
const fewestQuestions = 100;

/**
 * @throws InvalidInput when handed a split, or a validation part whose answers do not lie in `training`, as those of a
 * test part do not; the reason of `signal` once aborted
 * @example
 * const test = leaveOneOut(sequences);
 * const { chosen } = await tune({
 *   space: (draw) => ({ alpha: draw.number(0.4, 1.6), neighbours: draw.integer(50, 400, "log") }),
 *   training: test.training,
 *   holdOut: leaveOneOut,
 *   train: (training, settings, effort) => trainRp3Beta(training, { ...settings, ...effort }),
 *   judge: metrics.ndcg(10),
 *   random: createRandom("tuning"),
 *   budget: { clock: () => performance.now(), limit: 60_000 },
 * });
 */
export async function tune<Training extends object, Asked extends Query, Settings>({
  space,
  training,
  holdOut,
  train,
  judge,
  random,
  budget,
  trials = 30,
  start = [],
  search = "random",
  factor = 3,
  maximumQuestions = Infinity,
  resamples = 200,
  onTrial,
  ...controls
}: TuneOptions<Training, Asked, Settings>): Promise<Tuning<Settings>> {
  requireInteger("trials", trials, 1);
  requireNumber("factor", factor, 1.5);
  requireNumber("budget.limit", budget.limit, 0);
  const began = budget.clock();
  const isOver = (): boolean => budget.clock() - began >= budget.limit;
  const validation = validationPart(training, holdOut);
  const asked = shuffle(
    random.fork("order"),
    drawQuestions(validation.questions, maximumQuestions, random.fork("questions")),
  );
  const candidates = drawSettings(space, trials, random.fork("settings"), start);
  const scoringOn = (share: number): Scoring<Asked> => ({
    exam: examOf(validation, judge, asked.subarray(0, Math.ceil(share * asked.length))),
    random: random.fork("bootstrap"),
    resamples,
  });
  const rounds = tuningRounds(search, { trials: candidates.length, questions: asked.length, factor, fewestQuestions });
  const found = await searchRounds(candidates, rounds, {
    tryIn: (settings, share) =>
      tryOnce((effort) => train(validation.training, settings, effort), share, scoringOn(share), isOver, controls),
    isOver,
    onTrial,
  });
  const bestsellers = popularityRecommender(validation.popularity.counts);
  return {
    ...(found.chosen && { chosen: found.chosen }),
    trials: found.trials,
    ended: !found.isComplete ? "out of time" : candidates.length < trials ? "space exhausted" : "all tried",
    popularity: await scoreOf(bestsellers, scoringOn(1), controls),
    protocol: validation.protocol,
    metric: judge.name,
    questions: asked.length,
  };
}

/** The answers of an honest validation part lie in the training part: to have learned all of it is to have seen them. */
function validationPart<Training extends object, Asked extends Query>(
  training: Training,
  holdOut: (training: Training) => Split<Training, Asked>,
): Split<Training, Asked> {
  if ("questions" in training && "findLeak" in training) {
    throw new InvalidInput(
      "training",
      "a split",
      "its training part alone: settings are never chosen by the test part",
    );
  }
  const validation = holdOut(training);
  if (validation.findLeak(training) === undefined) {
    throw new InvalidInput(
      "holdOut(training)",
      validation.protocol,
      "a split of `training`, with its answers held out of it",
    );
  }
  return validation;
}

function examOf<Training, Asked extends Query>(
  { questions, productCount }: Split<Training, Asked>,
  judge: Metric,
  asked: Uint32Array,
): Exam<Asked> {
  return { questions, asked, metrics: [judge], productCount, listLength: 1 };
}
