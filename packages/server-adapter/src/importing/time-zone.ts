/** Wall-clock times of a place as instants. */
import { InvalidOption } from "@basketlift/engine";

const hour = 3_600_000;

/**
 * @param timeZone IANA name, for example `Europe/London`
 * @returns a function from a wall-clock time, written as milliseconds as if it were UTC, to milliseconds UTC. A time that
 * the clock skips in spring is read an hour later, a time that it passes twice in autumn as the first of the two.
 * @throws InvalidOption when there is no such time zone
 */
export function createWallClock(timeZone: string): (wall: number) => number {
  const offsetAt = createOffsets(timeZone);
  return (wall) => {
    const earlier = wall - offsetAt(wall - 24 * hour);
    if (earlier + offsetAt(earlier) === wall) return earlier;
    const later = wall - offsetAt(wall + 24 * hour);
    return later + offsetAt(later) === wall ? later : earlier;
  };
}

/** Offset from UTC in milliseconds by instant. Offsets change on quarters of an hour at most, so those are remembered. */
function createOffsets(timeZone: string): (instant: number) => number {
  if (timeZone === "UTC") return () => 0;
  const parts = formatterOf(timeZone);
  const known = new Map<number, number>();
  return (instant) => {
    const quarter = Math.floor(instant / (hour / 4));
    let offset = known.get(quarter);
    if (offset === undefined) {
      const at = quarter * (hour / 4);
      offset = wallOf(parts, at) - at;
      known.set(quarter, offset);
    }
    return offset;
  };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw new InvalidOption("timeZone", timeZone, 'an IANA time zone such as "Europe/London"');
  }
}

function wallOf(format: Intl.DateTimeFormat, instant: number): number {
  const value: Record<string, number> = {};
  for (const { type, value: text } of format.formatToParts(instant)) value[type] = Number(text);
  return Date.UTC(value["year"], value["month"] - 1, value["day"], value["hour"], value["minute"], value["second"]);
}
