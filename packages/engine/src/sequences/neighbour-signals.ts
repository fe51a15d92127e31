/**
 * What the past sessions most like this one went on to, and what they held before: nearest neighbours in the manner of
 * VSTAN (Ludewig, Mauro, Latifi and Jannach, UMUAI 2021), votes ahead of the match and behind it kept apart.
 */
import type { Incidence } from "../matrix/sparse.ts";
import type { HistoryStep } from "../models/history.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import type { SignalColumn } from "../models/signal-columns.ts";
import type { SessionLog } from "./session-log.ts";
import { createSessionMeeting, placesOfLargest, type MeetingStep } from "./session-meeting.ts";

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

/**
 * Two signals, `neighbours.after` and `neighbours.before`: shares of all votes of their kind. Takes 37 bytes a session.
 * @example
 * const source = neighbourSignals(log, createSessionReader(productCount), busyShop.neighbours);
 */
export function neighbourSignals(
  log: SessionLog,
  stepsOf: (question: Query) => readonly HistoryStep[],
  options: NeighbourSignalOptions,
): SignalSource<Query> {
  const { sessions, sessionsOf } = log;
  const { stepFade, matchFade, voteFade, k, m } = options;
  const rarity = Float64Array.from(sessionsOf, (count) => Math.log(sessions.rows / (1 + count)));
  const standing = standingOf(log, options);
  const fadeOfVote = Float64Array.from({ length: reach + 1 }, (_, gap) => Math.exp(-gap / voteFade));
  const { meet, session, similarity, firstStep, matchPlace } = createSessionMeeting(log);
  const steps: (MeetingStep & { readonly matchFactor: number })[] = [];

  return {
    signals: ["neighbours.after", "neighbours.before"],
    fill(question, [after, before]) {
      steps.length = 0;
      for (const { product, stepsBack } of stepsOf(question).slice(0, mostSteps)) {
        const weight = Math.exp(-stepsBack / stepFade) * rarity[product];
        if (weight > 0) steps.push({ product, weight, matchFactor: Math.exp(-stepsBack / matchFade) });
      }
      const count = meet(steps, m);
      for (let n = 0; n < count; n++) similarity[n] *= standing[session[n]] * steps[firstStep[n]].matchFactor;
      for (const n of placesOfLargest(similarity, count, k)) {
        vote(sessions, session[n], matchPlace[n], similarity[n], fadeOfVote, after, before);
      }
      after.divideByTotal(0);
      before.divideByTotal(0);
    },
  };
}

/** What a past session's age and length leave of its similarity. */
function standingOf(
  { sessions: { offsets }, age }: SessionLog,
  { fadeDays, lengthPower }: NeighbourSignalOptions,
): Float32Array {
  return age.map((days, session) => {
    const length = offsets[session + 1] - offsets[session];
    return Math.exp(-days / fadeDays) * length ** -lengthPower;
  });
}

/** Lets one past session vote for what stands after the match and, match included, before it. */
function vote(
  { offsets, indices }: Incidence,
  session: number,
  matchPlace: number,
  similarity: number,
  fadeOfVote: Float64Array,
  after: SignalColumn,
  before: SignalColumn,
): void {
  const match = offsets[session] + matchPlace;
  const first = Math.max(offsets[session], match - reach);
  const last = Math.min(offsets[session + 1] - 1, match + reach);
  for (let at = first; at <= match; at++) before.add(indices[at], similarity * fadeOfVote[match - at]);
  for (let at = match + 1; at <= last; at++) after.add(indices[at], similarity * fadeOfVote[at - match - 1]);
}
