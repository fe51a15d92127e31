import { describe, expect, it } from "vitest";
import { type DateStyleOptions, readDates } from "./date-order.ts";

const defaults: DateStyleOptions = { timeZone: "UTC", now: Date.parse("2024-06-30T12:00:00Z"), fallback: "day-first" };

function read(texts: readonly string[], options: Partial<DateStyleOptions> = {}) {
  const { style, at } = readDates(texts, new Uint32Array(texts.length).fill(1), { ...defaults, ...options });
  const times = Array.from(at, (time) =>
    Number.isNaN(time) ? "unreadable" : new Date(time).toISOString().replace(".000Z", "Z"),
  );
  return { style, times };
}

describe("times", () => {
  it.each([
    ["2024-01-15T10:23:45Z", "2024-01-15T10:23:45Z"],
    ["2024-01-15T10:23:45.678+02:00", "2024-01-15T08:23:45.678Z"],
    ["2024-01-15 10:23:45 -0500", "2024-01-15T15:23:45Z"],
    ["2024-01-15 10:23:45 UTC", "2024-01-15T10:23:45Z"],
    ["2024-01-15 10:23", "2024-01-15T10:23:00Z"],
    ["2024-01-15", "2024-01-15T00:00:00Z"],
    ["2024/1/5 9:03", "2024-01-05T09:03:00Z"],
    ["20240115", "2024-01-15T00:00:00Z"],
    ["20240115102345", "2024-01-15T10:23:45Z"],
    ["15.01.2024", "2024-01-15T00:00:00Z"],
    ["15.1.24 9:03", "2024-01-15T09:03:00Z"],
    ["15/01/2024 10:23", "2024-01-15T10:23:00Z"],
    ["1/15/2024 1:05 PM", "2024-01-15T13:05:00Z"],
    ["1/15/2024 12:05 AM", "2024-01-15T00:05:00Z"],
    ["Jan 15, 2024 10:23 pm", "2024-01-15T22:23:00Z"],
    ["15 January 2024", "2024-01-15T00:00:00Z"],
    ["15-Jan-24", "2024-01-15T00:00:00Z"],
    ["Mon, 15 Jan 2024 10:23:45 +0000", "2024-01-15T10:23:45Z"],
    ["1705314225", "2024-01-15T10:23:45Z"],
    ["1705314225000", "2024-01-15T10:23:45Z"],
    ["45306.5", "2024-01-15T12:00:00Z"],
  ])("are read: %s", (text, expected) => {
    expect(read([text]).times).toEqual([expected]);
  });

  it.each(["", "soon", "2024-02-30", "31.11.2024", "13/13/2024", "2024-01-15 25:00", "12", "2024"])(
    "are not read: %j",
    (text) => {
      expect(read([text]).times).toEqual(["unreadable"]);
    },
  );

  it("without a zone are those of the shop's place, in winter and in summer", () => {
    expect(read(["2024-01-15 10:00", "2024-07-15 10:00"], { timeZone: "Europe/Berlin" }).times).toEqual([
      "2024-01-15T09:00:00Z",
      "2024-07-15T08:00:00Z",
    ]);
  });

  it("that the clock skips or passes twice stand where clocks would put them", () => {
    expect(read(["2024-03-31 02:30", "2024-10-27 02:30"], { timeZone: "Europe/Berlin" }).times).toEqual([
      "2024-03-31T01:30:00Z",
      "2024-10-27T00:30:00Z",
    ]);
  });
});

describe("day and month in figures", () => {
  it("are told apart by a day above 12 anywhere in the file", () => {
    expect(read(["3/4/2024", "3/25/2024"])).toMatchObject({
      style: { order: "month-first", because: "evidence" },
      times: ["2024-03-04T00:00:00Z", "2024-03-25T00:00:00Z"],
    });
    expect(read(["3/4/2024", "25/3/2024"])).toMatchObject({
      style: { order: "day-first", because: "evidence" },
      times: ["2024-04-03T00:00:00Z", "2024-03-25T00:00:00Z"],
    });
  });

  it("follow the majority where a file has both, and say so", () => {
    const { style, times } = read(["3/4/2024", "25/3/2024", "26/3/2024", "3/27/2024"]);
    expect(style).toMatchObject({ order: "day-first", dayFirstRows: 2, monthFirstRows: 1 });
    expect(times).toEqual([
      "2024-04-03T00:00:00Z",
      "2024-03-25T00:00:00Z",
      "2024-03-26T00:00:00Z",
      "2024-03-27T00:00:00Z",
    ]);
  });

  it("are not read in an order that makes days of the future", () => {
    expect(read(["1/9/2024", "2/8/2024"]).style).toMatchObject({ order: "month-first", because: "future" });
  });

  it("are read in the order in which the rows ascend", () => {
    const days = ["1/1", "1/5", "1/9", "2/2", "2/6", "2/10", "3/3", "3/7", "3/11", "4/1", "4/6", "4/12", "5/2", "5/9"];
    const texts = days.map((day) => `${day}/2023`);
    expect(read(texts).style).toMatchObject({ order: "month-first", because: "sequence" });
  });

  it("are read with the day first, and that is called an assumption, when nothing tells", () => {
    expect(read(["3/4/2024"])).toMatchObject({
      style: { order: "day-first", because: "assumed", ambiguousRows: 1 },
      times: ["2024-04-03T00:00:00Z"],
    });
  });

  it("are read as the merchant says", () => {
    expect(read(["3/4/2024", "25/3/2024"], { given: "month-first" }).times).toEqual([
      "2024-03-04T00:00:00Z",
      "2024-03-25T00:00:00Z",
    ]);
  });
});
