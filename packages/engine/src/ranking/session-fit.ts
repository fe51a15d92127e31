/**
 * Fits a session ranker to its shop: the newest sessions are held back, everything is read from the older ones, and the
 * weights are those that would have ranked the held-back sessions' next products best. Only then is all of it read.
 */
import { rowOf, type Incidence } from "../matrix/sparse.ts";
import type { Query } from "../models/recommender.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import type { SessionData } from "../sequences/index.ts";
import { createCandidateFinder } from "./candidates.ts";
import { fitWeights, type FitOptions } from "./fit.ts";
import { meanReciprocalRank } from "./judge.ts";
import { rankingList, type RankingList } from "./lists.ts";
import type { RankingPlan } from "./plan.ts";
import { buildSessionParts, type SessionParts } from "./session-parts.ts";
import { sessionPlan, type SessionBuckets } from "./session-plan.ts";
import {
  busyShop,
  calmShop,
  hugeShop,
  settingsFor,
  type SessionBuild,
  type SessionSettings,
} from "./session-settings.ts";
import type { Weights } from "./weights.ts";

/** What was chosen for a shop, and why. */
export interface SessionFit {
  readonly settings: SessionSettings;
  readonly buckets: SessionBuckets;
  /** Undefined where there is too little to learn from: the defaults serve. */
  readonly weights?: Weights;
  /** Questions of the held-back sessions that the weights were fitted on. */
  readonly questions: number;
}

export interface SessionFitOptions extends TrainingControls {
  readonly build: SessionBuild;
  /** Share of the sessions that are held back, the newest. */
  readonly heldBack: number;
  /** Questions to fit on at most, the newest: each takes about 20 kB while fitting. */
  readonly mostQuestions: number;
}

/** Below this many questions a fit would learn noise. */
const fewestQuestions = 500;
/** Below the first, questions share their weights; from the second on, they have some of their own. */
const questionsForLengths = 6000;
const questionsForSupport = 40_000;

/** Questions that settings and buckets are chosen by, the newest: the choice is clearer than the weights. */
const questionsToChooseBy = 15_000;

/** Everything one choice of settings makes of the held-back sessions. */
interface Candidate {
  readonly settings: SessionSettings;
  readonly parts: SessionParts;
  readonly merit: number;
}

/**
 * Fits on the newest sessions, with the settings and the buckets that rank them best.
 * @example
 * const fit = await fitSessions(view, { build: "full", heldBack: 0.15, mostQuestions: 15_000 });
 */
export async function fitSessions(
  data: SessionData,
  { build, heldBack, mostQuestions, ...controls }: SessionFitOptions,
): Promise<SessionFit> {
  const { older, newest } = splitSessions(data, heldBack);
  const questions = Math.min(mostQuestions, countQuestions(newest));
  const tooFew: SessionFit = { settings: settingsFor(build, busyShop), buckets: "none", questions: 0 };
  if (questions < fewestQuestions) return tooFew;
  let best: Candidate | undefined;
  for (const shop of [questions < questionsForSupport ? busyShop : hugeShop, calmShop]) {
    const settings = settingsFor(build, shop);
    const parts = await buildSessionParts(older, settings, controls);
    const plan = sessionPlan(parts, settings, { build, buckets: "none" });
    const lists = await sessionLists(plan, newest, Math.min(questions, questionsToChooseBy), controls);
    if (lists.length < fewestQuestions) continue;
    const merit = await crossFittedMerit(lists, plan, controls);
    if (!best || merit > best.merit) best = { settings, parts, merit };
  }
  if (!best) return tooFew;
  const { settings, parts } = best;
  const buckets = await chooseBuckets(best, newest, questions, build, controls);
  const plan = sessionPlan(parts, settings, { build, buckets });
  const lists = await sessionLists(plan, newest, questions, controls);
  const weights = await fitWeights(lists, fitOptionsFor(plan, buckets, controls));
  return { settings, buckets, weights, questions: lists.length };
}

