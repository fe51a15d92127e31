/**
 * How much a figure moved since the period before, with an interval. Days are the units: what varies from day to day by
 * itself is what a change must stand out from. It says that the figure moved, not why.
 */
import { compareMeans, type Effect } from "@basketlift/engine/experiments";
import { momentsOf, type Moments } from "@basketlift/engine/statistics";

export type Change = Pick<Effect, "value" | "lower" | "upper" | "level">;

/** Without a whole week on either side, weekdays alone would make a change. */
const fewestDays = 7;

/**
 * A change in a figure that adds up over days, in two periods of the same length. Where a change of clocks cuts one of
 * them into a day more, its parts of days still count as one day.
 * @returns undefined where there is too little to compare, or nothing before
 */
export function changeOfDays(current: readonly number[], before: readonly number[]): Change | undefined {
  const days = Math.min(current.length, before.length);
  if (days < fewestDays) return undefined;
  const perDay = (values: readonly number[]): Moments => {
    const { count, mean, variance } = momentsOf(values);
    return { count: days, mean: (mean * count) / days, variance };
  };
  return changeOfMeans(perDay(current), perDay(before));
}

/**
 * A change in a number of distinct visitors: days cannot be added up, for a visitor may come on two of them. Visitors come
 * independently of one another, so their number is Poisson's.
 */
export function changeOfCounts(current: number, before: number, days: number): Change | undefined {
  if (days < fewestDays) return undefined;
  const perDay = (count: number): Moments => ({ count: days, mean: count / days, variance: count / days });
  return changeOfMeans(perDay(current), perDay(before));
}

/** @returns undefined where an arm has fewer than two units, or nothing was there before */
export function changeOfMeans(current: Moments, before: Moments): Change | undefined {
  if (current.count < 2 || before.count < 2 || before.mean === 0) return undefined;
  const { value, lower, upper, level } = compareMeans(before, current, { interval: "fixed" });
  return { value, lower, upper, level };
}
