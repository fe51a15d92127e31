/** What was learnt from showing an arm once, in the form every posterior takes it. */
import { InvalidInput } from "../errors.ts";

/** What rewards and features may be at most: sums of their squares, too, are numbers then. */
export const largest = 1e100;

/** One arm that somebody looked at, and what came of it. */
export interface Observation {
  readonly arm: string;
  /** What it earned, in one unit throughout: 1 or 0 for Beta posteriors, minor units of money for Gaussian ones. */
  readonly reward: number;
  /** Probability that it was looked at, above 0 and up to 1. Left out: 1. See `observationsOf`. */
  readonly exposure?: number;
  /** When it was shown, milliseconds since 1970: how far the observation has faded. */
  readonly at: number;
  /** Linear posteriors: the shopper and the moment, as `choose` was given them. */
  readonly context?: ArrayLike<number>;
  /** Linear posteriors: this arm's attributes, as `choose` was given them. */
  readonly attributes?: ArrayLike<number>;
}

/** Finds arms by name; an arm that is not there is the caller's mistake. */
export interface ArmIndex {
  /**
   * @returns the number of its column
   * @throws InvalidInput naming `path` when no arm has this name
   */
  of(arm: string, path: string): number;
}

/** @throws InvalidInput when there is no arm, or a name is empty or used twice */
export function indexArms(arms: readonly string[]): ArmIndex {
  if (arms.length === 0) throw new InvalidInput("arms", "[]", "at least one arm");
  const columns = new Map<string, number>();
  for (const [column, arm] of arms.entries()) {
    if (typeof arm !== "string" || arm === "" || columns.has(arm)) {
      throw new InvalidInput(`arms[${column}]`, arm, "a name that is not empty and not used twice");
    }
    columns.set(arm, column);
  }
  return {
    of(arm, path) {
      const column = columns.get(arm);
      if (column === undefined) throw new InvalidInput(path, arm, "an arm of this posterior; add new ones by withArms");
      return column;
    },
  };
}

/**
 * The checks that hold for every kind of posterior.
 * @throws InvalidInput with the path of the mistake
 */
export function checkObservation({ reward, exposure = 1, at }: Observation, now: number, path: string): void {
  if (!(Math.abs(reward) <= largest)) throw new InvalidInput(`${path}.reward`, reward, "a finite number");
  if (!(exposure >= 1 / largest && exposure <= 1)) {
    throw new InvalidInput(`${path}.exposure`, exposure, "a probability above 0 and up to 1");
  }
  if (!(Number.isFinite(at) && at <= now)) {
    throw new InvalidInput(`${path}.at`, at, `milliseconds since 1970, not after the update's own ${now}`);
  }
}

/** @throws InvalidInput unless there are exactly `size` finite numbers; none may be left out when `size` is 0 */
export function checkFeatures(features: ArrayLike<number> | undefined, size: number, path: string): ArrayLike<number> {
  if (features === undefined && size === 0) return [];
  if (features === undefined || features.length !== size) {
    throw new InvalidInput(
      path,
      features && `${features.length} numbers`,
      `${size} numbers, as the posterior was made for`,
    );
  }
  for (let i = 0; i < size; i++) {
    if (!(Math.abs(features[i]) <= largest)) throw new InvalidInput(`${path}[${i}]`, features[i], "a finite number");
  }
  return features;
}