/** Few questions share their weights, many have some of their own; in between, what ranks better decides. */
async function chooseBuckets(
  { settings, parts, merit }: Candidate,
  newest: Incidence,
  questions: number,
  build: SessionBuild,
  controls: TrainingControls,
): Promise<SessionBuckets> {
  if (questions < questionsForLengths) return "none";
  if (questions >= questionsForSupport) return "length-and-support";
  const plan = sessionPlan(parts, settings, { build, buckets: "length" });
  const lists = await sessionLists(plan, newest, Math.min(questions, questionsToChooseBy), controls);
  return (await crossFittedMerit(lists, plan, controls, "length")) > merit ? "length" : "none";
}

/** Penalties chosen by cross-fitting on the last sessions of RSC15, Serenade and Yoochoose. */
function fitOptionsFor(
  { features, bucketCount }: RankingPlan<Query>,
  buckets: SessionBuckets,
  controls: TrainingControls,
): FitOptions {
  const isLarge = buckets === "length-and-support";
  return {
    width: features.length,
    bucketCount,
    sharedPenalty: isLarge ? 1e-4 : 1e-3,
    bucketPenalty: 1e-2,
    iterations: isLarge ? 100 : 60,
    ...controls,
  };
}

/** How well weights fitted on either half of the sessions rank the other half. */
async function crossFittedMerit(
  lists: readonly RankingList[],
  plan: RankingPlan<Query>,
  controls: TrainingControls,
  buckets: SessionBuckets = "none",
): Promise<number> {
  const options = fitOptionsFor(plan, buckets, controls);
  const middle = lists.length >> 1;
  const halves = [lists.slice(0, middle), lists.slice(middle)];
  const first = meanReciprocalRank(halves[1], await fitWeights(halves[0], options));
  const second = meanReciprocalRank(halves[0], await fitWeights(halves[1], options));
  return (first + second) / 2;
}

/**
 * A list for every prefix of every session, with the product that came next; the newest sessions first.
 * @param most lists to make
 */
export async function sessionLists(
  plan: RankingPlan<Query>,
  sessions: Incidence,
  most: number,
  controls: TrainingControls,
): Promise<RankingList[]> {
  const finder = createCandidateFinder(plan);
  const lists: RankingList[] = [];
  const pace = createPacer("asking past sessions", sessions.rows, controls);
  for (let row = sessions.rows - 1; row >= 0 && lists.length < most; row--) {
    const products = rowOf(sessions, row);
    for (let next = 1; next < products.length && lists.length < most; next++) {
      if (pace.isDue()) await pace.rest(sessions.rows - 1 - row);
      const question = { history: products.subarray(0, next), repeats: true };
      const list = rankingList(finder, { question, next: [products[next]] }, plan.bucketOf(question));
      if (list) lists.push(list);
    }
  }
  pace.finish();
  return lists;
}

function countQuestions({ rows, offsets }: Incidence): number {
  let questions = 0;
  for (let row = 0; row < rows; row++) questions += Math.max(0, offsets[row + 1] - offsets[row] - 1);
  return questions;
}

/** The newest sessions, and the data as it was before them. */
function splitSessions(
  { sessions, sessionEndedAt }: SessionData,
  heldBack: number,
): { readonly older: SessionData; readonly newest: Incidence } {
  const cut = Math.floor(sessions.rows * (1 - heldBack));
  const { columns, offsets, indices } = sessions;
  return {
    older: {
      sessions: {
        rows: cut,
        columns,
        offsets: offsets.subarray(0, cut + 1),
        indices: indices.subarray(0, offsets[cut]),
      },
      sessionEndedAt: Array.prototype.slice.call(sessionEndedAt, 0, cut),
    },
    newest: { rows: sessions.rows - cut, columns, offsets: offsets.subarray(cut), indices },
  };
}
