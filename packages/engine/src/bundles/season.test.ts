import { describe, expect, it } from "vitest";
import { isBundleActive, seasonAt } from "./season.ts";

const at = (time: string): number => Date.parse(time);

describe("seasons", () => {
  const christmas = { from: "11-15", to: "12-26" };

  it("begin and end at midnight where the shop is, not in UTC", () => {
    expect(seasonAt(christmas, at("2026-11-14T22:59:59Z"), "Europe/Berlin").isOpen).toBe(false);
    expect(seasonAt(christmas, at("2026-11-14T23:00:00Z"), "Europe/Berlin")).toEqual({
      isOpen: true,
      endsAt: at("2026-12-26T23:00:00Z"),
    });
    expect(seasonAt(christmas, at("2026-11-14T23:00:00Z"), "America/New_York").isOpen).toBe(false);
  });

  it("come every year, over New Year too, and say when the next one begins", () => {
    const winter = { from: "12-20", to: "01-06" };
    expect(seasonAt(winter, at("2027-01-02T12:00:00Z"), "UTC").endsAt).toBe(at("2027-01-07T00:00:00Z"));
    expect(seasonAt(winter, at("2026-12-20T00:00:00Z"), "UTC").endsAt).toBe(at("2027-01-07T00:00:00Z"));
    expect(seasonAt(winter, at("2027-01-07T00:00:00Z"), "UTC")).toEqual({
      isOpen: false,
      startsAt: at("2027-12-20T00:00:00Z"),
    });
  });

  it("with a year come once", () => {
    const jubilee = { from: "2026-05-01", to: "2026-05-31" };
    expect(seasonAt(jubilee, at("2026-05-31T23:59:59Z"), "UTC").isOpen).toBe(true);
    expect(seasonAt(jubilee, at("2026-06-01T00:00:00Z"), "UTC")).toEqual({ isOpen: false });
  });

  it("are right on the days the clocks change, and where a day begins at one o'clock", () => {
    expect(seasonAt({ from: "03-29", to: "03-29" }, at("2026-03-29T21:59:59Z"), "Europe/Berlin").endsAt).toBe(
      at("2026-03-29T22:00:00Z"),
    );
    // Beirut's clocks skip midnight: 29 March 2026 begins at 01:00 local time, 22:00 UTC the day before.
    expect(seasonAt({ from: "03-29", to: "03-29" }, at("2026-03-28T12:00:00Z"), "Asia/Beirut").startsAt).toBe(
      at("2026-03-28T22:00:00Z"),
    );
  });

  it("do not switch on a bundle that is off", () => {
    expect(
      isBundleActive({ active: false, season: { from: "01-01", to: "12-31" } }, at("2026-06-01T00:00:00Z"), {
        timeZone: "UTC",
      }),
    ).toBe(false);
    expect(isBundleActive({ active: true }, at("2026-06-01T00:00:00Z"), { timeZone: "UTC" })).toBe(true);
  });

  it("are refused when a day does not exist", () => {
    expect(() => seasonAt({ from: "02-30", to: "03-01" }, 0, "UTC")).toThrow(
      'season.from must be a day of the calendar such as "12-24"',
    );
    expect(() => seasonAt({ from: "2026-05-01", to: "05-31" }, 0, "UTC")).toThrow(
      "season.to must be a day written like the first one",
    );
    expect(() => seasonAt({ from: "05-01", to: "05-31", timeZone: "Mars" }, 0, "UTC")).toThrow("season.timeZone");
  });
});
