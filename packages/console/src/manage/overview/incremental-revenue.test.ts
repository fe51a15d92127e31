import { expect, it } from "vitest";
import { estimate } from "../../../test/figures.ts";
import { incrementalRevenue } from "./incremental-revenue.ts";

it("takes off what would have been earned anyway: 110 with a lift of a tenth hold 10", () => {
  const money = incrementalRevenue(110, { value: 0.1, lower: 0, upper: 0.25, level: 0.95 });
  expect(money?.value).toBeCloseTo(10, 10);
  expect(money?.lower).toBe(0);
  expect(money?.upper).toBeCloseTo(22, 10);
});

it("is a loss where recommendations cost sales", () => {
  expect(incrementalRevenue(90, estimate(-0.1, 0.02))?.value).toBeCloseTo(-10, 10);
});

it("names no amount for an interval that reaches down to nothing", () => {
  expect(incrementalRevenue(100, estimate(0.5, 1.5))).toBeUndefined();
});
