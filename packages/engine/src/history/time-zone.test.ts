import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { createZoneOffsets } from "./time-zone.ts";

const hours = (at: string, zone: string): number => createZoneOffsets(zone)(Date.parse(at)) / 3_600_000;

describe("the clock of a place", () => {
  it("knows daylight saving to the quarter of an hour", () => {
    const offsetAt = createZoneOffsets("Europe/Berlin");
    expect(offsetAt(Date.parse("2026-03-29T00:59:59Z"))).toBe(3_600_000);
    expect(offsetAt(Date.parse("2026-03-29T01:00:00Z"))).toBe(7_200_000);
    expect(offsetAt(Date.parse("2026-10-25T00:59:59Z"))).toBe(7_200_000);
    expect(offsetAt(Date.parse("2026-10-25T01:00:00Z"))).toBe(3_600_000);
  });

  it("knows odd zones", () => {
    expect(hours("2026-07-01T00:00:00Z", "Asia/Kathmandu")).toBe(5.75);
    expect(hours("2026-07-01T00:00:00Z", "America/St_Johns")).toBe(-2.5);
    expect(hours("2026-01-01T12:00:00Z", "Australia/Lord_Howe")).toBe(11);
    expect(hours("2026-07-01T12:00:00Z", "Australia/Lord_Howe")).toBe(10.5);
    expect(hours("1969-12-31T23:00:00Z", "UTC")).toBe(0);
  });

  it("refuses zones and moments that do not exist", () => {
    expect(() => createZoneOffsets("Mars/Olympus")).toThrow(InvalidOption);
    expect(() => createZoneOffsets("UTC")(NaN)).toThrow(InvalidInput);
    expect(() => createZoneOffsets("UTC")(Infinity)).toThrow(InvalidInput);
  });
});
