/** What a ranker is made of, apart from its weights: sources, priors, features, the pool, and buckets. */
import { InvalidInput, InvalidOption } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import type { SignalSource } from "../models/signal.ts";
import { checkFeatures, type Feature } from "./feature.ts";

/** Which of the touched products are ranked. */
export interface PoolRule {
  /** Candidates kept; `Infinity` ranks everything that a signal touches. */
  readonly size: number;
  /** What the rough score that chooses them adds up: weight of each signal; those not named weigh nothing. */
  readonly weights: Readonly<Record<string, number>>;
  /** A prior that the rough score adds, with its weight. */
  readonly prior?: { readonly name: string; readonly weight: number } | undefined;
  /** Products that are candidates in every question, for example the most popular ones. */
  readonly always: Uint32Array;
}

/** Everything that decides which features a candidate has. */
export interface RankingPlan<Question extends Query> {
  readonly productCount: number;
  readonly sources: readonly SignalSource<Question>[];
  /** Columns of `productCount` values. */
  readonly priors: Readonly<Record<string, Float32Array>>;
  readonly features: readonly Feature[];
  readonly pool: PoolRule;
  /** Kinds of questions that get weights of their own, on top of what they share. 1 where all are alike. */
  readonly bucketCount: number;
  /** From 0 to `bucketCount` - 1. */
  readonly bucketOf: (question: Question) => number;
}

/** Names of all signals, in the order of the sources. */
export function signalNames<Question extends Query>(plan: Pick<RankingPlan<Question>, "sources">): string[] {
  return plan.sources.flatMap(({ signals }) => signals);
}

/**
 * @throws InvalidInput or InvalidOption naming the part that does not fit the others
 */
export function checkPlan<Question extends Query>(plan: RankingPlan<Question>): void {
  const signals = signalNames(plan);
  const twice = signals.find((name, place) => signals.indexOf(name) !== place);
  if (twice !== undefined) throw new InvalidInput("sources", twice, "signals with names of their own");
  checkFeatures(plan.features, signals, Object.keys(plan.priors));
  for (const [name, column] of Object.entries(plan.priors)) {
    if (column.length !== plan.productCount) {
      throw new InvalidInput(`priors.${name}`, column.length, `a column of ${plan.productCount} values`);
    }
  }
  const { size, weights, prior, always } = plan.pool;
  if (!(size >= 1)) throw new InvalidOption("pool.size", size, "a number of at least 1");
  for (const name of Object.keys(weights)) {
    if (!signals.includes(name)) throw new InvalidInput("pool.weights", name, `one of ${signals.join(", ")}`);
  }
  if (prior && !(prior.name in plan.priors)) throw new InvalidInput("pool.prior", prior.name, "one of the priors");
  const beyond = always.find((product) => product >= plan.productCount);
  if (beyond !== undefined) throw new InvalidInput("pool.always", beyond, `products below ${plan.productCount}`);
}
