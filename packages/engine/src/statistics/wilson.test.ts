import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { wilsonInterval } from "./wilson.ts";

describe("Wilson's interval", () => {
  it("is that of the literature", () => {
    // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
    for (const [part, whole, lower, upper] of [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ]) {
      const interval = wilsonInterval(part, whole);
      expect(interval.lower).toBeCloseTo(lower, 4);
      expect(interval.upper).toBeCloseTo(upper, 4);
    }
  });

  it("ends exactly at 0 and 1 where none or all count", () => {
    expect(wilsonInterval(0, 20).lower).toBe(0);
    expect(wilsonInterval(20, 20).upper).toBe(1);
  });

  it("widens with the confidence asked for", () => {
    const [usual, sure] = [wilsonInterval(5, 50, 0.95), wilsonInterval(5, 50, 0.99)];
    expect(sure.lower).toBeLessThan(usual.lower);
    expect(sure.upper).toBeGreaterThan(usual.upper);
  });

  it.each([
    [3, 2, 0.95, "part"],
    [-1, 2, 0.95, "part"],
    [0, 0, 0.95, "whole"],
    [1, 2, 1, "confidence"],
  ])("refuses %d of %d at %d", (part, whole, confidence, option) => {
    expect(() => wilsonInterval(part, whole, confidence)).toThrow(InvalidOption);
    expect(() => wilsonInterval(part, whole, confidence)).toThrow(option);
  });
});
