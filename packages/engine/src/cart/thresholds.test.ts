import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findThresholdOpportunities } from "./thresholds.ts";

/** Ten orders; at a threshold of 50.00 and a reach of 80 %, those from 40.00 up to 49.99 are just short. */
const values = [1000, 2500, 3999, 4000, 4500, 4800, 4999, 5000, 7000, 12_000];

describe("threshold opportunities", () => {
  it("counts orders just short of a threshold and what they lack", () => {
    const [opportunity] = findThresholdOpportunities(values, { candidates: [5000] }).opportunities;
    expect(opportunity.ordersJustShort.value).toBe(4);
    expect(opportunity.ordersAbove).toBe(3);
    expect(opportunity.shareJustShort.value).toBeCloseTo(0.4, 12);
    // Gaps of 10.00, 5.00, 2.00 and 0.01; a tenth of them tops up.
    expect(opportunity.extraRevenue.value).toBeCloseTo(0.1 * (1000 + 500 + 200 + 1), 9);
    expect(opportunity.medianGap).toBeUndefined();
  });

  it("states the exact Poisson interval of the count", () => {
    const [{ ordersJustShort }] = findThresholdOpportunities(values, { candidates: [5000] }).opportunities;
    // Garwood's interval for a count of 4, as tabulated: 1.0899 to 10.2416.
    expect(ordersJustShort.lower).toBeCloseTo(1.0899, 4);
    expect(ordersJustShort.upper).toBeCloseTo(10.2416, 4);
  });

  it("gives the median gap with an interval once there are enough orders", () => {
    const many = Array.from({ length: 99 }, (_, index) => 4901 + index);
    const [{ medianGap }] = findThresholdOpportunities(many, { candidates: [5000] }).opportunities;
    // Gaps 1 to 99: median 50; ranks 50 -+ 1.96 sqrt(99) / 2 are 39 and 60, taken one step wide.
    expect(medianGap).toEqual({ value: 50, lower: 39, upper: 61 });
  });

  it("says when an offer costs more than it brings, and where it breaks even", () => {
    const economics = { marginRate: 0.5, offerCost: 100 };
    const [{ balance }] = findThresholdOpportunities(values, { candidates: [5000], economics }).opportunities;
    // Qualifying 3 + 0.1 x 4; margin 0.5 x 170.1; cost 340.
    expect(balance?.qualifyingOrders).toBeCloseTo(3.4, 12);
    expect(balance?.net.value).toBeCloseTo(85.05 - 340, 9);
    // u (0.5 x 1701 - 400) = 300
    expect(balance?.breakEvenUptake).toBeCloseTo(300 / 450.5, 9);
    const dear = { marginRate: 0.1, offerCost: 500 };
    const [hopeless] = findThresholdOpportunities(values, { candidates: [5000], economics: dear }).opportunities;
    expect(hopeless.balance?.breakEvenUptake).toBeUndefined();
  });

  it("proposes round amounts above the median order", () => {
    const spread = Array.from({ length: 1000 }, (_, index) => 1000 + index * 9);
    const { opportunities } = findThresholdOpportunities(spread);
    // Median 54.96, 90th percentile 90.92: steps of 10.00.
    expect(opportunities.map(({ threshold }) => threshold)).toEqual([6000, 7000, 8000, 9000]);
  });

  it("has a proposal even when all orders are alike", () => {
    expect(findThresholdOpportunities([2000, 2000, 2000]).opportunities.length).toBe(1);
  });

  it("never calls itself a promise, and names its assumptions", () => {
    const analysis = findThresholdOpportunities([...values, 0, 0], { candidates: [5000] });
    expect(analysis.causal).toBe(false);
    expect(analysis.assumptions).toEqual({ reach: 0.8, uptake: 0.1, level: 0.95 });
    expect(analysis.leftOutOrders).toBe(2);
  });

  it("refuses what is not an amount, and orders without value", () => {
    expect(() => findThresholdOpportunities(values, { candidates: [49.99] })).toThrow(/candidates\[0\]/);
    expect(() => findThresholdOpportunities(values, { existing: [0] })).toThrow(/existing\[0\]/);
    expect(() => findThresholdOpportunities([0])).toThrow(/at least one order/);
    expect(() => findThresholdOpportunities(values, { uptake: 2 })).toThrow(/uptake/);
  });

  it("splits all orders into below, just short and above, with figures inside their intervals", () => {
    const orders = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(orders, fc.integer({ min: 1, max: 20_000 }), (orderValues, threshold) => {
        const [found] = findThresholdOpportunities(orderValues, { candidates: [threshold] }).opportunities;
        const below = orderValues.filter((value) => value < threshold * 0.8).length;
        expect(below + found.ordersJustShort.value + found.ordersAbove).toBe(orderValues.length);
        for (const figure of [
          found.ordersJustShort,
          found.extraRevenue,
          ...(found.medianGap ? [found.medianGap] : []),
        ]) {
          expect(figure.lower).toBeLessThanOrEqual(figure.value);
          expect(figure.upper).toBeGreaterThanOrEqual(figure.value);
        }
      }),
    );
  });
});
