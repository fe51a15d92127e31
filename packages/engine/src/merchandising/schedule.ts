/** For how long a rule applies: from and until instants, hours of the week and seasons of the year. Plain JSON. */
import type { Weekday } from "./field.ts";

/** Hours on some days of the week, by the clock on the wall of the schedule's time zone. */
export interface WeeklyWindow {
  readonly days: readonly Weekday[];
  /** `HH:MM`, included. Midnight when left out. */
  readonly from?: string;
  /** `HH:MM` or `24:00`, not included. Not after `from`: ends on the next day. Midnight at the day's end when left out. */
  readonly to?: string;
}

/** Days of every year, both included. A season that ends before it begins runs over the new year. */
export interface Season {
  /** `MM-DD`. */
  readonly from: string;
  /** `MM-DD`. */
  readonly to: string;
}

/**
 * All parts that are given must hold. The clock on the wall decides: an hour that it skips when summer time begins has
 * no window, an hour that it shows twice has its window twice.
 */
export interface Schedule {
  /** RFC 3339, included. */
  readonly from?: string;
  /** RFC 3339, not included. */
  readonly until?: string;
  /** IANA name; needed by hours and seasons. */
  readonly timeZone?: string;
  /** One of them must hold. They may not overlap. */
  readonly weekly?: readonly WeeklyWindow[];
  /** One of them must hold. They may not overlap. */
  readonly yearly?: readonly Season[];
}
