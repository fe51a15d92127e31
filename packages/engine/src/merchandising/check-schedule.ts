/** Whether a value that came as JSON is a schedule that can hold. */
import { InvalidInput } from "../errors.ts";
import { parseTime } from "../history/time.ts";
import { createZoneOffsets } from "../history/time-zone.ts";
import { assertKeys, assertList, assertObject, assertOneOf, assertText } from "./check-json.ts";
import { weekdays } from "./field.ts";
import type { Schedule, Season, WeeklyWindow } from "./schedule.ts";
import {
  dayOfYear,
  minuteOfDay,
  weekSpansMeet,
  weekSpansOf,
  yearSpanOf,
  yearSpansMeet,
  type WeekSpan,
} from "./wall-windows.ts";

/**
 * @throws InvalidInput with the exact place, for example `rules[0].schedule.weekly[1]` for hours that overlap others
 * @example
 * assertSchedule({ timeZone: "Europe/London", weekly: [{ days: ["friday"], from: "18:00" }] }, "schedule");
 */
export function assertSchedule(value: unknown, path: string): asserts value is Schedule {
  assertKeys(value, path, "a schedule", ["from", "until", "timeZone", "weekly", "yearly"]);
  const { from, until, timeZone, weekly, yearly } = value;
  const begin = from === undefined ? -Infinity : instantOf(from, `${path}.from`);
  const end = until === undefined ? Infinity : instantOf(until, `${path}.until`);
  if (end <= begin) throw new InvalidInput(`${path}.until`, until, "after the schedule's `from`");
  if (timeZone !== undefined) checkTimeZone(timeZone, `${path}.timeZone`);
  if ((weekly !== undefined || yearly !== undefined) && timeZone === undefined) {
    throw new InvalidInput(
      `${path}.timeZone`,
      timeZone,
      'an IANA time zone such as "Europe/Berlin", for hours and seasons need one',
    );
  }
  if (weekly !== undefined) checkWeekly(weekly, `${path}.weekly`);
  if (yearly !== undefined) checkYearly(yearly, `${path}.yearly`);
}

function instantOf(value: unknown, path: string): number {
  const instant = typeof value === "string" ? parseTime(value) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw new InvalidInput(path, value, 'an RFC 3339 time with its zone, such as "2026-11-27T00:00:00+01:00"');
  }
  return instant;
}

/** Those that the runtime has been asked for; asking takes long, and there are few. */
const knownZones = new Set<string>();

function checkTimeZone(timeZone: unknown, path: string): void {
  assertText(timeZone, path, 'an IANA time zone such as "Europe/Berlin"');
  if (knownZones.has(timeZone)) return;
  try {
    createZoneOffsets(timeZone);
  } catch {
    throw new InvalidInput(path, timeZone, 'an IANA time zone such as "Europe/Berlin"');
  }
  knownZones.add(timeZone);
}

function checkWeekly(weekly: unknown, path: string): void {
  assertList(weekly, path, "a list of { days, from, to }");
  if (weekly.length === 0) throw new InvalidInput(path, weekly, "at least one window, or absent for all hours");
  const seen: { place: string; spans: WeekSpan[] }[] = [];
  for (const [index, window] of weekly.entries()) {
    const place = `${path}[${index}]`;
    assertWindow(window, place);
    const spans = weekSpansOf(window);
    const other = seen.find((earlier) => spans.some((one) => earlier.spans.some((two) => weekSpansMeet(one, two))));
    if (other)
      throw new InvalidInput(place, window, `a window that does not overlap ${other.place}; join the two, or cut one`);
    if (spans.some((one, at) => spans.slice(at + 1).some((two) => weekSpansMeet(one, two)))) {
      throw new InvalidInput(place, window, "a window whose days do not overlap one another");
    }
    seen.push({ place, spans });
  }
}

function assertWindow(window: unknown, path: string): asserts window is WeeklyWindow {
  assertKeys(window, path, "a window { days, from, to }", ["days", "from", "to"]);
  const { days, from, to } = window;
  assertList(days, `${path}.days`, "a list of days of the week");
  if (days.length === 0) throw new InvalidInput(`${path}.days`, days, "at least one day of the week");
  for (const [index, name] of days.entries()) assertOneOf(name, `${path}.days[${index}]`, weekdays);
  if (from !== undefined) checkTime(from, `${path}.from`, "00:00 to 23:59");
  if (to !== undefined) checkTime(to, `${path}.to`, "00:00 to 24:00");
  if (from === "24:00") throw new InvalidInput(`${path}.from`, from, "a time from 00:00 to 23:59");
}

function checkTime(value: unknown, path: string, range: string): void {
  if (typeof value !== "string" || Number.isNaN(minuteOfDay(value)))
    throw new InvalidInput(path, value, `a time from ${range}`);
}

function checkYearly(yearly: unknown, path: string): void {
  assertList(yearly, path, "a list of { from, to }");
  if (yearly.length === 0) throw new InvalidInput(path, yearly, "at least one season, or absent for the whole year");
  const seasons: Season[] = [];
  for (const [index, season] of yearly.entries()) {
    const place = `${path}[${index}]`;
    assertSeason(season, place);
    const other = seasons.findIndex((earlier) => yearSpansMeet(yearSpanOf(earlier), yearSpanOf(season)));
    if (other >= 0)
      throw new InvalidInput(
        place,
        season,
        `a season that does not overlap ${path}[${other}]; join the two, or cut one`,
      );
    seasons.push(season);
  }
}

function assertSeason(season: unknown, path: string): asserts season is Season {
  assertObject(season, path, 'a season such as { from: "11-24", to: "12-26" }');
  assertKeys(season, path, "a season", ["from", "to"]);
  for (const end of ["from", "to"]) {
    const date = season[end];
    if (typeof date !== "string" || Number.isNaN(dayOfYear(date))) {
      throw new InvalidInput(`${path}.${end}`, date, 'a day of the year such as "12-24"');
    }
  }
}
