/**
 * Sums of what each arm earned: all that Beta and Gaussian posteriors need to know. Sums do not ask in which order
 * their terms came, and fading them towards zero fades the posterior towards its prior.
 */
import type { Observation } from "./observation.ts";

/** Columns by arm. Each term has the weight that its age has left it. */
export interface Tally {
  /** Times looked at: the sum of exposures. */
  readonly exposure: readonly number[];
  readonly rewards: readonly number[];
  /** Sum of reward^2 / exposure: single rewards vary in proportion to the exposure (zero when nobody looked). */
  readonly squares: readonly number[];
}

/** A tally that is still open to additions. */
export type OpenTally = { readonly [Column in keyof Tally]: number[] };

/** No arm was looked at yet. */
export function emptyTally(arms: number): Tally {
  const zeros = Array.from({ length: arms }, () => 0);
  return { exposure: zeros, rewards: zeros, squares: zeros };
}

/** A copy whose every term weighs `share` of what it did. */
export function fadeTally({ exposure, rewards, squares }: Tally, share: number): OpenTally {
  const fade = (column: readonly number[]): number[] => column.map((sum) => sum * share);
  return { exposure: fade(exposure), rewards: fade(rewards), squares: fade(squares) };
}

/** Adds one observation with the weight its age left it. */
export function addToTally(tally: OpenTally, arm: number, { reward, exposure = 1 }: Observation, weight: number): void {
  tally.exposure[arm] += weight * exposure;
  tally.rewards[arm] += weight * reward;
  tally.squares[arm] += (weight * reward * reward) / exposure;
}

/** The tally of other arms: `from[i]` is where arm i stood before, or undefined when it is new. */
export function pickTally({ exposure, rewards, squares }: Tally, from: readonly (number | undefined)[]): Tally {
  const pick = (column: readonly number[]): number[] =>
    from.map((before) => (before === undefined ? 0 : column[before]));
  return { exposure: pick(exposure), rewards: pick(rewards), squares: pick(squares) };
}

/** Squared distances from each arm's own mean, over all arms, and the degrees of freedom they stand on. */
export function spreadOf({ exposure, rewards, squares }: Tally): { readonly sum: number; readonly freedom: number } {
  let sum = 0;
  let freedom = 0;
  for (let arm = 0; arm < exposure.length; arm++) {
    if (exposure[arm] <= 1) continue;
    sum += Math.max(0, squares[arm] - rewards[arm] ** 2 / exposure[arm]);
    freedom += exposure[arm] - 1;
  }
  return { sum, freedom };
}
