/** The ranking plan for browsing sessions: what a shopper looks at next, from the session alone. */
import { topOf } from "../matrix/top-k.ts";
import type { Query } from "../models/recommender.ts";
import type { TrainingControls } from "../models/training.ts";
import {
  buildSessionLog,
  clickPriors,
  contextSignal,
  countTransitions,
  createSessionReader,
  habitSignals,
  neighbourSignals,
  transitionSignals,
  walkSignals,
  type SessionData,
} from "../sequences/index.ts";
import { bent, priorFeatures, straight } from "./feature.ts";
import type { RankingPlan } from "./plan.ts";
import type { SessionSettings } from "./session-settings.ts";

/** What the pool's rough score weighs each signal with. */
const roughWeights: Readonly<Record<string, number>> = {
  next: 1,
  skip: 1,
  back: 0.5,
  "previous.next": 0.3,
  "previous.skip": 0.5,
  "older.skip": 0.5,
  "older.back": 0.3,
  "neighbours.after": 1,
  "neighbours.before": 1,
  context: 1,
  walk: 0.5,
  "previous.walk": 0.2,
};
const poolSize = 100;
/** Products of the day that are candidates in every session. */
const popularCandidates = 30;

/** Which questions get weights of their own. */
export type SessionBuckets = "none" | "length" | "length-and-support";

/**
 * @param build `full`, or `cheap`: without neighbours, which cost two fifths of the time and add little
 * @example
 * const plan = await sessionPlan(view, busyShop, { buckets: "length", build: "full" });
 */
export async function sessionPlan(
  data: SessionData,
  settings: SessionSettings,
  { buckets, build, ...controls }: { buckets: SessionBuckets; build: "full" | "cheap" } & TrainingControls,
): Promise<RankingPlan<Query>> {
  const { fadeDays, shrinkage, rowLength } = settings;
  const productCount = data.sessions.columns;
  const log = await buildSessionLog(data, Math.max(settings.neighbours.m, settings.context.m), controls);
  const transitions = await countTransitions(log, { fadeDays, rowLength }, controls);
  const stepsOf = createSessionReader(productCount);
  const habits = habitSignals(transitions, stepsOf, shrinkage);
  const spoken = [
    transitionSignals(transitions, stepsOf, shrinkage),
    ...(build === "full" ? [neighbourSignals(log, stepsOf, settings.neighbours)] : []),
    contextSignal(log, stepsOf, { ...settings.context, fadeDays }),
    walkSignals(transitions, stepsOf, shrinkage),
  ];
  const { recentShare, ...priors } = clickPriors(log, settings);
  const bentSignals = spoken.flatMap(({ signals }) => signals);
  return {
    productCount,
    sources: [...spoken, habits],
    priors: { ...priors, recentShare },
    features: [...bent(bentSignals), ...priorFeatures(Object.keys(priors)), ...straight(habits.signals)],
    pool: {
      size: poolSize,
      weights: Object.fromEntries(bentSignals.map((name) => [name, roughWeights[name]])),
      prior: { name: "recentShare", weight: 0.001 },
      always: topOf(recentShare, popularCandidates).products,
    },
    ...bucketing(buckets, log.sessionsOf),
  };
}

/** Sessions of 1, 2, 3 to 4, 5 to 8 and more entries ask differently; so do newest products that few sessions hold. */
function bucketing(
  buckets: SessionBuckets,
  sessionsOf: Uint32Array,
): Pick<RankingPlan<Query>, "bucketCount" | "bucketOf"> {
  const byLength = ({ history }: Query): number => [1, 2, 4, 8].filter((most) => history.length > most).length;
  const bySupport = ({ history }: Query): number => {
    const support = sessionsOf[history[history.length - 1]] ?? 0;
    return [15, 120].filter((least) => support >= least).length;
  };
  if (buckets === "none") return { bucketCount: 1, bucketOf: () => 0 };
  if (buckets === "length") return { bucketCount: 5, bucketOf: byLength };
  return { bucketCount: 15, bucketOf: (question) => 3 * byLength(question) + bySupport(question) };
}
