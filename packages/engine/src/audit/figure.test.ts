import { describe, expect, it } from "vitest";
import { wilsonInterval } from "../statistics/index.ts";
import { money, share } from "./figure.ts";

describe("figures", () => {
  it("give shares with the interval that belongs to them", () => {
    expect(share(81, 263)).toEqual({
      value: 81 / 263,
      unit: "share",
      interval: { ...wilsonInterval(81, 263), level: 0.95 },
    });
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
