/** The ranking plan for browsing sessions: what a shopper looks at next, from the session alone. */
import { topOf } from "../matrix/top-k.ts";
import type { Query } from "../models/recommender.ts";
import {
  contextSignal,
  createSessionReader,
  habitSignals,
  neighbourSignals,
  transitionSignals,
  walkSignals,
} from "../sequences/index.ts";
import { bent, priorFeatures, straight, type Feature } from "./feature.ts";
import type { RankingPlan } from "./plan.ts";
import { againstAverage } from "./priors.ts";
import type { SessionParts } from "./session-parts.ts";
import type { SessionBuild, SessionSettings } from "./session-settings.ts";

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

/** How a session ranker is put together. */
export interface SessionShape {
  readonly build: SessionBuild;
  readonly buckets: SessionBuckets;
}

/**
 * @example
 * const plan = sessionPlan(await buildSessionParts(view, busyShop, {}), busyShop, { build: "full", buckets: "length" });
 */
export function sessionPlan(
  { log, transitions, priors: { recentShare, ...logarithms } }: SessionParts,
  settings: SessionSettings,
  { build, buckets }: SessionShape,
): RankingPlan<Query> {
  const { fadeDays, shrinkage } = settings;
  const productCount = log.sessions.columns;
  const stepsOf = createSessionReader(productCount);
  const habits = habitSignals(transitions, stepsOf, shrinkage);
  const sources = [
    transitionSignals(transitions, stepsOf, shrinkage),
    ...(build === "cheap" ? [] : [neighbourSignals(log, stepsOf, settings.neighbours)]),
    contextSignal(log, stepsOf, { ...settings.context, fadeDays }),
    walkSignals(transitions, stepsOf, shrinkage),
  ];
  const signals = sources.flatMap((source) => source.signals);
  return {
    productCount,
    sources: [...sources, habits],
    // The late share stays as it is: the pool adds it to a rough score.
    priors: { ...againstAverage(logarithms), recentShare },
    features: build === "light" ? lightFeatures(signals) : fullFeatures(signals, habits.signals),
    pool: {
      size: poolSize,
      weights: Object.fromEntries(signals.map((name) => [name, roughWeights[name]])),
      prior: { name: "recentShare", weight: 0.001 },
      always: topOf(recentShare, popularCandidates).products,
    },
    ...bucketing(buckets, log.sessionsOf),
  };
}

function fullFeatures(signals: readonly string[], habits: readonly string[]): Feature[] {
  const priors = ["popularity", "recentPopularity", "latestPopularity", "unseen"];
  return [...bent(signals), ...priorFeatures(priors), ...straight(habits)];
}

function lightFeatures(signals: readonly string[]): Feature[] {
  return [...straight([...signals, "isNewest", "nearness"]), ...priorFeatures(["recentShare"])];
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
