/** How the neighbours of a session are found and what they vote for; see `session-knn.ts` for the formula. */
import type { Accumulator } from "../matrix/accumulator.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { recentSteps } from "../models/history.ts";
import type { Query } from "../models/recommender.ts";
import { stepWeightOf, type SessionKnnSettings } from "./session-knn-settings.ts";
import type { SessionLog } from "./session-log.ts";
import { createSessionMeeting, placesOfLargest, type MeetingStep } from "./session-meeting.ts";

/** What a model consists of. */
export interface SessionKnn {
  readonly log: SessionLog;
  readonly settings: SessionKnnSettings;
  /** Clicks on each product, repetitions included. */
  readonly clicks: Uint32Array;
}

/** The votes for a question. */
export interface SessionVotes {
  /** Adds every neighbour's votes. */
  addAll(query: Query, scores: Accumulator): void;
  /** What each product of the history added to the score of one product. */
  split(query: Query, product: number): { readonly products: readonly number[]; readonly amounts: readonly number[] };
}

/** Products of a history that look for neighbours, the newest: a column of bytes numbers them. */
const mostSteps = 256;

/** 2^32 over the golden ratio: multiplied by it, numbers lie far apart whose order had a meaning (Knuth, TAOCP 6.4). */
const goldenRatio = 0x9e3779b1;

/** Called with each vote of each neighbour. */
type OnVote = (product: number, vote: number, session: number) => void;

/** @returns the votes of one question after another; 42 bytes a session and 13 a product */
export function createSessionVotes({ log, settings, clicks }: SessionKnn): SessionVotes {
  const { sessions, age } = log;
  const { k, sampleSize, fadeDays = Infinity, placeFade = Infinity, idfWeight = 0 } = settings;
  const { meet, session, similarity, firstStep } = createSessionMeeting(log);
  const distinct = distinctProducts(sessions);
  const rarity = Float64Array.from(clicks, (count) => 1 + idfWeight * Math.log(sessions.rows / Math.max(1, count)));
  const weightOfStep = new Float64Array(sessions.columns);
  const lastVoter = new Int32Array(sessions.columns).fill(-1);

  const rankOf =
    settings.ties === "scattered" ? (n: number): number => Math.imul(session[n], goldenRatio) >>> 0 : undefined;

  /** Makes the similarities of the neighbours whole; @returns their places in the columns. */
  const findNeighbours = (steps: readonly MeetingStep[], matchWeights: readonly number[]): Uint32Array => {
    const count = meet(steps, sampleSize);
    let kept = 0;
    const squares = steps.reduce((sum, { weight }) => sum + weight * weight, 0);
    for (const n of placesOfLargest(session, count, sampleSize)) {
      const own = session[n];
      const scale = settings.similarity === "cosine" ? 1 / Math.sqrt(squares * distinct[own]) : 1 / steps.length;
      session[kept] = own;
      firstStep[kept] = firstStep[n];
      similarity[kept++] = similarity[n] * scale * Math.exp(-age[own] / fadeDays);
    }
    const neighbours = placesOfLargest(similarity, kept, k, rankOf);
    for (const n of neighbours) similarity[n] *= matchWeights[firstStep[n]];
    return neighbours;
  };

  /** Every product that a session holds, once, from its end. */
  const vote = (own: number, amount: number, onVote: OnVote): void => {
    const { offsets, indices } = sessions;
    let match = offsets[own + 1] - 1;
    while (weightOfStep[indices[match]] === 0) match--;
    for (let at = offsets[own + 1] - 1; at >= offsets[own]; at--) {
      const product = indices[at];
      if (lastVoter[product] === own) continue;
      lastVoter[product] = own;
      onVote(product, amount * Math.exp(-Math.abs(at - match) / placeFade) * rarity[product], own);
    }
    for (let at = offsets[own]; at < offsets[own + 1]; at++) lastVoter[indices[at]] = -1;
  };

  const visit = (query: Query, onVote: OnVote): readonly MeetingStep[] => {
    const { length } = query.history;
    const steps = recentSteps(query, sessions.columns)
      .slice(0, mostSteps)
      .map((step) => ({ ...step, weight: stepWeightOf(settings.stepWeight, step.stepsBack, length) }))
      // Far back, a weight that fades comes down to nothing.
      .filter(({ weight }) => weight > 0);
    const matchWeights = steps.map(({ stepsBack }) => stepWeightOf(settings.matchWeight, stepsBack, length));
    const neighbours = findNeighbours(steps, matchWeights);
    for (const { product, weight } of steps) weightOfStep[product] = weight;
    for (const n of neighbours) if (similarity[n] > 0) vote(session[n], similarity[n], onVote);
    for (const { product } of steps) weightOfStep[product] = 0;
    return steps;
  };
  return {
    addAll(query, scores) {
      visit(query, (product, amount) => {
        if (amount > 0) scores.add(product, amount);
      });
    },
    split(query, asked) {
      const shares = new Map<number, number>();
      const steps = visit(query, (product, amount, own) => {
        if (product !== asked || !(amount > 0)) return;
        const held = new Set(sessions.indices.subarray(sessions.offsets[own], sessions.offsets[own + 1]));
        const total = [...held].reduce((sum, other) => sum + weightOfStep[other], 0);
        for (const other of held) {
          if (weightOfStep[other] === 0) continue;
          shares.set(other, (shares.get(other) ?? 0) + (amount * weightOfStep[other]) / total);
        }
      });
      const products = steps.map(({ product }) => product);
      return { products, amounts: products.map((product) => shares.get(product) ?? 0) };
    },
  };
}

/** How many different products each session holds. */
function distinctProducts({ rows, columns, offsets, indices }: Incidence): Uint32Array {
  const lastRow = new Int32Array(columns).fill(-1);
  const distinct = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      if (lastRow[indices[i]] === row) continue;
      lastRow[indices[i]] = row;
      distinct[row]++;
    }
  }
  return distinct;
}
