import { describe, expect, it } from "vitest";
import { money, share } from "./figure.ts";

describe("figures", () => {
  it("give shares Wilson's interval", () => {
    // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3: 81 of 263.
    const { value, interval } = share(81, 263);
    expect(value).toBeCloseTo(0.308, 3);
    expect(interval?.lower).toBeCloseTo(0.2553, 4);
    expect(interval?.upper).toBeCloseTo(0.3662, 4);
  });

  it("keep shares of nothing and of everything inside 0 and 1", () => {
    // The same table: 0 of 20 gives 0 to 0.1611.
    expect(share(0, 20).interval?.lower).toBe(0);
    expect(share(0, 20).interval?.upper).toBeCloseTo(0.1611, 4);
    expect(share(20, 20).interval?.upper).toBe(1);
  });

  it("round money to whole minor units", () => {
    const rounded = money(1999.6, "GBP", { lower: 1.2, upper: 2.5, level: 0.9 });
    expect(rounded).toEqual({
      value: 2000,
      unit: "money",
      currency: "GBP",
      interval: { lower: 1, upper: 3, level: 0.9 },
    });
  });
});
