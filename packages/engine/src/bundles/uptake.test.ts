import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { estimateCannibalisation } from "./cannibalisation.ts";
import { estimateOf } from "./estimate.ts";
import { defaultUptakePrior, drawUptake, fitUptake, takeRateAt } from "./uptake.ts";

const worlds = (posterior: ReturnType<typeof fitUptake>, count = 4000) => {
  const random = createRandom("worlds");
  return Array.from({ length: count }, () => drawUptake(posterior, random));
};

describe("the uptake of a bundle", () => {
  it("without a trial is the natural rate, moved by the stated assumptions", () => {
    const posterior = fitUptake({ orders: 100_000, joint: 10_000 });
    expect(posterior.mode[0]).toBeCloseTo(Math.log(0.1 / 0.9), 3);
    expect(posterior.mode.slice(1)).toEqual([0, 0.28].map((value) => expect.closeTo(value, 9)));
    expect(takeRateAt(posterior, 0)).toBeCloseTo(0.1, 4);
    expect(takeRateAt(posterior, 10)).toBeCloseTo(1 / (1 + 9 * Math.exp(-0.28)), 3);
    const slopes = worlds(posterior).map(
      (world) =>
        Math.log(world.takeRate(10) / (1 - world.takeRate(10))) - Math.log(world.takeRate(0) / (1 - world.takeRate(0))),
    );
    const { value, lower, upper } = estimateOf(slopes, 0.95);
    expect(value).toBeCloseTo(0.28, 1);
    expect([lower, upper]).toEqual([expect.closeTo(0.28 - 1.96 * 0.15, 1), expect.closeTo(0.28 + 1.96 * 0.15, 1)]);
  });

  it("is learned from trials, which outweigh the assumptions", () => {
    const trials = [
      { discount: 0, views: 40_000, conversions: 8000 },
      { discount: 20, views: 40_000, conversions: 16_000 },
    ];
    const posterior = fitUptake({ orders: 100_000, joint: 10_000 }, trials);
    expect(takeRateAt(posterior, 0)).toBeCloseTo(0.2, 2);
    expect(takeRateAt(posterior, 20)).toBeCloseTo(0.4, 2);
    const { lower, upper } = estimateOf(
      worlds(posterior).map((world) => world.takeRate(20)),
      0.95,
    );
    expect(upper - lower).toBeLessThan(0.02);
  });

  it("never falls with a higher discount, in any world", () => {
    const posterior = fitUptake({ orders: 50, joint: 2 }, [], {
      ...defaultUptakePrior,
      slope: { mean: 0, deviation: 1 },
    });
    for (const world of worlds(posterior, 500)) expect(world.takeRate(30)).toBeGreaterThanOrEqual(world.takeRate(0));
  });

  it("is defined where nothing was ever seen", () => {
    const { value, lower, upper } = estimateOf(
      worlds(fitUptake({ orders: 0, joint: 0 })).map((world) => world.takeRate(10)),
      0.95,
    );
    expect(value).toBeGreaterThan(0.3);
    expect(lower).toBeLessThan(0.1);
    expect(upper).toBeGreaterThan(0.9);
  });

  it("refuses counts that cannot be", () => {
    expect(() => fitUptake({ orders: 10, joint: 11 })).toThrow(
      "natural.joint must be at most the orders with the anchor (10)",
    );
    expect(() => fitUptake({ orders: 10, joint: 1 }, [{ discount: 120, views: 1, conversions: 0 }])).toThrow(
      "trials[0].discount",
    );
  });
});

describe("cannibalisation", () => {
  it("is half where half the buyers would have bought everything anyway", () => {
    const { share, incrementalRate } = estimateCannibalisation(
      { orders: 100_000, joint: 3000 },
      { views: 100_000, conversions: 6000 },
    );
    expect(share.value).toBeCloseTo(0.5, 2);
    expect(incrementalRate.value).toBeCloseTo(0.03, 3);
    expect(share.lower).toBeGreaterThan(0.47);
    expect(share.upper).toBeLessThan(0.53);
  });

  it("is all of it, never more, where the bundle sells no more than nature", () => {
    const { share, incrementalRate } = estimateCannibalisation(
      { orders: 1000, joint: 100 },
      { views: 1000, conversions: 50 },
    );
    expect(share.upper).toBe(1);
    expect(incrementalRate.upper).toBeLessThan(0);
  });

  it("has intervals that cover the truth as often as they say", () => {
    const random = createRandom("coverage");
    const coin = (rate: number, count: number): number => {
      let heads = 0;
      for (let toss = 0; toss < count; toss++) heads += Number(random.next() < rate);
      return heads;
    };
    let covered = 0;
    for (let shop = 0; shop < 200; shop++) {
      const natural = { orders: 2000, joint: coin(0.04, 2000) };
      const { share } = estimateCannibalisation(
        natural,
        { views: 1500, conversions: coin(0.08, 1500) },
        { draws: 400, seed: shop },
      );
      covered += Number(share.lower <= 0.5 && share.upper >= 0.5);
    }
    // 190 expected; five standard errors below.
    expect(covered).toBeGreaterThan(174);
  });
});
