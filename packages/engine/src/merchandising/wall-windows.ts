/** The windows of a schedule on the clock on the wall: which minutes of which local days, without any time zone. */
import { weekdays } from "./field.ts";
import type { Schedule, Season, WeeklyWindow } from "./schedule.ts";

export const minute = 60_000;
export const day = 86_400_000;
const minutesADay = 1440;
const minutesAWeek = 7 * minutesADay;

/** Minutes of the week, Monday's midnight being 0. The end is not included and may lie in the next week. */
export interface WeekSpan {
  readonly from: number;
  readonly to: number;
}

/** Days of the year as 100 x month + day, both included; `to` may be before `from`. */
export interface YearSpan {
  readonly from: number;
  readonly to: number;
}

/** @returns the minute of the day of `HH:MM` or `24:00`; NaN when it is neither */
export function minuteOfDay(text: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? [];
  const time = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && time <= minutesADay ? time : Number.NaN;
}

/** @returns 100 x month + day of `MM-DD`; NaN when no year has that day */
export function dayOfYear(text: string): number {
  const [, month, date] = /^(\d\d)-(\d\d)$/.exec(text) ?? [];
  const leapYear = new Date(Date.UTC(2024, Number(month) - 1, Number(date)));
  const exists = leapYear.getUTCMonth() === Number(month) - 1 && leapYear.getUTCDate() === Number(date);
  return exists ? Number(month) * 100 + Number(date) : Number.NaN;
}

/** @returns one span a day of the window */
export function weekSpansOf({ days, from = "00:00", to = "24:00" }: WeeklyWindow): WeekSpan[] {
  const begin = minuteOfDay(from);
  const end = minuteOfDay(to);
  const length = end > begin ? end - begin : end + minutesADay - begin;
  return days.map((name) => {
    const start = weekdays.indexOf(name) * minutesADay + begin;
    return { from: start, to: start + length };
  });
}

export function yearSpanOf({ from, to }: Season): YearSpan {
  return { from: dayOfYear(from), to: dayOfYear(to) };
}

/** @returns whether two spans share a minute of some week */
export function weekSpansMeet(one: WeekSpan, other: WeekSpan): boolean {
  return [-minutesAWeek, 0, minutesAWeek].some((shift) => one.from < other.to + shift && other.from + shift < one.to);
}

/** @returns whether two seasons share a day */
export function yearSpansMeet(one: YearSpan, other: YearSpan): boolean {
  return [other.from, other.to].some((date) => isWithinYear(one, date)) || isWithinYear(other, one.from);
}

function isWithinYear({ from, to }: YearSpan, date: number): boolean {
  return from <= to ? from <= date && date <= to : date >= from || date <= to;
}

/** What a schedule says of local times, which are milliseconds as if the place were on UTC. */
export interface WallWindows {
  /** Whether the clock on the wall shows a time within the windows. */
  includes(wall: number): boolean;
  /** The answer for a whole local day, if it is the same all day. `midnight` is its first millisecond. */
  wholeDay(midnight: number): boolean | undefined;
  /** Minutes of the day at which something may begin or end, ascending, midnight first. */
  readonly boundaries: readonly number[];
  /** Whether no local time makes a difference. */
  readonly isAlways: boolean;
}

export function createWallWindows({ weekly, yearly }: Schedule): WallWindows {
  const week = weekly?.flatMap(weekSpansOf);
  const seasons = yearly?.map(yearSpanOf);
  const inSeason = (wall: number): boolean => !seasons || seasons.some((season) => isWithinYear(season, dateOf(wall)));
  const inWeek = (minuteOfWeek: number): boolean => !week || week.some((span) => covers(span, minuteOfWeek));
  const marks = (week ?? []).flatMap(({ from, to }) => [from % minutesADay, to % minutesADay]);
  const boundaries = [...new Set([0, ...marks])].sort((a, b) => a - b);
  return {
    boundaries,
    isAlways: !week && !seasons,
    includes: (wall) => inSeason(wall) && inWeek(minuteOfWeek(wall)),
    wholeDay(midnight) {
      if (!inSeason(midnight)) return false;
      const start = minuteOfWeek(midnight);
      const held = boundaries.filter((boundary) => inWeek(start + boundary)).length;
      if (held === 0) return false;
      return held === boundaries.length ? true : undefined;
    },
  };
}

function covers({ from, to }: WeekSpan, minuteOfWeek: number): boolean {
  return (minuteOfWeek >= from && minuteOfWeek < to) || minuteOfWeek + minutesAWeek < to;
}

/** 1 January 1970 was a Thursday: three days after a Monday. */
function minuteOfWeek(wall: number): number {
  const minutes = Math.floor(wall / minute) + 3 * minutesADay;
  return ((minutes % minutesAWeek) + minutesAWeek) % minutesAWeek;
}

function dateOf(wall: number): number {
  const date = new Date(wall);
  return (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}
