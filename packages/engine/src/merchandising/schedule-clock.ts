/** Whether a schedule holds at a moment, and until when nothing changes. */
import { parseTime } from "../history/time.ts";
import { createZoneOffsets } from "../history/time-zone.ts";
import type { Schedule } from "./schedule.ts";
import { createWallWindows, day, minute, type WallWindows } from "./wall-windows.ts";

/** A schedule that has been read. */
export interface ScheduleClock {
  /** @param at milliseconds since 1970, UTC */
  isActive(at: number): boolean;
  /** The first moment after `at` at which the schedule begins or ends to hold; Infinity when it never does again. */
  nextChange(at: number): number;
}

/** Milliseconds that the clocks of a place are ahead of UTC at a moment. */
export type ZoneOffset = (at: number) => number;

/** @returns clocks by zone, each made once */
export function shareOffsets(): (timeZone: string) => ZoneOffset {
  const clocks = new Map<string, ZoneOffset>();
  return (timeZone) => {
    const clock = clocks.get(timeZone) ?? createZoneOffsets(timeZone);
    clocks.set(timeZone, clock);
    return clock;
  };
}

/** No zone is further from UTC. */
const furthestOffset = 15 * 3_600_000;
const quarterHour = 15 * minute;
/** The days of the week fall on the same dates again after 28 years, or 40 around a year like 2100. */
const horizonDays = 41 * 366;

const alwaysOpen: ScheduleClock = { isActive: () => true, nextChange: () => Infinity };

/**
 * @param schedule one that `assertRules` has passed; none holds always
 * @param offsetsOf clocks by zone, to share what they have looked up; made anew when left out
 * @example
 * const clock = createScheduleClock({ timeZone: "Europe/London", weekly: [{ days: ["friday"], from: "18:00" }] });
 * const closesAt = clock.isActive(at) ? clock.nextChange(at) : undefined;
 */
export function createScheduleClock(
  schedule?: Schedule,
  offsetsOf: (timeZone: string) => ZoneOffset = createZoneOffsets,
): ScheduleClock {
  if (!schedule) return alwaysOpen;
  const from = schedule.from === undefined ? -Infinity : parseTime(schedule.from);
  const until = schedule.until === undefined ? Infinity : parseTime(schedule.until);
  const windows = createWallWindows(schedule);
  const local = windows.isAlways ? alwaysOpen : createLocalClock(windows, offsetsOf(schedule.timeZone ?? "UTC"));
  return {
    isActive: (at) => at >= from && at < until && local.isActive(at),
    nextChange(at) {
      if (at >= until) return Infinity;
      // What the windows do before the beginning changes nothing.
      const opensAtFrom = at < from && local.isActive(from);
      const change = opensAtFrom ? from : local.nextChange(Math.max(at, from));
      if (change < until) return change;
      // The end is a change only to what holds until then.
      return at >= from && local.isActive(at) ? until : Infinity;
    },
  };
}

function createLocalClock(windows: WallWindows, offsetAt: ZoneOffset): ScheduleClock {
  const isActive = (at: number): boolean => windows.includes(at + offsetAt(at));
  return {
    isActive,
    nextChange(at) {
      const now = isActive(at);
      let moment = at;
      for (let passed = 0; passed < horizonDays; passed++) {
        const dawn = Math.floor(moment / day) * day;
        if (mayChange(windows, dawn, now)) {
          for (const next of momentsOfDay(windows, offsetAt, dawn)) {
            if (next > at && isActive(next) !== now) return next;
          }
        }
        moment = dawn + day;
      }
      return Infinity;
    },
  };
}

/** Whether some local day that touches this day of UTC is not `now` all day. Spares the runtime's tables most days. */
function mayChange(windows: WallWindows, dawn: number, now: boolean): boolean {
  const first = Math.floor((dawn - furthestOffset) / day) * day;
  for (let midnight = first; midnight <= dawn + day + furthestOffset; midnight += day) {
    if (windows.wholeDay(midnight) !== now) return true;
  }
  return false;
}

/** Moments of a day of UTC at which local windows may begin or end: boundaries, and changes of the clock. Ascending. */
function momentsOfDay({ boundaries }: WallWindows, offsetAt: ZoneOffset, dawn: number): number[] {
  const moments: number[] = [];
  for (const { from, to, offset } of steadySpans(offsetAt, dawn)) {
    moments.push(from);
    const firstDay = Math.floor((from + offset) / day) * day;
    for (let midnight = firstDay; midnight < to + offset; midnight += day) {
      for (const boundary of boundaries) {
        const at = midnight + boundary * minute - offset;
        if (at > from && at < to) moments.push(at);
      }
    }
  }
  return moments;
}

/** The parts of a day of UTC within which the clocks do not change. */
function steadySpans(offsetAt: ZoneOffset, dawn: number): { from: number; to: number; offset: number }[] {
  const end = dawn + day;
  const spans = [{ from: dawn, to: end, offset: offsetAt(dawn) }];
  if (offsetAt(end) === spans[0].offset) return spans;
  for (let at = dawn + quarterHour; at < end; at += quarterHour) {
    const last = spans[spans.length - 1];
    const offset = offsetAt(at);
    if (offset === last.offset) continue;
    last.to = at;
    spans.push({ from: at, to: end, offset });
  }
  return spans;
}
