/** How the hours of two rules lie to one another. */
import type { Schedule } from "./schedule.ts";
import type { ScheduleClock } from "./schedule-clock.ts";
import { parseTime } from "../history/time.ts";

/** Changes followed before a meeting counts as not found. */
const patience = 400;

/** @returns true only when one schedule holds whenever the other does; windows must be the same to be seen so */
export function covers(outer: Schedule | undefined, inner: Schedule | undefined): boolean {
  if (!outer) return true;
  const begins = startOf(outer) <= startOf(inner);
  const ends = endOf(outer) >= endOf(inner);
  const hasNoWindows = !outer.weekly && !outer.yearly;
  const sameZone = outer.timeZone === inner?.timeZone;
  return (
    begins &&
    ends &&
    (hasNoWindows || sameZone) &&
    isSameOrAbsent(outer.weekly, inner?.weekly) &&
    isSameOrAbsent(outer.yearly, inner?.yearly)
  );
}

/**
 * @param from milliseconds since 1970, UTC
 * @returns a moment from then on at which both hold; undefined when none was found
 */
export function meetingOf(one: ScheduleClock, other: ScheduleClock, from: number): number | undefined {
  let at = from;
  for (let step = 0; step < patience; step++) {
    const isOne = one.isActive(at);
    const isOther = other.isActive(at);
    if (isOne && isOther) return at;
    at = Math.max(isOne ? -Infinity : one.nextChange(at), isOther ? -Infinity : other.nextChange(at));
    if (at === Infinity) return undefined;
  }
  return undefined;
}

function startOf(schedule: Schedule | undefined): number {
  return schedule?.from === undefined ? -Infinity : parseTime(schedule.from);
}

function endOf(schedule: Schedule | undefined): number {
  return schedule?.until === undefined ? Infinity : parseTime(schedule.until);
}

function isSameOrAbsent(outer: unknown, inner: unknown): boolean {
  return outer === undefined || JSON.stringify(outer) === JSON.stringify(inner);
}
