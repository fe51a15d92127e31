import { describe, expect, it } from "vitest";
import type { Effect } from "../experiments/index.ts";
import { createRandom } from "../random/generator.ts";
import { compareOutcomes, comparePolicies } from "./compare.ts";
import { createDemoShop } from "./demo-shop/demo-shop.ts";
import { pairedLift, splitLift } from "./lift.ts";
import { createOutcomes, simulatedMetrics, type VisitOutcomes } from "./outcomes.ts";
import { bestsellersOf, showNothing } from "./policies.ts";
import { createShopperPopulation } from "./shoppers/population.ts";
import type { ShopperPolicy } from "./shoppers/policy.ts";
import { simulateVisits } from "./simulate.ts";

const shop = createDemoShop({ scale: 0.05, picture: () => "" });

/** Buying is common, so that small worlds hold enough orders for an interval. */
const buying = { cartVisits: 0.5, completedCarts: 0.8, buyersKeenness: 1 };

/** The levels that are tried: at 95 % alone, intervals that are too wide would not be noticed in so few trials. */
const levels = [0.95, 0.7];

/** How often intervals of one kind covered zero. */
interface Coverage {
  readonly what: string;
  readonly level: number;
  hits: number;
  trials: number;
}

function createCoverage(what: string): readonly Coverage[] {
  return levels.map((level) => ({ what, level, hits: 0, trials: 0 }));
}

function note(coverage: Coverage, { lower, upper }: Effect): void {
  coverage.trials++;
  if (lower <= 0 && upper >= 0) coverage.hits++;
}

/** Within four standard deviations of the binomial distribution. */
function expectNominal({ what, level, hits, trials }: Coverage): void {
  const reach = 4 * Math.sqrt(trials * level * (1 - level));
  expect(hits, `${what} at ${level}`).toBeGreaterThan(level * trials - reach);
  expect(hits, `${what} at ${level}`).toBeLessThan(level * trials + reach);
}

describe("in a null world, where shoppers ignore recommendations", () => {
  const blind = createShopperPopulation(shop, { attentiveness: 0, behaviour: buying });
  const bestsellers = bestsellersOf(blind);

  it("split intervals cover zero at their nominal rate", async () => {
    const coverages = simulatedMetrics.map((metric) => ({ metric, byLevel: createCoverage(metric) }));
    for (let trial = 0; trial < 80; trial++) {
      // The arms differ in nothing, as `simulate.test.ts` makes sure of, so that one walk serves both.
      const walked = [await simulateVisits(blind, bestsellers, { seed: `null ${trial}`, visitors: 120, months: 1 })];
      for (const { metric, byLevel } of coverages) {
        for (const coverage of byLevel) note(coverage, splitLift(walked, walked, metric, coverage.level));
      }
    }
    for (const coverage of coverages.flatMap(({ byLevel }) => byLevel)) expectNominal(coverage);
  });

  it("paired lifts and regrets are zero, and certain of it", async () => {
    const results = await comparePolicies(blind, {
      policies: { none: showNothing, oracle: bestsellers },
      seeds: ["one", "two"],
      visitors: 50,
    });
    const zero = { value: 0, lower: 0, upper: 0 };
    for (const metric of simulatedMetrics) {
      expect(results[1].lifts?.[metric].paired).toMatchObject(zero);
      expect(results[1].lifts?.[metric].overWorlds).toMatchObject(zero);
    }
    expect(results[0].regret).toMatchObject(zero);
  });
});

it("between two policies that draw by lot, paired intervals cover zero at their nominal rate", async () => {
  const clicking = createShopperPopulation(shop, { behaviour: { ...buying, clickRate: 0.2, addRate: 0.5 } });
  const random = createRandom("lots");
  const ids = clicking.productIds;
  const byLot: ShopperPolicy = () => Array.from({ length: 8 }, () => ids[random.integer(ids.length)]);
  const byLevel = createCoverage("lifetime value");
  for (let trial = 0; trial < 50; trial++) {
    const size = { seed: `lots ${trial}`, visitors: 40, months: 1 };
    const one = [await simulateVisits(clicking, byLot, size)];
    const other = [await simulateVisits(clicking, byLot, size)];
    for (const coverage of byLevel) note(coverage, pairedLift(one, other, "lifetimeValue", coverage.level));
  }
  for (const coverage of byLevel) expectNominal(coverage);
});

