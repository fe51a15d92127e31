import { describe, expect, it } from "vitest";
import { checkSampleRatio } from "./sample-ratio.ts";
import { shareWithInterval } from "./share.ts";

describe("the sizes of arms", () => {
  it("raise an alarm when they cannot be chance", () => {
    // Golden value: lukasvermeer/srm, pull request 14.
    const { chiSquare, pValue, alarm } = checkSampleRatio([9463, 7681], [0.5, 0.5]);
    expect(chiSquare).toBeCloseTo(185.2, 1);
    expect(pValue).toBeLessThan(2.2e-16);
    expect(alarm).toBe(true);
  });

  it("raise none when they are as meant, in any unit of shares", () => {
    expect(checkSampleRatio([950, 50], [95, 5])).toEqual({ chiSquare: 0, pValue: 1, alarm: false });
    expect(checkSampleRatio([9500, 560], [0.95, 0.05]).alarm).toBe(false);
  });

  it("raise none from a handful of visitors", () => {
    expect(checkSampleRatio([20, 9], [0.95, 0.05]).alarm).toBe(false);
  });

  it("are counts", () => {
    for (const units of [NaN, -1, 0.5, Infinity]) {
      expect(() => checkSampleRatio([10, units], [0.5, 0.5])).toThrow(/observed\[1\]/);
    }
    expect(() => checkSampleRatio([10, 20], [1, Infinity])).toThrow(/shares/);
  });

  it("need a share for each arm", () => {
    expect(() => checkSampleRatio([1, 2], [1])).toThrow("shares");
    expect(() => checkSampleRatio([1, 2], [1, 0])).toThrow("shares[1]");
  });
});

describe("a share", () => {
  it("has Wilson's interval", () => {
    // As R's prop.test(10, 100, correct = FALSE) has it.
    const { value, lower, upper } = shareWithInterval(10, 100);
    expect([value, lower, upper].map((figure) => Number(figure.toFixed(7)))).toEqual([0.1, 0.0552291, 0.1743657]);
  });

  it("stays between nothing and everything", () => {
    expect(shareWithInterval(0, 3).lower).toBe(0);
    expect(shareWithInterval(3, 3).upper).toBe(1);
    expect(shareWithInterval(0, 0)).toMatchObject({ lower: 0, upper: 1 });
    expect(() => shareWithInterval(4, 3)).toThrow("successes");
  });
});
