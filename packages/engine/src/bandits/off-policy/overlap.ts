/**
 * How much of what a policy would do has been tried: without it no estimator can say anything. Effective sample size:
 * Kish, "Survey Sampling" (1965), as used for importance weights in Owen, "Monte Carlo theory, methods and examples"
 * (2013), chapter 9.
 */
import { InvalidInput } from "../../errors.ts";
import { momentsOf } from "../../statistics/index.ts";
import type { DecisionLog } from "./decision-log.ts";

/** What an importance weight may be at most: beyond it no log says anything, and sums of squares are no numbers. */
export const heaviest = 1e50;

/** How well a log covers a policy. */
export interface Overlap {
  readonly rows: number;
  /** (sum of weights)^2 / sum of squared weights: the log is worth this many decisions of the policy itself. */
  readonly effectiveSampleSize: number;
  /** 1 in the long run; anything else beyond its error means wrong propensities or actions that are never logged. */
  readonly meanWeight: number;
  /** Standard error of `meanWeight`. */
  readonly meanWeightError: number;
  readonly largestWeight: number;
  /** Share of all weight that the heaviest row has. */
  readonly largestShare: number;
  /** Share of the policy's decisions that go to actions which the log never shows (at that position). */
  readonly unsupportedShare: number;
  /** Those actions, ascending. */
  readonly unsupportedActions: readonly number[];
}

/** Adds up, row by row, where the policy would have gone. */
export interface OverlapTally {
  add(row: number, chances: Float64Array): void;
  overlap(weight: Float64Array): Overlap;
}

export function createOverlapTally({ actions, action, position }: DecisionLog): OverlapTally {
  let positions = 1;
  if (position) for (let row = 0; row < position.length; row++) positions = Math.max(positions, position[row] + 1);
  const cellOf = (row: number): number => (position ? position[row] : 0) * actions;
  const isLogged = new Uint8Array(positions * actions);
  for (let row = 0; row < action.length; row++) isLogged[cellOf(row) + action[row]] = 1;
  const chance = new Float64Array(positions * actions);
  return {
    add(row, chances) {
      const cell = cellOf(row);
      for (let a = 0; a < actions; a++) chance[cell + a] += chances[a];
    },
    overlap: (weight) => ({ ...overlapOf(weight), ...unsupported(chance, isLogged, actions, weight.length) }),
  };
}

/**
 * The part of it that can be read off importance weights alone.
 * @throws InvalidInput when a weight is no finite number
 * @example
 * overlapOf([2, 0, 1, 1]).effectiveSampleSize; // 16 / 6
 */
export function overlapOf(weight: ArrayLike<number>): Omit<Overlap, "unsupportedShare" | "unsupportedActions"> {
  let sum = 0;
  let squares = 0;
  let largestWeight = 0;
  for (let row = 0; row < weight.length; row++) {
    if (!(Math.abs(weight[row]) <= heaviest)) {
      throw new InvalidInput(`weight[${row}]`, weight[row], `a number of at most ${heaviest}: look at its propensity`);
    }
    sum += weight[row];
    squares += weight[row] ** 2;
    largestWeight = Math.max(largestWeight, weight[row]);
  }
  const { count: rows, mean, variance } = momentsOf(weight);
  return {
    rows,
    effectiveSampleSize: squares > 0 ? sum ** 2 / squares : 0,
    meanWeight: mean,
    meanWeightError: rows > 1 ? Math.sqrt(variance / rows) : Infinity,
    largestWeight,
    largestShare: sum > 0 ? largestWeight / sum : 1,
  };
}

function unsupported(
  chance: Float64Array,
  isLogged: Uint8Array,
  actions: number,
  rows: number,
): Pick<Overlap, "unsupportedShare" | "unsupportedActions"> {
  let lost = 0;
  const found = new Set<number>();
  for (const [cell, sum] of chance.entries()) {
    if (isLogged[cell] || sum === 0) continue;
    lost += sum;
    found.add(cell % actions);
  }
  return { unsupportedShare: lost / rows, unsupportedActions: [...found].toSorted((a, b) => a - b) };
}
