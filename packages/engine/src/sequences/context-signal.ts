/** What followed the newest product in past sessions where it stood in the company that it has in this one. */
import type { HistoryStep } from "../models/history.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import type { SignalColumn } from "../models/signal-columns.ts";
import type { SessionLog } from "./session-log.ts";

export interface ContextOptions {
  /** What is left of a matching product's weight, a place in the session and a place in the past one. */
  readonly stepDecay: number;
  readonly gapDecay: number;
  /** What is left of a vote, a place after the match. */
  readonly voteDecay: number;
  readonly fadeDays: number;
  readonly m: number;
}

/** How far back a past session is compared, and with how many products of this one. */
const contextPlaces = 8;
const contextSteps = 5;
/** Places after the match that vote. */
const contextReach = 11;

/**
 * One signal, `context`: what followed the newest product in sessions where it stood in like company, a share of all such
 * votes and one more. Speaks only for sessions of two products and more.
 * @example
 * const source = contextSignal(log, createSessionReader(productCount), { ...busyShop.context, fadeDays: 5 });
 */
export function contextSignal(
  { sessions, age, postings, lastPlace }: SessionLog,
  stepsOf: (question: Query) => readonly HistoryStep[],
  { stepDecay, gapDecay, voteDecay, fadeDays, m }: ContextOptions,
): SignalSource<Query> {
  const { offsets, indices } = sessions;
  const fadeOf = age.map((days) => Math.exp(-days / fadeDays));
  const weightOfStep = new Float64Array(sessions.columns);

  /** How much of the company stands in the places before `match`, the nearer the more. */
  const likenessBefore = (match: number, begin: number): number => {
    let likeness = 0;
    let fade = 1;
    const first = Math.max(begin, match - contextPlaces);
    for (let at = match - 1; at >= first; at--, fade *= gapDecay) likeness += weightOfStep[indices[at]] * fade;
    return likeness;
  };
  /** Votes for what stands after `match`. */
  const voteAfter = (match: number, end: number, weight: number, followed: SignalColumn): void => {
    const last = Math.min(end - 1, match + contextReach);
    for (let at = match + 1, vote = weight; at <= last; at++, vote *= voteDecay) followed.add(indices[at], vote);
  };
  return {
    signals: ["context"],
    fill(question, [followed]) {
      const [newest, ...company] = stepsOf(question).slice(0, contextSteps + 1);
      if (!newest || company.length === 0) return;
      for (const [place, { product }] of company.entries()) weightOfStep[product] = stepDecay ** place;
      const end = Math.min(postings.offsets[newest.product + 1], postings.offsets[newest.product] + m);
      for (let i = postings.offsets[newest.product]; i < end; i++) {
        const session = postings.indices[i];
        const match = offsets[session] + lastPlace[i];
        const likeness = likenessBefore(match, offsets[session]);
        if (likeness === 0) continue;
        voteAfter(match, offsets[session + 1], likeness * fadeOf[session], followed);
      }
      for (const { product } of company) weightOfStep[product] = 0;
      followed.divideByTotal(1);
    },
  };
}
