import { describe, expect, it } from "vitest";
import { checkSampleRatio } from "./sample-ratio.ts";
import { shareWithInterval } from "./share.ts";
import { studentCdf, studentQuantile } from "./student.ts";

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

describe("Student's t", () => {
  it.each([
    [1, 12.7062047],
    [2, 4.3026527],
    [10, 2.2281389],
    [100, 1.9839715],
  ])("has the quantiles of the tables at %f degrees of freedom", (freedom, expected) => {
    expect(studentQuantile(0.975, freedom)).toBeCloseTo(expected, 7);
    expect(studentQuantile(0.025, freedom)).toBeCloseTo(-expected, 7);
  });

  it.each([0.001, 0.2, 0.5, 0.9, 0.9999])("finds the probability %f back", (probability) => {
    for (const freedom of [0.7, 3, 58.2, 1e5]) {
      expect(studentCdf(studentQuantile(probability, freedom), freedom)).toBeCloseTo(probability, 10);
    }
  });
});
