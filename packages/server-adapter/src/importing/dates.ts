/**
 * Times as shops write them. A value is read into its parts first; what is day and what is month in "3/4/2024", and what
 * instant a time without a zone is, is decided for the file as a whole (`date-order.ts`, `time-zone.ts`).
 */

/** How a time was written, for the report. */
export type DateFormat =
  | "RFC 3339 with zone"
  | "year-month-day"
  | "day and month in figures"
  | "month in words"
  | "Unix seconds"
  | "Unix milliseconds"
  | "spreadsheet day number";

/** A time that was read. */
export type DateReading =
  | { readonly format: DateFormat; readonly kind: "instant"; readonly at: number }
  /** A wall clock, as milliseconds as if it were UTC. */
  | { readonly format: DateFormat; readonly kind: "wall"; readonly wall: number }
  /** Day and month in an order that the value does not say. `time` is milliseconds since midnight. */
  | {
      readonly format: DateFormat;
      readonly kind: "figures";
      readonly first: number;
      readonly second: number;
      readonly year: number;
      readonly time: number;
      /** Offset from UTC in milliseconds where one is written behind. */
      readonly offset: number | undefined;
      readonly separator: string;
    };

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const clock = String.raw`(?:[T,\s]\s*(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?)?`;
const zone = String.raw`\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?`;
const yearFirst = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${clock}${zone}$`, "i");
const figures = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${clock}${zone}$`, "i");
const dayMonthName = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?(\\d{1,2})(?:st|nd|rd|th|\\.)?[-\\s]([a-z]{3,9})\\.?,?[-\\s](\\d{4}|\\d{2})${clock}${zone}$`,
  "i",
);
const monthNameDay = new RegExp(
  `^(?:[a-z]{3,9},?\\s+)?([a-z]{3,9})\\.?\\s(\\d{1,2})(?:st|nd|rd|th)?,?\\s(\\d{4})${clock}${zone}$`,
  "i",
);
const packed = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z)?$/;

const day = 86_400_000;
/** What a cell is likely to mean as Unix time: from 1990 to 2100. */
const firstSecond = Date.UTC(1990, 0) / 1000;
const lastSecond = Date.UTC(2100, 0) / 1000;
/** Day 25569 of spreadsheets is 1970-01-01. */
const spreadsheetEpoch = 25_569;

/** Whether a text is likely a date: for telling data from column names. */
export function looksLikeDate(text: string): boolean {
  return yearFirst.test(text) || figures.test(text) || dayMonthName.test(text) || monthNameDay.test(text);
}

/**
 * @returns undefined when the text is no time, or one that does not exist
 * @example
 * readDate("2024-01-15 10:23:45 -0500"); // { kind: "instant", at: 1705332225000, ... }
 */
export function readDate(text: string): DateReading | undefined {
  return readYearFirst(text) ?? readFigures(text) ?? readWords(text) ?? readPacked(text) ?? readCount(text);
}

/** Midnight of a date that exists, as if it were UTC. */
export function wallOfDay(year: number, month: number, dayOfMonth: number): number | undefined {
  const full = year < 100 ? 2000 + year : year;
  const wall = Date.UTC(full, month - 1, dayOfMonth);
  const read = new Date(wall);
  return read.getUTCMonth() === month - 1 && read.getUTCDate() === dayOfMonth ? wall : undefined;
}

function readYearFirst(text: string): DateReading | undefined {
  const match = yearFirst.exec(text);
  if (!match) return undefined;
  const [, year, , month, dayOfMonth, ...time] = match;
  return complete("year-month-day", wallOfDay(Number(year), Number(month), Number(dayOfMonth)), time);
}

function readFigures(text: string): DateReading | undefined {
  const match = figures.exec(text);
  if (!match) return undefined;
  const [, first, separator, second, year, ...time] = match;
  const millis = timeOfDay(time);
  if (millis === undefined) return undefined;
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  return {
    format: "day and month in figures",
    kind: "figures",
    first: Number(first),
    second: Number(second),
    year: full,
    time: millis,
    offset: offsetOf(time[5]),
    separator,
  };
}

function readWords(text: string): DateReading | undefined {
  const byDay = dayMonthName.exec(text);
  const match = byDay ?? monthNameDay.exec(text);
  if (!match) return undefined;
  const [, a, b, year, ...time] = match;
  const [dayOfMonth, name] = byDay ? [a, b] : [b, a];
  const month = months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) return undefined;
  return complete("month in words", wallOfDay(Number(year), month, Number(dayOfMonth)), time);
}

function readPacked(text: string): DateReading | undefined {
  const match = packed.exec(text);
  if (!match) return undefined;
  const [, year, month, dayOfMonth, hours, minutes, seconds, utc] = match;
  if (Number(year) < 1990 || Number(year) > 2100) return undefined;
  const time = [hours, minutes, seconds, undefined, undefined, utc];
  return complete("year-month-day", wallOfDay(Number(year), Number(month), Number(dayOfMonth)), time);
}

/** Seconds or milliseconds since 1970, days since 1900. */
function readCount(text: string): DateReading | undefined {
  if (!/^\d{5,13}(?:\.\d+)?$/.test(text)) return undefined;
  const count = Number(text);
  if (count >= firstSecond && count < lastSecond)
    return { format: "Unix seconds", kind: "instant", at: Math.round(count * 1000) };
  if (count >= firstSecond * 1000 && count < lastSecond * 1000)
    return { format: "Unix milliseconds", kind: "instant", at: Math.round(count) };
  const wall = Math.round((count - spreadsheetEpoch) * 86_400) * 1000;
  if (wall >= firstSecond * 1000 && wall < lastSecond * 1000)
    return { format: "spreadsheet day number", kind: "wall", wall };
  return undefined;
}

/** @param time hours, minutes, seconds, fraction, AM or PM, zone, as captured */
function complete(
  format: DateFormat,
  midnight: number | undefined,
  time: readonly (string | undefined)[],
): DateReading | undefined {
  const millis = timeOfDay(time);
  if (midnight === undefined || millis === undefined) return undefined;
  const offset = offsetOf(time[5]);
  if (offset === undefined) return { format, kind: "wall", wall: midnight + millis };
  return { format: "RFC 3339 with zone", kind: "instant", at: midnight + millis - offset };
}

function timeOfDay([hours = "0", minutes = "0", seconds = "0", fraction = "", half]: readonly (string | undefined)[]):
  | number
  | undefined {
  let hour = Number(hours);
  if (half) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (/^p/i.test(half) ? 12 : 0);
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  const millis = fraction ? Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6) : 0;
  const total = ((hour * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + millis;
  return total < day ? total : undefined;
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text);
  if (!match) return 0;
  const [, sign, hours, minutes = "0"] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