describe("a comparison", () => {
  /** Visitors' orders and what they paid; everybody came once. */
  const outcomes = (orders: readonly number[], revenue: readonly number[]): VisitOutcomes => ({
    ...createOutcomes(orders.length),
    visits: Uint32Array.from(orders, () => 1),
    orders: Uint32Array.from(orders),
    revenue: Float64Array.from(revenue),
    firstMonthRevenue: Float64Array.from(revenue),
    margin: Float64Array.from(revenue, (value) => value / 2),
  });
  const none = outcomes([1, 0, 1, 1], [1000, 0, 3000, 2000]);
  const mine = outcomes([1, 1, 1, 1], [1500, 1000, 3000, 2500]);

  it("tells figures and lifts that a merchant could check with a pencil", () => {
    const [control, treatment] = compareOutcomes([{ none, mine }]);
    expect(control.figures).toMatchObject({ averageOrderValue: 2000, conversion: 0.75, revenuePerVisitor: 1500 });
    expect(control.lifts).toBeUndefined();
    expect(treatment.figures).toMatchObject({ averageOrderValue: 2000, conversion: 1, marginPerVisitor: 1000 });
    expect(treatment.lifts?.averageOrderValue.paired.value).toBeCloseTo(0, 12);
    expect(treatment.lifts?.conversion.paired.value).toBeCloseTo(1 / 3, 12);
    expect(treatment.lifts?.lifetimeValue.paired.value).toBeCloseTo(1 / 3, 12);
  });

  it("pairs visitors: the interval of a sum is that of the differences", () => {
    // Relative influence of each visitor on 2000 / 1500: (t - 4/3 c) / 1500 + 1/3; mean 1/3, Student with 3 degrees.
    const { value, lower, upper } = pairedLift([none], [mine], "lifetimeValue", 0.95);
    const influence = [1500 - 4000 / 3, 1000, 3000 - 4000, 2500 - 8000 / 3].map((part) => part / 1500);
    const variance = influence.reduce((sum, part) => sum + part * part, 0) / 3;
    const reach = 3.182446305284263 * Math.sqrt(variance / 4); // qt(.975, 3) in R
    expect(value).toBeCloseTo(1 / 3, 12);
    expect(lower).toBeCloseTo(1 / 3 - reach, 9);
    expect(upper).toBeCloseTo(1 / 3 + reach, 9);
  });

  it("averages the lifts of worlds, each world counting once", () => {
    const doubled = outcomes([1, 0, 1, 1], [2000, 0, 6000, 4000]);
    const [, treatment] = compareOutcomes([
      { none, mine: none },
      { none, mine: doubled },
    ]);
    expect(treatment.lifts?.lifetimeValue.overWorlds?.value).toBeCloseTo(0.5, 12);
    expect(compareOutcomes([{ none, mine }])[1].lifts?.lifetimeValue.overWorlds).toBeUndefined();
  });

  it("counts regret in money, against the policy called oracle", () => {
    const [control, best] = compareOutcomes([{ none, oracle: mine }]);
    expect(control.regret?.value).toBe(500);
    expect(best.regret?.value).toBe(0);
    expect(compareOutcomes([{ none, mine }])[0].regret).toBeUndefined();
  });

  it("refuses a world twice: it would count as two and prove no more than one", async () => {
    const population = createShopperPopulation(shop);
    const twice = comparePolicies(population, { policies: { none: showNothing }, seeds: ["one", "two", "one"] });
    await expect(twice).rejects.toThrow(expect.objectContaining({ option: "seeds" }));
  });

  it("says what is missing", () => {
    expect(() => compareOutcomes([])).toThrow(/"seeds"/);
    expect(() => compareOutcomes([{ mine }])).toThrow(/"baseline" must be one of mine/);
    expect(() => compareOutcomes([{ none, mine: outcomes([1], [100]) }])).toThrow(/worlds\[0\]\.mine/);
    expect(() => compareOutcomes([{ none: outcomes([0, 0], [0, 0]) }])).toThrow(/averageOrderValue/);
  });
});
