/**
 * How many settings are tried on how much. Random search is one round on everything; successive halving starts many on
 * little and goes on with the best: Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter
 * optimization", AISTATS 2016.
 */

/** One round of a search. */
export interface TuningRound {
  /** Settings that are tried. */
  readonly trials: number;
  /** Share of the validation questions, and of a full training, that each gets. */
  readonly share: number;
}

export type SearchMethod = "random" | "successive-halving";

/**
 * @param factor each round of halving keeps one of so many, and gives it so many times as much
 * @param fewestQuestions a round on fewer would choose by luck
 * @example
 * tuningRounds("successive-halving", { trials: 9, questions: 9000, factor: 3, fewestQuestions: 200 });
 * // 9 on a ninth, 3 on a third, 1 on all
 */
export function tuningRounds(
  method: SearchMethod,
  {
    trials,
    questions,
    factor,
    fewestQuestions,
  }: { readonly trials: number; readonly questions: number; readonly factor: number; readonly fewestQuestions: number },
): TuningRound[] {
  if (method === "random") return [{ trials, share: 1 }];
  const rounds: TuningRound[] = [{ trials, share: 1 }];
  for (let left = trials; left > 1 && (rounds[0].share / factor) * questions >= fewestQuestions;) {
    left = Math.ceil(left / factor);
    for (const [index, round] of rounds.entries())
      rounds[index] = { ...round, trials: Math.ceil(round.trials / factor) };
    rounds.unshift({ trials, share: rounds[0].share / factor });
  }
  return rounds;
}
