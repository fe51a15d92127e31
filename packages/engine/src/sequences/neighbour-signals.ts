/**
 * What the past sessions most like this one went on to, and what they held before: nearest neighbours in the manner of
 * VSTAN (Ludewig, Mauro, Latifi and Jannach, UMUAI 2021), votes ahead of the match and behind it kept apart.
 */
import { TopK } from "../matrix/top-k.ts";
import { rowOf } from "../matrix/sparse.ts";
import type { HistoryStep } from "../models/history.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import type { SessionLog } from "./session-log.ts";
import { divideByTotal } from "./transition-signals.ts";

export interface NeighbourSignalOptions {
  /** Steps back after which a product of the session counts a third. */
  readonly stepFade: number;
  /** Days after which a past session counts a third. */
  readonly fadeDays: number;
  /** The same for steps back to the newest product that both sessions hold. */
  readonly matchFade: number;
  /** Similarity is divided by the past session's length to this power. */
  readonly lengthPower: number;
  /** Places after which a vote counts a third, ahead of the match and behind it. */
  readonly voteFade: number;
  /** Neighbours that vote. */
  readonly k: number;
  /** Postings that are read a product. */
  readonly m: number;
}

/** Distinct products of the session that look for neighbours. */
const mostSteps = 10;
/** Places around the match that vote. */
const reach = 40;

/** Two signals, `neighbours.after` and `neighbours.before`: shares of all votes of their kind. */
export function neighbourSignals(
  log: SessionLog,
  stepsOf: (question: Query) => readonly HistoryStep[],
  options: NeighbourSignalOptions,
): SignalSource<Query> {
  const { sessions, age, postings, lastPlace, sessionsOf } = log;
  const { stepFade, matchFade, voteFade, k, m } = options;
  const { offsets } = sessions;
  const rarity = Float64Array.from(sessionsOf, (count) => Math.log(sessions.rows / (1 + count)));
  const prior = age.map((days, session) => {
    const length = offsets[session + 1] - offsets[session];
    return Math.exp(-days / options.fadeDays) * length ** -options.lengthPower;
  });
  const fadeOfVote = Float64Array.from({ length: reach + 1 }, (_, gap) => Math.exp(-gap / voteFade));
  const similarity = new Float64Array(sessions.rows);
  const matchPlace = new Uint32Array(sessions.rows);
  const matchFactor = new Float32Array(sessions.rows);
  const met = new Uint32Array(sessions.rows);

  /** @returns how many sessions were met; they stand at the beginning of `met` */
  const meet = (steps: readonly HistoryStep[]): number => {
    let count = 0;
    for (const { product, stepsBack } of steps) {
      const weight = Math.exp(-stepsBack / stepFade) * rarity[product];
      if (!(weight > 0)) continue;
      const factor = Math.exp(-stepsBack / matchFade);
      const end = Math.min(postings.offsets[product + 1], postings.offsets[product] + m);
      for (let i = postings.offsets[product]; i < end; i++) {
        const session = postings.indices[i];
        if (similarity[session] === 0) {
          met[count++] = session;
          matchPlace[session] = lastPlace[i];
          matchFactor[session] = factor;
        }
        similarity[session] += weight;
      }
    }
    return count;
  };

  return {
    signals: ["neighbours.after", "neighbours.before"],
    fill(question, [after, before]) {
      const count = meet(stepsOf(question).slice(0, mostSteps));
      const best = new TopK(Math.min(k, count));
      for (let n = 0; n < count; n++) {
        const session = met[n];
        best.offer(session, similarity[session] * prior[session] * matchFactor[session]);
        similarity[session] = 0;
      }
      const { products: neighbours, scores } = best.ranked();
      for (let n = 0; n < neighbours.length; n++) {
        const held = rowOf(sessions, neighbours[n]);
        const match = matchPlace[neighbours[n]];
        const first = Math.max(0, match - reach);
        const last = Math.min(held.length - 1, match + reach);
        for (let place = first; place <= match; place++) before.add(held[place], scores[n] * fadeOfVote[match - place]);
        for (let place = match + 1; place <= last; place++) {
          after.add(held[place], scores[n] * fadeOfVote[place - match - 1]);
        }
      }
      divideByTotal(after, 0);
      divideByTotal(before, 0);
    },
  };
}

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
 * One signal, `context`: what followed the newest product in sessions where it stood in like company. Speaks only for
 * sessions of two products and more.
 */
export function contextSignal(
  { sessions, age, postings, lastPlace }: SessionLog,
  stepsOf: (question: Query) => readonly HistoryStep[],
  { stepDecay, gapDecay, voteDecay, fadeDays, m }: ContextOptions,
): SignalSource<Query> {
  const { offsets, indices } = sessions;
  const weightOfStep = new Float64Array(sessions.columns);
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
        let likeness = 0;
        let fade = 1;
        for (let at = match - 1; at >= Math.max(offsets[session], match - contextPlaces); at--, fade *= gapDecay) {
          likeness += weightOfStep[indices[at]] * fade;
        }
        if (likeness === 0) continue;
        let vote = likeness * Math.exp(-age[session] / fadeDays);
        const last = Math.min(offsets[session + 1] - 1, match + contextReach);
        for (let at = match + 1; at <= last; at++, vote *= voteDecay) followed.add(indices[at], vote);
      }
      for (const { product } of company) weightOfStep[product] = 0;
      divideByTotal(followed, 1);
    },
  };
}
