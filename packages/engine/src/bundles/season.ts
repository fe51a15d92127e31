/** Seasons: on which days a bundle is for sale, by the calendar of a place, daylight saving and New Year included. */
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";
import { createZoneOffsets } from "../history/time-zone.ts";
import type { Bundle, Season } from "./bundle.ts";

const day = 86_400_000;

/** The widest that clocks stand ahead of UTC or behind it. */
const widestOffset = 14 * 3_600_000;

/**
 * @param at milliseconds since 1970, UTC
 * @returns whether the bundle is switched on and in season
 * @throws InvalidInput when its season is malformed
 * @example
 * isBundleActive(bundle, Date.parse("2026-12-24T10:00:00Z"), market);
 */
export function isBundleActive(
  { active, season }: Pick<Bundle, "active" | "season">,
  at: number,
  { timeZone }: Pick<Market, "timeZone">,
): boolean {
  return active && (season === undefined || seasonAt(season, at, timeZone).isOpen);
}

/** Whether a season is on, and when that changes. */
export interface SeasonState {
  readonly isOpen: boolean;
  /** The last moment it is on, exclusive, when it is on: milliseconds since 1970. A countdown may be bound to it. */
  readonly endsAt?: number;
  /** The first moment of the next time, when it is not on and comes again. */
  readonly startsAt?: number;
}

/**
 * @param at milliseconds since 1970, UTC
 * @param timeZone IANA name, for a season that names none
 * @throws InvalidInput when a day is malformed or does not exist, the forms differ, or a dated season ends before it begins
 * @example
 * seasonAt({ from: "11-15", to: "01-06" }, Date.parse("2027-01-02T00:00:00Z"), "Europe/Berlin").isOpen; // true
 */
export function seasonAt(season: Season, at: number, timeZone: string, path = "season"): SeasonState {
  checkSeason(season, path);
  const offsetAt = createZoneOffsets(season.timeZone ?? timeZone);
  const year = new Date(at + offsetAt(at)).getUTCFullYear();
  for (const [from, to] of windowsAround(season, year)) {
    const startsAt = momentOf(from, offsetAt);
    const endsAt = momentOf(to + day, offsetAt);
    if (at < startsAt) return { isOpen: false, startsAt };
    if (at < endsAt) return { isOpen: true, endsAt };
  }
  return { isOpen: false };
}

/**
 * @throws InvalidInput naming the day that is wrong
 * @example
 * checkSeason({ from: "12-01", to: "12-24" }, "bundle.season");
 */
export function checkSeason({ from, to, timeZone }: Season, path: string): void {
  requireDay(from, `${path}.from`);
  requireDay(to, `${path}.to`);
  if (from.length !== to.length) throw new InvalidInput(`${path}.to`, to, `a day written like the first one (${from})`);
  if (isDated(from) && to < from) throw new InvalidInput(`${path}.to`, to, `not before the first day (${from})`);
  if (timeZone === undefined) return;
  try {
    createZoneOffsets(timeZone);
  } catch {
    throw new InvalidInput(`${path}.timeZone`, timeZone, 'an IANA time zone such as "Europe/Berlin"');
  }
}

/** First and last days in order of time, as UTC midnights: the one that is written, or those of the years around. */
function windowsAround({ from, to }: Season, year: number): [from: number, to: number][] {
  if (isDated(from)) return [[Date.parse(from), Date.parse(to)]];
  const spansNewYear = to < from;
  return [-1, 0, 1].map((step) => [dayOf(year + step, from), dayOf(year + step + Number(spansNewYear), to)]);
}

/** The 29th of February is the 1st of March in the years that lack it. */
function dayOf(year: number, monthAndDay: string): number {
  return Date.UTC(year, Number(monthAndDay.slice(0, 2)) - 1, Number(monthAndDay.slice(3)));
}

/** The moment a local day begins; where clocks skip midnight, the first moment after. */
export function momentOf(localMidnight: number, offsetAt: (at: number) => number): number {
  const before = localMidnight - offsetAt(localMidnight - widestOffset);
  const after = localMidnight - offsetAt(localMidnight + widestOffset);
  if (before + offsetAt(before) === localMidnight) return before;
  return after + offsetAt(after) === localMidnight ? after : before;
}

function requireDay(text: string, path: string): void {
  const match = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(text);
  const [, year = "2000", month, dayOfMonth] = match ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth)));
  if (!match || date.getUTCMonth() + 1 !== Number(month)) {
    throw new InvalidInput(path, text, 'a day of the calendar such as "12-24" or "2026-12-24"');
  }
}

function isDated(text: string): boolean {
  return text.length > 5;
}
