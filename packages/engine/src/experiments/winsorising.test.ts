import { describe, expect, it } from "vitest";
import { compareStatistics } from "./adjustment.ts";
import { meanStatistic } from "./statistic.ts";
import { winsorise } from "./winsorising.ts";

/** A hundred buyers among a thousand visitors, from 1.00 to 100.00. */
const ordinary = Array.from({ length: 1000 }, (_, visitor) => (visitor < 100 ? 100 * (visitor + 1) : 0));

describe("winsorised revenue", () => {
  it("keeps one order for a whole company from deciding the month", () => {
    const wholesale = ordinary.with(0, 5_000_000);
    const plain = compareStatistics(meanStatistic(ordinary), meanStatistic(wholesale), { difference: "absolute" });
    const { columns, capped, cap } = winsorise([ordinary, wholesale]);
    const capping = compareStatistics(meanStatistic(columns[0]), meanStatistic(columns[1]), { difference: "absolute" });
    expect(plain.value).toBeGreaterThan(4000);
    expect(Math.abs(capping.value)).toBeLessThan(20);
    expect(cap).toBe(10_000);
    expect(capped).toEqual([0, 1]);
  });

  it("takes the cap from buyers of all arms, since most visitors buy nothing", () => {
    const { cap } = winsorise([ordinary, ordinary], { percentile: 0.5 });
    expect(cap).toBe(5050);
    expect(winsorise([ordinary], { percentile: 0.5, ofBuyersOnly: false }).cap).toBe(0);
  });

  it("cuts nothing where nobody bought", () => {
    expect(winsorise([[0, 0], [0]])).toMatchObject({ cap: undefined, capped: [0, 0] });
  });

  it("says which value is none", () => {
    expect(() => winsorise([[1], [1, NaN]])).toThrow("columns[1][1]");
  });
});
