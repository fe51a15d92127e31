/**
 * The circumstances of a visit as labels: what the clock says (part of the day, weekday, season) and what the shop
 * gives (country, device, weather, customer segment). Labels, so that each can be counted and told: "more in the rain".
 */
import { InvalidInput, InvalidOption } from "../errors.ts";
import { createZoneOffsets } from "../history/time-zone.ts";

/** Labels by feature: `{ weekday: "saturday", country: "DE", weather: "rain" }`. What is not known is left out. */
export type Context = Readonly<Record<string, string>>;

/** Where the clock hangs. */
export interface ClockOptions {
  /** IANA name; the shopper's or the market's. */
  readonly timeZone?: string | undefined;
  /** Which half of the earth's seasons. */
  readonly hemisphere?: "north" | "south" | undefined;
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const seasons = ["winter", "spring", "summer", "autumn"] as const;

/**
 * Reads the clock of a place. The time zone is asked twice a day of data, so that dating a million baskets is cheap.
 * @returns gives `daypart` (night 0-5, morning 6-11, afternoon 12-17, evening 18-23 o'clock), `weekday` and `season`
 * (by months, December to February first) of a moment in milliseconds since 1970
 * @throws InvalidOption when the time zone is unknown; the clock throws InvalidInput when a moment is not finite
 * @example
 * const clock = createContextClock({ timeZone: "Europe/Berlin" });
 * clock(Date.UTC(2026, 6, 4, 17)); // { daypart: "evening", weekday: "saturday", season: "summer" }
 */
export function createContextClock({ timeZone = "UTC", hemisphere = "north" }: ClockOptions = {}): (
  at: number,
) => Context {
  if (hemisphere !== "north" && hemisphere !== "south") {
    throw new InvalidOption("hemisphere", hemisphere, '"north" or "south"');
  }
  const offsetAt = createZoneOffsets(timeZone);
  return (at) => {
    if (!Number.isFinite(at)) throw new InvalidInput("at", at, "milliseconds since 1970, UTC");
    const local = new Date(at + offsetAt(at));
    const season = Math.floor(((local.getUTCMonth() + 1) % 12) / 3);
    return {
      daypart: daypartOf(local.getUTCHours()),
      weekday: weekdays[local.getUTCDay()],
      season: seasons[(season + (hemisphere === "south" ? 2 : 0)) % 4],
    };
  };
}

function daypartOf(hours: number): string {
  if (hours < 6) return "night";
  if (hours < 12) return "morning";
  return hours < 18 ? "afternoon" : "evening";
}
