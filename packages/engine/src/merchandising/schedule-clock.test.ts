import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { createZoneOffsets } from "../history/time-zone.ts";
import { assertSchedule } from "./check-schedule.ts";
import { weekdays } from "./field.ts";
import type { Schedule } from "./schedule.ts";
import { createScheduleClock } from "./schedule-clock.ts";

const minute = 60_000;
const hour = 60 * minute;

/** The spans in which a schedule holds, from one instant to another. */
function spansOf(schedule: Schedule, from: string, to: string): string[] {
  assertSchedule(schedule, "schedule");
  const clock = createScheduleClock(schedule);
  const spans: string[] = [];
  const end = Date.parse(to);
  for (let at = Date.parse(from); at < end; at = clock.nextChange(at)) {
    const next = Math.min(end, clock.nextChange(at));
    if (clock.isActive(at)) spans.push(`${show(at)} - ${show(next)}`);
  }
  return spans;
}

const show = (at: number): string => new Date(at).toISOString().slice(0, 16);
const daily = (timeZone: string, from: string, to: string): Schedule => ({
  timeZone,
  weekly: [{ days: [...weekdays], from, to }],
});

describe("a schedule by the clock on the wall", () => {
  it("leaves out what the clock skips when summer time begins in London", () => {
    // 29 March 2026: 01:00 becomes 02:00.
    const spans = spansOf(daily("Europe/London", "00:30", "02:30"), "2026-03-28T12:00Z", "2026-03-30T12:00Z");
    expect(spans).toEqual(["2026-03-29T00:30 - 2026-03-29T01:30", "2026-03-29T23:30 - 2026-03-30T01:30"]);
  });

  it("has no window on the day on which the clock skips all of it", () => {
    const spans = spansOf(daily("Europe/London", "01:15", "01:45"), "2026-03-28T12:00Z", "2026-03-30T12:00Z");
    expect(spans).toEqual(["2026-03-30T00:15 - 2026-03-30T00:45"]);
  });

  it("has a window twice when the clock shows it twice, in New York", () => {
    // 1 November 2026: 02:00 becomes 01:00.
    const spans = spansOf(daily("America/New_York", "01:15", "01:45"), "2026-11-01T00:00Z", "2026-11-02T00:00Z");
    expect(spans).toEqual(["2026-11-01T05:15 - 2026-11-01T05:45", "2026-11-01T06:15 - 2026-11-01T06:45"]);
  });

  it("holds through an hour that is shown twice", () => {
    const spans = spansOf(daily("America/New_York", "00:30", "02:30"), "2026-11-01T00:00Z", "2026-11-02T00:00Z");
    expect(spans).toEqual(["2026-11-01T04:30 - 2026-11-01T07:30"]);
  });

  it("knows clocks that stand half an hour from the others, and that change by half an hour", () => {
    expect(spansOf(daily("Asia/Kolkata", "09:00", "10:00"), "2026-06-01T00:00Z", "2026-06-02T00:00Z")).toEqual([
      "2026-06-01T03:30 - 2026-06-01T04:30",
    ]);
    // Lord Howe, 5 April 2026: 02:00 becomes 01:30, at 15:00 UTC the day before.
    expect(spansOf(daily("Australia/Lord_Howe", "01:40", "01:50"), "2026-04-04T12:00Z", "2026-04-05T12:00Z")).toEqual([
      "2026-04-04T14:40 - 2026-04-04T14:50",
      "2026-04-04T15:10 - 2026-04-04T15:20",
    ]);
  });

  it("runs past midnight, and over the end of the week", () => {
    const sunday: Schedule = { timeZone: "UTC", weekly: [{ days: ["sunday"], from: "22:00", to: "02:00" }] };
    // 7 June 2026 is a Sunday.
    expect(spansOf(sunday, "2026-06-05T00:00Z", "2026-06-13T00:00Z")).toEqual(["2026-06-07T22:00 - 2026-06-08T02:00"]);
  });

  it("keeps seasons, also over the new year, on the days of its own place", () => {
    const winter: Schedule = { timeZone: "Europe/Berlin", yearly: [{ from: "12-20", to: "01-06" }] };
    expect(spansOf(winter, "2026-06-01T00:00Z", "2028-06-01T00:00Z")).toEqual([
      "2026-12-19T23:00 - 2027-01-06T23:00",
      "2027-12-19T23:00 - 2028-01-06T23:00",
    ]);
  });

  it("finds the leap day that falls on a Monday, decades ahead, and sees that an end comes first", () => {
    const rare: Schedule = {
      timeZone: "UTC",
      weekly: [{ days: ["monday"] }],
      yearly: [{ from: "02-29", to: "02-29" }],
    };
    const at = Date.parse("2026-06-01T00:00Z");
    expect(show(createScheduleClock(rare).nextChange(at))).toBe("2044-02-29T00:00");
    expect(createScheduleClock({ ...rare, until: "2040-01-01T00:00:00Z" }).nextChange(at)).toBe(Infinity);
  });

  it("cuts windows at its beginning and its end", () => {
    const schedule = { ...daily("UTC", "08:00", "18:00"), from: "2026-06-01T12:00:00Z", until: "2026-06-02T09:00:00Z" };
    expect(spansOf(schedule, "2026-05-30T00:00Z", "2026-06-10T00:00Z")).toEqual([
      "2026-06-01T12:00 - 2026-06-01T18:00",
      "2026-06-02T08:00 - 2026-06-02T09:00",
    ]);
  });

  it("holds always where nothing is said, and never changes", () => {
    const clock = createScheduleClock({});
    expect([clock.isActive(0), clock.nextChange(0)]).toEqual([true, Infinity]);
  });

  it("holds exactly while the clock on the wall shows a time within, and changes when it said it would", () => {
    const zone = fc.constantFrom("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
    const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
      const pad = (number: number): string => String(number).padStart(2, "0");
      return `${pad(Math.floor(quarter / 4))}:${pad((quarter % 4) * 15)}`;
    });
    // The four changes of summer time in 2026, and a day without one.
    const around = fc.constantFrom("2026-03-08", "2026-03-29", "2026-04-04", "2026-10-03", "2026-10-25", "2026-11-01");
    fc.assert(
      fc.property(
        zone,
        time,
        time,
        fc.subarray([...weekdays], { minLength: 1 }),
        around,
        (timeZone, from, to, days, date) => {
          const clock = createScheduleClock({ timeZone, weekly: [{ days, from, to }] });
          const offsetAt = createZoneOffsets(timeZone);
          const wanted = (at: number): boolean => {
            const wall = new Date(at + offsetAt(at)).toISOString();
            const today = weekdays[(new Date(at + offsetAt(at)).getUTCDay() + 6) % 7];
            const yesterday = weekdays[(weekdays.indexOf(today) + 6) % 7];
            const now = wall.slice(11, 16);
            if (from < to) return days.includes(today) && now >= from && now < to;
            return (days.includes(today) && now >= from) || (days.includes(yesterday) && now < to);
          };
          const start = Date.parse(`${date}T00:00Z`) - 12 * hour;
          const next = clock.nextChange(start);
          for (let at = start; at < start + 48 * hour; at += 15 * minute) {
            expect(clock.isActive(at)).toBe(wanted(at));
            if (at < next) expect(wanted(at)).toBe(wanted(start));
          }
          if (next < Infinity) expect([wanted(next - 1), wanted(next)]).toEqual([wanted(start), !wanted(start)]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("the check of a schedule", () => {
  const refusal = (schedule: unknown): string => {
    try {
      assertSchedule(schedule, "schedule");
      return "none";
    } catch (error) {
      return error instanceof InvalidInput ? error.message : String(error);
    }
  };

  it("refuses windows and seasons that overlap, and says which to join", () => {
    const weekly = [
      { days: ["monday"], from: "09:00", to: "12:00" },
      { days: ["sunday", "monday"], from: "11:00", to: "13:00" },
    ];
    expect(refusal({ timeZone: "UTC", weekly })).toContain(
      "schedule.weekly[1] must be a window that does not overlap schedule.weekly[0]; join the two, or cut one",
    );
    const overMidnight = [
      { days: ["sunday"], from: "22:00", to: "02:00" },
      { days: ["monday"], from: "01:00", to: "03:00" },
    ];
    expect(refusal({ timeZone: "UTC", weekly: overMidnight })).toContain("schedule.weekly[1]");
    const yearly = [
      { from: "12-01", to: "01-10" },
      { from: "01-10", to: "02-01" },
    ];
    expect(refusal({ timeZone: "UTC", yearly })).toContain("schedule.yearly[1]");
  });

  it("refuses what no clock or calendar shows", () => {
    expect(refusal({ timeZone: "Mars/Olympus" })).toContain("schedule.timeZone must be an IANA time zone");
    expect(refusal({ weekly: [{ days: ["monday"] }] })).toContain("schedule.timeZone");
    expect(refusal({ timeZone: "UTC", weekly: [{ days: ["mondy"] }] })).toContain('did you mean "monday"?');
    expect(refusal({ timeZone: "UTC", weekly: [{ days: ["monday"], from: "25:00" }] })).toContain("weekly[0].from");
    expect(refusal({ timeZone: "UTC", yearly: [{ from: "02-30", to: "03-01" }] })).toContain("yearly[0].from");
    expect(refusal({ from: "2026-06-01" })).toContain("schedule.from must be an RFC 3339 time");
    expect(refusal({ from: "2026-06-02T00:00:00Z", until: "2026-06-01T00:00:00Z" })).toContain("schedule.until");
  });
});
