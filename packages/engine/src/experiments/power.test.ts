import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random/generator.ts";
import { compareMeans } from "./effects.ts";
import { planInWords } from "./plan-words.ts";
import { detectableLift, planDuration, planHoldout, revenuePerVisitor } from "./power.ts";

describe("planning a holdout", () => {
  /**
   * Kohavi, Longbotham, Sommerfield and Henne, "Controlled experiments on the web: survey and practical guide" (2009),
   * section 3.2: 5 % of visitors buy for 75 dollars on average, so 3.75 a visitor, with a standard deviation of 30
   * dollars a visitor; a change of 5 % takes 16 x 30^2 / (3.75 x 0.05)^2 = 409,600 visitors an arm. An order value
   * deviation of 112.50 gives those 30 dollars. Their 16 stands for 2 (1.959964 + 0.841621)^2 = 15.6978.
   */
  it("agrees with the worked example of the literature", () => {
    const traffic = {
      visitorsPerWeek: 100_000,
      conversionRate: 0.05,
      averageOrderValue: 7500,
      orderValueDeviation: 11_250,
    };
    const plan = planHoldout({ ...traffic, holdoutShare: 0.5, minimumDetectableLift: 0.05 });
    expect(plan.revenuePerVisitor).toBe(375);
    expect(plan.revenueDeviation).toBeCloseTo(3000, 9);
    expect(plan.visitorsNeeded / 2 / 409_600).toBeCloseTo(15.697_759 / 16, 5);
  });

  /** The same guide: conversion of 5 %, change of 5 %: 16 x 0.05 x 0.95 / (0.05 x 0.05)^2 = 121,600 an arm. */
  it("reduces to a test of proportions when every order is worth the same", () => {
    const traffic = { visitorsPerWeek: 1000, conversionRate: 0.05, averageOrderValue: 1, orderValueDeviation: 0 };
    const plan = planHoldout({ ...traffic, holdoutShare: 0.5, minimumDetectableLift: 0.05 });
    expect(plan.visitorsNeeded / 2 / 121_600).toBeCloseTo(15.697_759 / 16, 5);
  });

  const shop = { visitorsPerWeek: 5000, conversionRate: 0.03, averageOrderValue: 6000, orderValueDeviation: 4500 };

  it("takes longer with a thin holdout, by the ratio of the arms", () => {
    const even = planHoldout({ ...shop, holdoutShare: 0.5, minimumDetectableLift: 0.05 });
    const thin = planHoldout({ ...shop, holdoutShare: 0.1, minimumDetectableLift: 0.05 });
    // (1 / 0.1 + 1 / 0.9) / (1 / 0.5 + 1 / 0.5) = 2.7778
    expect(thin.visitorsNeeded / even.visitorsNeeded).toBeCloseTo(25 / 9, 4);
  });

  it("says what the holdout forgoes if the gain is real", () => {
    const plan = planHoldout({ ...shop, minimumDetectableLift: 0.05 });
    expect(plan.costIfReal).toBeCloseTo(plan.weeks * 5000 * 0.1 * 0.05 * 0.03 * 6000, -1);
    expect(plan.visitorsPerWeekNeeded).toBe(Math.ceil(plan.visitorsNeeded / 8));
  });

  it("finds the detectable gain of exactly the time it asked for", () => {
    const traffic = fc.record({
      visitorsPerWeek: fc.integer({ min: 10, max: 1_000_000 }),
      conversionRate: fc.double({ min: 0.001, max: 1, noNaN: true }),
      averageOrderValue: fc.integer({ min: 1, max: 100_000 }),
      orderValueDeviation: fc.integer({ min: 1, max: 100_000 }),
    });
    const lifts = fc.double({ min: 0.005, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(traffic, lifts, (traffic, minimumDetectableLift) => {
        const { weeks, visitorsNeeded } = planHoldout({ ...traffic, minimumDetectableLift });
        // Visitors are rounded up to whole ones, at most one too many.
        expect(detectableLift({ ...traffic, weeks })).toBeLessThanOrEqual(minimumDetectableLift * (1 + 1e-9));
        const oneLess = (weeks * (visitorsNeeded - 1)) / visitorsNeeded;
        if (oneLess > 0) {
          expect(detectableLift({ ...traffic, weeks: oneLess })).toBeGreaterThanOrEqual(
            minimumDetectableLift * (1 - 1e-9),
          );
        }
      }),
    );
  });

  it("states the variance of revenue per visitor as simulated visitors show it", () => {
    const random = createRandom("visitors");
    const revenue = Float64Array.from({ length: 200_000 }, () => {
      if (random.next() >= 0.2) return 0;
      return random.next() < 0.5 ? 1000 : 5000;
    });
    const mean = revenue.reduce((sum, value) => sum + value, 0) / revenue.length;
    const variance = revenue.reduce((sum, value) => sum + (value - mean) ** 2, 0) / revenue.length;
    const stated = revenuePerVisitor({
      visitorsPerWeek: 1,
      conversionRate: 0.2,
      averageOrderValue: 3000,
      orderValueDeviation: 2000,
    });
    expect(stated).toEqual({ mean: 600, variance: 0.2 * (2000 ** 2 + 3000 ** 2) - 600 ** 2 });
    expect(mean / stated.mean).toBeCloseTo(1, 1);
    expect(variance / stated.variance).toBeCloseTo(1, 1);
  });

  it("takes longer when it may be judged every day, and then does find the gain", () => {
    const options = { ...shop, holdoutShare: 0.5, minimumDetectableLift: 0.1, tunedFor: 100_000 };
    const once = planHoldout(options);
    const daily = planHoldout({ ...options, interval: "sequential" });
    expect(daily.visitorsNeeded).toBeGreaterThan(1.5 * once.visitorsNeeded);
    expect(daily.visitorsNeeded).toBeLessThan(4 * once.visitorsNeeded);
    // A gain that turns out as large as power asks for is proven at that very look.
    const count = daily.visitorsNeeded / 2;
    const { mean, variance } = revenuePerVisitor(shop);
    const luck = 0.841_621_2 * Math.sqrt((2 * variance) / count);
    const holdout = { count, mean, variance };
    const gained = (bad: number) => ({ count, mean: 1.1 * mean - bad * luck, variance });
    const compare = (bad: number) =>
      compareMeans(holdout, gained(bad), { difference: "absolute", tunedFor: 100_000 }).lower;
    expect(compare(1)).toBeGreaterThan(-1e-3);
    expect(compare(1.1)).toBeLessThan(0);
  });

  it("plans for any metric whose mean and spread are known", () => {
    const { mean, variance } = revenuePerVisitor(shop);
    const known = { mean, standardDeviation: Math.sqrt(variance), visitorsPerWeek: shop.visitorsPerWeek };
    expect(planDuration({ ...known, minimumDetectableLift: 0.05 })).toEqual(
      planHoldout({ ...shop, minimumDetectableLift: 0.05 }),
    );
  });

  it("says how long the shop needs and what the holdout costs", () => {
    const busy = { ...shop, visitorsPerWeek: 50_000 };
    expect(planInWords(planHoldout({ ...busy, minimumDetectableLift: 0.1 }), { currency: "EUR" })).toBe(
      "Your shop needs nine weeks (445,497 visitors) to prove a gain of 10% in revenue per visitor. Until then the holdout of 10% forgoes €8,018.95 if the gain is real.",
    );
  });

  it("says what can be proved sooner where the wait is too long", () => {
    const words = planInWords(planHoldout({ ...shop, minimumDetectableLift: 0.05 }), { currency: "JPY" });
    expect(words).toContain("That is too long to wait: within eight weeks it can prove a gain of 33.4% or more.");
    expect(words).toContain("¥");
  });

  it("refuses what no holdout can be planned with", () => {
    expect(() => planHoldout({ ...shop, minimumDetectableLift: 0 })).toThrow(/minimumDetectableLift/);
    expect(() => planHoldout({ ...shop, minimumDetectableLift: 0.1, holdoutShare: 1 })).toThrow(/holdoutShare/);
    expect(() => planHoldout({ ...shop, minimumDetectableLift: 0.1, conversionRate: 0 })).toThrow(/conversionRate/);
    expect(() => planHoldout({ ...shop, minimumDetectableLift: 0.1, visitorsPerWeek: 0 })).toThrow(/visitorsPerWeek/);
    expect(() => detectableLift({ ...shop, weeks: 0 })).toThrow(/weeks/);
  });

  it("says so where no number of visitors proves a gain, also of plans for every day", () => {
    for (const interval of ["fixed", "sequential"] as const) {
      const plan = () => planHoldout({ ...shop, minimumDetectableLift: 1e-300, interval });
      expect(plan).toThrow(expect.objectContaining({ option: "minimumDetectableLift" }));
    }
    const { visitorsNeeded } = planHoldout({ ...shop, minimumDetectableLift: 1e-5, interval: "sequential" });
    expect(visitorsNeeded).toBeGreaterThan(1e12);
  });
});
