/** One set of settings tried once: trained, asked, scored, within the time that is left. */
import { InvalidOption } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import type { Progress, TrainingControls } from "../models/training.ts";
import type { Random } from "../random/generator.ts";
import type { Answering } from "./back-off.ts";
import { bootstrapMeans, type Estimate } from "./bootstrap.ts";
import { judgeContender, type Exam } from "./judge.ts";

/** What a trial may use up. */
export interface Effort extends TrainingControls {
  /** Share of a full training that this round merits, for example of the epochs; methods without a dial ignore it. */
  readonly share: number;
}

/** Time that a search may take. */
export interface TuningBudget {
  /** Time now, in any unit: `performance.now` for milliseconds. */
  readonly clock: () => number;
  /** How much of it the search may use, in the clock's unit. */
  readonly limit: number;
}

/** What came of one try. */
export type Verdict =
  | { readonly outcome: "judged"; readonly score: Estimate }
  | { readonly outcome: "refused"; readonly reason: string }
  | { readonly outcome: "cut short" };

/** How a method is scored; the same for all trials of a round. */
export interface Scoring<Asked extends Query> {
  /** Its first metric is the score. */
  readonly exam: Exam<Asked>;
  readonly random: Random;
  readonly resamples: number;
}

/** The mean of the first metric with its interval. */
export async function scoreOf<Asked extends Query>(
  recommender: Answering<Asked>,
  { exam, random, resamples }: Scoring<Asked>,
  controls: TrainingControls,
): Promise<Estimate> {
  const { columns } = await judgeContender({ name: "a trial", recommender }, exam, controls);
  const unitOf = Uint32Array.from(exam.asked, (index) => exam.questions.at(index).unit);
  const [score] = await bootstrapMeans(columns, { random, resamples, unitOf, ...controls });
  return score;
}

/**
 * Trains and judges once. Settings that the method refuses by `InvalidOption` are a verdict, other errors are thrown.
 * Work that heeds its controls ends within about 50 ms of the end of the budget.
 * @throws the reason of `controls.signal` once aborted
 */
export async function tryOnce<Asked extends Query>(
  train: (effort: Effort) => Answering<Asked> | Promise<Answering<Asked>>,
  share: number,
  scoring: Scoring<Asked>,
  isOver: () => boolean,
  controls: TrainingControls,
): Promise<Verdict> {
  const timeIsUp = new AbortController();
  const within: TrainingControls = {
    onProgress(progress: Progress) {
      controls.onProgress?.(progress);
      if (isOver()) timeIsUp.abort();
    },
    signal: controls.signal ? AbortSignal.any([controls.signal, timeIsUp.signal]) : timeIsUp.signal,
  };
  try {
    const recommender = await train({ share, ...within });
    return { outcome: "judged", score: await scoreOf(recommender, scoring, within) };
  } catch (error) {
    controls.signal?.throwIfAborted();
    if (timeIsUp.signal.aborted && error === timeIsUp.signal.reason) return { outcome: "cut short" };
    if (error instanceof InvalidOption) return { outcome: "refused", reason: error.message };
    throw error;
  }
}
