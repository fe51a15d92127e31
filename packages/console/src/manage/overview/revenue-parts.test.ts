import { describe, expect, it } from "vitest";
import { partsOf, stacked } from "./revenue-parts.ts";

const day = (date: string, attributedByPlacement: Record<string, number>) => ({
  day: date,
  netRevenue: 10_000,
  attributedRevenue: Object.values(attributedByPlacement).reduce((sum, part) => sum + part, 0),
  attributedByPlacement,
  orders: 1,
  impressions: 1,
  clicks: 1,
});
const days = [day("2026-11-20", { pdp: 300, cart: 500 }), day("2026-11-21", { pdp: 400 })];

describe("the parts of the revenue curve", () => {
  it("are the placements by what they were credited with, under the names that merchants know", () => {
    expect(partsOf(days).map(({ name, color, on }) => [name, color, ...days.map(on)])).toEqual([
      ["Product page", "accent", 300, 400],
      ["Cart", "part-2", 500, 0],
    ]);
  });

  it("stand one upon another, and come to what is attributed in all", () => {
    const [top, bottom] = stacked(partsOf(days), days);
    expect(top).toMatchObject({ name: "Cart", values: [800, 400] });
    expect(bottom).toMatchObject({ name: "Product page", values: [300, 400] });
    expect(top.values).toEqual(days.map(({ attributedRevenue }) => attributedRevenue));
  });

  it("put placements together that would need more colours than can be told apart", () => {
    const many = Object.fromEntries(["a", "b", "c", "d", "e", "f", "g"].map((name, index) => [name, 700 - index]));
    const parts = partsOf([day("2026-11-20", many)]);
    expect(parts.map(({ name }) => name)).toEqual(["a", "b", "c", "d", "Other placements"]);
    expect(parts.at(-1)?.on(day("2026-11-20", many))).toBe(696 + 695 + 694);
  });

  it("are none where nothing was attributed", () => {
    expect(partsOf([day("2026-11-20", {})])).toEqual([]);
  });
});
