/**
 * Time cut into cells: each cell is one bin of the season (a month, a week, a weekday, an hour) in one stretch of the
 * calendar. What repeats from stretch to stretch is a season; what does not is an event.
 */
import { InvalidOption } from "../errors.ts";
import { createZoneOffsets } from "../history/time-zone.ts";

/** What repeats: months or ISO weeks from year to year, weekdays or hours from calendar month to calendar month. */
export type SeasonPeriod = "month" | "week" | "weekday" | "hour";

/** Bins of each period. ISO years have 52 or 53 weeks. */
const binCounts: Readonly<Record<SeasonPeriod, number>> = { month: 12, week: 53, weekday: 7, hour: 24 };
const day = 86_400_000;
const year = 365.2425 * day;

/** Baskets dealt out to cells. Columns by cell unless said. */
export interface SeasonCells {
  /** 0 is January, ISO week 1, Monday, or the hour after midnight. */
  readonly binCount: number;
  /** Cell of each basket. */
  readonly cellOf: Uint32Array;
  readonly binOf: Uint8Array;
  /** Mean time of its baskets, in years since the middle of the data. */
  readonly years: Float64Array;
}

/**
 * @param basketAt milliseconds since 1970, UTC
 * @param timeZone IANA name: months, weeks, days and hours are those of the shop's own clock
 * @throws InvalidOption on an unknown period or time zone
 */
export function cutIntoCells(basketAt: Float64Array, period: SeasonPeriod, timeZone: string): SeasonCells {
  if (!Object.hasOwn(binCounts, period)) {
    throw new InvalidOption("period", period, '"month", "week", "weekday" or "hour"');
  }
  const binCount = binCounts[period];
  const offsetAt = createZoneOffsets(timeZone);
  const cells = new Map<number, number>();
  const cellOf = new Uint32Array(basketAt.length);
  const bins: number[] = [];
  const members: number[] = [];
  const times: number[] = [];
  const middle = basketAt.length > 0 ? (basketAt[0] + basketAt[basketAt.length - 1]) / 2 : 0;
  for (const [basket, at] of basketAt.entries()) {
    const { stretch, bin } = placeOf(new Date(at + offsetAt(at)), period);
    const key = stretch * binCount + bin;
    const cell = cells.get(key) ?? bins.length;
    if (cell === bins.length) {
      cells.set(key, cell);
      bins.push(bin);
      members.push(0);
      times.push(0);
    }
    cellOf[basket] = cell;
    members[cell]++;
    times[cell] += (at - middle) / year;
  }
  const years = Float64Array.from(times, (sum, cell) => sum / members[cell]);
  return { binCount, cellOf, binOf: Uint8Array.from(bins), years };
}

/** @param local a moment whose UTC fields show the clock on the wall */
function placeOf(local: Date, period: SeasonPeriod): { stretch: number; bin: number } {
  const months = local.getUTCFullYear() * 12 + local.getUTCMonth();
  switch (period) {
    case "month":
      return { stretch: local.getUTCFullYear(), bin: local.getUTCMonth() };
    case "week":
      return isoWeek(local);
    case "weekday":
      return { stretch: months, bin: (local.getUTCDay() + 6) % 7 };
    case "hour":
      return { stretch: months, bin: local.getUTCHours() };
  }
}

/** ISO 8601: a week belongs to the year that its Thursday is in. */
function isoWeek(local: Date): { stretch: number; bin: number } {
  const thursday = new Date(local.getTime() + (3 - ((local.getUTCDay() + 6) % 7)) * day);
  const isoYear = thursday.getUTCFullYear();
  const newYear = new Date(0);
  newYear.setUTCFullYear(isoYear, 0, 1);
  return { stretch: isoYear, bin: Math.floor((thursday.getTime() - newYear.getTime()) / (7 * day)) };
}
