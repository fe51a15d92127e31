/** What the clock on the wall of a place shows, daylight saving included. */
import { InvalidInput, InvalidOption } from "../errors.ts";

const quarterHour = 900_000;
const day = 86_400_000;

/**
 * Milliseconds that a place's clocks are ahead of UTC at a moment; add them and read the result with the UTC methods of
 * `Date`. The runtime's tables are asked twice for each day that occurs, and once for each quarter of an hour on days when
 * the clocks change: a million moments of some years cost no more than those days. 8 bytes a day that occurs.
 * @param timeZone IANA name
 * @throws InvalidOption when the time zone is unknown; the clock throws InvalidInput when a moment is no date
 * @example
 * const offsetAt = createZoneOffsets("Europe/Berlin");
 * new Date(at + offsetAt(at)).getUTCHours(); // the hour in Berlin
 */
export function createZoneOffsets(timeZone: string): (at: number) => number {
  const format = formatOf(timeZone);
  const asked = new Map<number, number>();
  const offsetAtQuarter = (moment: number): number => {
    const known = asked.get(moment) ?? wallClock(format, moment) - moment;
    asked.set(moment, known);
    return known;
  };
  return (at) => {
    if (!(Math.abs(at) <= 8.64e15 - day)) throw new InvalidInput("at", at, "milliseconds since 1970, UTC");
    const dawn = Math.floor(at / day) * day;
    const offset = offsetAtQuarter(dawn);
    if (offsetAtQuarter(dawn + day) === offset) return offset;
    // Zones change on a quarter of an hour, none within one.
    return offsetAtQuarter(Math.floor(at / quarterHour) * quarterHour);
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = "numeric";
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      hourCycle: "h23",
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
    });
  } catch {
    throw new InvalidOption("timeZone", timeZone, 'an IANA time zone such as "Europe/Berlin"');
  }
}

/** What the clock on the wall shows, as if it were UTC, to the minute. */
function wallClock(format: Intl.DateTimeFormat, at: number): number {
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}
