/** Goes through the rounds of a search: tries, keeps the best, and stops when there is no time left. */
import type { TuningRound } from "./tuning-rounds.ts";
import type { Verdict } from "./tuning-trial.ts";

/** One set of settings tried in one round. */
export type Trial<Settings> = Verdict & {
  readonly settings: Settings;
  /** Counts from 0; random search has one round. */
  readonly round: number;
  /** Share of the validation questions it was asked. Scores of different rounds do not compare. */
  readonly share: number;
};

/** A trial with a score. */
export type JudgedTrial<Settings> = Extract<Trial<Settings>, { readonly outcome: "judged" }>;

/** What a search needs to know of the outside. */
export interface SearchSteps<Settings> {
  readonly tryIn: (settings: Settings, share: number) => Promise<Verdict>;
  readonly isOver: () => boolean;
  readonly onTrial?: ((trial: Trial<Settings>) => void) | undefined;
}

/** What came of it. */
export interface SearchResult<Settings> {
  readonly chosen?: JudgedTrial<Settings>;
  readonly trials: readonly Trial<Settings>[];
  /** Whether every round came to its end. */
  readonly isComplete: boolean;
}

/**
 * @param candidates settings of the first round
 * @returns chosen is the best of the last round that came to its end, or of the first as far as it came
 */
export async function searchRounds<Settings>(
  candidates: readonly Settings[],
  rounds: readonly TuningRound[],
  { tryIn, isOver, onTrial }: SearchSteps<Settings>,
): Promise<SearchResult<Settings>> {
  const trials: Trial<Settings>[] = [];
  let contenders = candidates;
  let best: JudgedTrial<Settings>[] = [];
  for (const [round, { trials: places, share }] of rounds.entries()) {
    const judged: JudgedTrial<Settings>[] = [];
    let isWhole = true;
    for (const settings of contenders.slice(0, places)) {
      if (isOver()) isWhole = false;
      if (!isWhole) break;
      const trial: Trial<Settings> = { ...(await tryIn(settings, share)), settings, round, share };
      trials.push(trial);
      onTrial?.(trial);
      if (trial.outcome === "judged") judged.push(trial);
      if (trial.outcome === "cut short") isWhole = false;
    }
    if ((isWhole && judged.length > 0) || round === 0) best = judged.toSorted(byScore);
    if (!isWhole) return resultOf(best, trials, false);
    contenders = best.map(({ settings }) => settings);
  }
  return resultOf(best, trials, true);
}

/** Best first; equal scores stay in the order in which they were tried, and a score that is none comes last. */
function byScore<Settings>(a: JudgedTrial<Settings>, b: JudgedTrial<Settings>): number {
  return (
    (Number.isNaN(b.score.value) ? -Infinity : b.score.value) -
      (Number.isNaN(a.score.value) ? -Infinity : a.score.value) || 0
  );
}

function resultOf<Settings>(
  [chosen]: readonly JudgedTrial<Settings>[],
  trials: readonly Trial<Settings>[],
  isComplete: boolean,
): SearchResult<Settings> {
  return { ...(chosen && { chosen }), trials, isComplete };
}
