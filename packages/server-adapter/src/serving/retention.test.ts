import { describe, expect, it } from "vitest";
import { expired, keptDays } from "./retention.ts";

const now = Date.UTC(2026, 5, 15);
const day = 86_400_000;
const aged = (...ages: number[]) => ages.map((age) => ({ age, servedUntil: now - age * day, bytes: 10 }));
const goes = (entries: ReturnType<typeof aged>, least: number, bytes: number) =>
  expired(entries, { least, bytes, now }).map(({ age }) => age);

describe("what served", () => {
  it("is kept for some days", () => {
    expect(goes(aged(0, 1, keptDays, keptDays + 1), 1, 1000)).toEqual([keptDays + 1]);
  });

  it("goes earlier where there is no room for it, the oldest first", () => {
    expect(goes(aged(0, 1, 2, 3), 1, 25)).toEqual([2, 3]);
  });

  it("stays in any case while it is among the newest", () => {
    expect(goes(aged(30, 40, 50), 2, 5)).toEqual([50]);
  });
});
