/**
 * What is believed about arms after what was seen of them: immutable, plain JSON, named by a hash of its content.
 * Beta-Bernoulli and Gaussian posteriors look at each arm alone, linear ones at the shopper and at what arms share.
 * Old observations fade by a share a day, so that beliefs return to the prior where nothing new is seen and follow a
 * taste that changes (discounting as in Garivier and Moulines, "On upper-confidence bound policies for switching bandit
 * problems", ALT 2011).
 */
import { hashColumns } from "../random/hash.ts";
import { columnsOf, type LinearStatistics } from "./linear-statistics.ts";
import type { Tally } from "./tally.ts";

/** What every posterior has. */
export interface Common {
  /** Names, each once; in this order in every column. */
  readonly arms: readonly string[];
  /** Share of an observation's weight that is left after a day; 1 never forgets. */
  readonly retention: number;
  /** The moment the weights hold for, milliseconds since 1970. */
  readonly at: number;
  readonly tally: Tally;
  /** Hash of all of this: equal versions believe the same. */
  readonly version: string;
}

/** Rates: each reward is 1 or 0, or a share in between. */
export interface BetaPosterior extends Common {
  readonly kind: "beta";
  readonly prior: BetaPrior;
}

/** Pseudo-counts of successes and failures before anything was seen. */
export interface BetaPrior {
  readonly alpha: number;
  readonly beta: number;
}

/** Means of rewards on any scale, such as revenue. */
export interface GaussianPosterior extends Common {
  readonly kind: "gaussian";
  readonly prior: GaussianPrior;
}

/** What one showing of an unknown arm may bring, in the unit of the rewards. */
export interface GaussianPrior {
  readonly mean: number;
  /** How far single rewards lie from their arm's mean. A start: what is seen takes over. */
  readonly deviation: number;
  /** How many observations the mean counts as. */
  readonly strength: number;
  /** How many observations the deviation counts as. */
  readonly deviationStrength: number;
}

/** Rewards that depend on features of shopper, moment and arm. */
export interface LinearPosterior extends Common {
  readonly kind: "linear";
  readonly prior: LinearPrior;
  /** Numbers that describe shopper and moment; 0 when arms share all they know. */
  readonly contextSize: number;
  /** Numbers that describe an arm (or arm and shopper together); 0 when each arm learns alone. */
  readonly attributesSize: number;
  readonly statistics: LinearStatistics;
}

/** Coefficients are believed to be 0, give or take `deviation / sqrt(precision)`. */
export interface LinearPrior {
  /** Ridge: how many observations the zero counts as. */
  readonly precision: number;
  /** How far single rewards lie from the line. A start: what is seen takes over. */
  readonly deviation: number;
  /** How many observations the deviation counts as. */
  readonly deviationStrength: number;
}

export type Posterior = BetaPosterior | GaussianPosterior | LinearPosterior;

/** Without its name, that is before it is sealed. */
export type Content =
  | Omit<BetaPosterior, "version">
  | Omit<GaussianPosterior, "version">
  | Omit<LinearPosterior, "version">;

/** Gives beliefs their name. */
export function seal(content: Content): Posterior {
  return { ...content, version: versionOf(content) };
}

/** Hash of a posterior's content, whatever its `version` says, and in whatever order a store kept its fields. */
export function versionOf(content: Content): string {
  const { kind, arms, prior, retention, at, tally } = content;
  const sizes = content.kind === "linear" ? [content.contextSize, content.attributesSize] : [];
  const sums = content.kind === "linear" ? Array.from(columnsOf(content.statistics)) : [];
  // Adding 0 makes -0, which JSON does not know, the same as 0.
  const columns = [tally.exposure, tally.rewards, tally.squares, ...sums].map((column) =>
    Float64Array.from(column, (sum) => sum + 0),
  );
  return hashColumns([bytesOf([kind, arms, sortedFields(prior), retention, at, sizes]), ...columns]);
}

/** What a value says, as bytes to hash. */
export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** A record's fields by name. */
export function sortedFields(record: object): [string, unknown][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
