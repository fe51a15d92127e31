import { describe, expect, it } from "vitest";
import { createRandom, normal } from "@basketlift/engine/random";
import { emptyArm, type ArmFacts } from "./arms.ts";
import { measure } from "./incrementality.ts";

/** An arm in which a share of the visitors spends 20.00 to 40.00 once. */
function arm(visitors: number, conversion: number, seed: string): ArmFacts {
  const random = createRandom(seed);
  return factsOf(
    Array.from({ length: visitors }, () => (random.next() < conversion ? 2000 + random.integer(2000) : 0)),
  );
}

/** Of what each visitor spent, in one order at most. */
function factsOf(spent: readonly number[]): ArmFacts {
  const visitors = spent.length;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const ordered = spent.map((amount) => Number(amount > 0));
  const mean = (numbers: readonly number[]) => sum(numbers) / visitors;
  const covary = (a: readonly number[], b: readonly number[]) => {
    const [meanA, meanB] = [mean(a), mean(b)];
    return sum(a.map((value, index) => (value - meanA) * (b[index] - meanB))) / (visitors - 1);
  };
  return {
    visitors,
    buyers: sum(ordered),
    orders: sum(ordered),
    netRevenue: sum(spent),
    squares: sum(spent.map((amount) => amount ** 2)),
    revenue: { mean: mean(spent), variance: covary(spent, spent) },
    ordersPerVisitor: { mean: mean(ordered), variance: covary(ordered, ordered) },
    covariance: covary(spent, ordered),
  };
}

describe("the verdict of the holdout", () => {
  it("finds a lift that is there, and says how much is sure", () => {
    const { revenuePerVisitor, verdict, sampleRatio } = measure(
      { treatment: arm(38_000, 0.06, "treatment"), holdout: arm(2_000, 0.03, "holdout") },
      0.05,
    );
    expect(revenuePerVisitor?.lower).toBeGreaterThan(0);
    expect(revenuePerVisitor?.lower).toBeLessThan(1);
    expect(revenuePerVisitor?.upper).toBeGreaterThan(1);
    expect(verdict).toMatch(/^Recommendations earn more: \+\d+\.\d%/);
    expect(sampleRatio.alarm).toBe(false);
  });

  it("claims nothing where there is nothing", () => {
    const { revenuePerVisitor, verdict } = measure(
      { treatment: arm(19_000, 0.03, "one"), holdout: arm(1_000, 0.03, "other") },
      0.05,
    );
    expect(revenuePerVisitor?.lower).toBeLessThan(0);
    expect(revenuePerVisitor?.upper).toBeGreaterThan(0);
    expect(verdict).toContain("No difference is proven yet");
  });

  it("claims hardly ever what is not there, from the fifth buyer of a small holdout on, looked at every day", () => {
    const random = createRandom("a young holdout");
    const experiments = 100;
    let claims = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const spent: Record<"treatment" | "holdout", number[]> = { treatment: [], holdout: [] };
      let isClaimed = false;
      for (let day = 0; day < 15; day++) {
        for (let visitor = 0; visitor < 400; visitor++) {
          const isHeldOut = random.next() < 0.05;
          spent[isHeldOut ? "holdout" : "treatment"].push(
            random.next() < 0.03 ? Math.exp(8 + 0.8 * normal(random)) : 0,
          );
        }
        const { verdict } = measure({ treatment: factsOf(spent.treatment), holdout: factsOf(spent.holdout) }, 0.05);
        isClaimed ||= /earn more|cost revenue/.test(verdict);
      }
      claims += Number(isClaimed);
    }
    expect(claims / experiments).toBeLessThanOrEqual(0.05);
  });

  it("shows a relative lift only once the holdout's mean can be told from zero", () => {
    const young = measure({ treatment: arm(950, 0.1, "t"), holdout: arm(50, 0.1, "h") }, 0.05);
    expect(young.revenuePerVisitor).toBeNull();
    expect(young.verdict).toContain("bought too little");
    expect(
      measure({ treatment: arm(9_500, 0.1, "t"), holdout: arm(500, 0.1, "h") }, 0.05).revenuePerVisitor,
    ).not.toBeNull();
  });

  it("says so when recommendations cost revenue", () => {
    const { verdict } = measure({ treatment: arm(30_000, 0.03, "t"), holdout: arm(30_000, 0.06, "h") }, 0.5);
    expect(verdict).toContain("cost revenue");
  });

  it("believes no figure when the groups have sizes that cannot be chance", () => {
    const { verdict, sampleRatio } = measure(
      { treatment: arm(10_000, 0.06, "t"), holdout: arm(1_000, 0.03, "h") },
      0.05,
    );
    expect(sampleRatio.alarm).toBe(true);
    expect(sampleRatio.observedShare).toBeCloseTo(1 / 11, 10);
    expect(verdict).toContain("Do not trust");
  });

  it("plans for a lift of 5%: the rarer the orders, the more visitors", () => {
    const needed = (conversion: number) =>
      measure({ treatment: arm(9_500, conversion, "t"), holdout: arm(500, conversion, "h") }, 0.05).plan.neededVisitors;
    expect(needed(0.02)).toBeGreaterThan(needed(0.1) ?? Infinity);
    expect(measure({ treatment: emptyArm }, 0.05).plan.neededVisitors).toBeNull();
  });

  it("waits for the first visitor", () => {
    expect(measure({}, 0.05).verdict).toContain("begins with the first one");
  });
});
