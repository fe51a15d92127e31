import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../random/index.ts";
import { emptyArm } from "./arm-revenue.ts";
import { addArms, decompose, reportAttribution, revenueOfArms, type ArmRevenue, type Journey } from "./index.ts";

/** One order a row, of the visitor it names; visitors without one bought nothing. */
function armOf(visitors: number, orders: readonly (readonly [visitor: number, revenue: number])[]): ArmRevenue {
  const journeys: Journey[] = Array.from({ length: visitors }, (_, visitor) => ({
    visitor: `v${visitor}`,
    touches: [],
    orders: orders
      .filter(([buyer]) => buyer === visitor)
      .map(([, netRevenue]) => ({ at: 1, netRevenue, currency: "EUR" })),
  }));
  const assigned = journeys.map(({ visitor }) => ({ visitor, arm: "treatment" as const, assignedAt: 0 }));
  return revenueOfArms(assigned, journeys).treatment;
}

/** Sums of a large arm: `orders` orders of `value`, no more than one a visitor, values spread by `deviation`. */
function arm(visitors: number, orders: number, value: number, deviation = 2000): ArmRevenue {
  return {
    visitors,
    buyers: orders,
    orders,
    ordersSquared: orders,
    revenue: orders * value,
    revenueSquared: orders * (value ** 2 + deviation ** 2),
    revenueTimesOrders: orders * value,
  };
}
const report = (holdout: ArmRevenue, treatment: ArmRevenue, holdoutShare = 0.5) =>
  reportAttribution({ currency: "EUR", journeys: [], arms: { holdout, treatment }, holdoutShare });

describe("incremental revenue", () => {
  it("is said first, and in plain words", () => {
    const journeys = [
      {
        visitor: "ann",
        touches: [{ kind: "click", at: 1, decisionId: "home" }],
        orders: [{ at: 2, netRevenue: 9900, currency: "EUR" }],
      },
      { visitor: "bob", touches: [], orders: [{ at: 2, netRevenue: 100, currency: "EUR" }] },
    ];
    const arms = { holdout: arm(100_000, 3000, 6000), treatment: arm(100_000, 3600, 6100) };
    const { verdict, incremental } = reportAttribution({ currency: "EUR", journeys, arms, holdoutShare: 0.5 });
    expect(incremental).toMatchObject({ conclusive: true, isProven: true, total: { value: 3_960_000 } });
    expect(verdict).toMatch(
      /^Recommendations earn €0\.40 more per visitor \(95% interval \+€0\.\d\d to \+€0\.\d\d\): \+€39,600\.00 in all \(/,
    );
    expect(verdict).toMatch(/followed a touch of a recommendation, whether or not it caused them\.$/);
    expect(verdict).toContain("Orders worth €99.00 of €100.00");
  });

  it("is nothing where shoppers click on what they buy anyway, however much is attributed", () => {
    const random = createRandom("clicks without effect");
    const assigned = Array.from({ length: 20_000 }, (_, index) => {
      const arm = random.next() < 0.2 ? ("holdout" as const) : ("treatment" as const);
      return { visitor: `v${index}`, arm, assignedAt: 0 };
    });
    const journeys = assigned.map(({ visitor, arm }) => {
      const netRevenue = Math.round(2000 + 8000 * random.next());
      const orders = random.next() < 0.1 ? [{ at: 2, netRevenue, currency: "EUR" }] : [];
      // Whoever buys and is shown something has clicked it before.
      const touches = arm === "treatment" ? orders.map(() => ({ kind: "click", at: 1, decisionId: "home" })) : [];
      return { visitor, touches, orders };
    });
    const arms = revenueOfArms(assigned, journeys);
    const { attributed, incremental } = reportAttribution({ currency: "EUR", journeys, arms, holdoutShare: 0.2 });
    expect(attributed.revenue).toBe(arms.treatment.revenue);
    expect(attributed.revenue).toBeGreaterThan(5_000_000);
    expect(incremental).toMatchObject({ conclusive: true, isProven: false });
    if (!incremental.conclusive) return;
    expect(incremental.total.lower).toBeLessThan(0);
    expect(incremental.total.upper).toBeGreaterThan(0);
    expect(Math.abs(incremental.total.value)).toBeLessThan(attributed.revenue / 5);
  });

  it("is not claimed while chance alone could bring it", () => {
    const { incremental, verdict } = report(arm(1000, 30, 6000), arm(1000, 36, 6100));
    expect(incremental).toMatchObject({ conclusive: true, isProven: false });
    expect(verdict).toMatch(/^Not yet: recommendations change net revenue by \+€0\.40 per visitor/);
  });

  it("is not claimed from arms whose sizes cannot be chance", () => {
    const { incremental, verdict } = report(arm(50_000, 1500, 6000), arm(100_000, 3600, 6100));
    expect(incremental).toMatchObject({ conclusive: true, isProven: false });
    expect(verdict).toMatch(/^Do not trust these figures/);
  });

  it("is not known where nobody is held out, and the report says so", () => {
    const { incremental, experiment, verdict } = report(emptyArm, arm(1000, 30, 6000), 0);
    expect(incremental).toMatchObject({ conclusive: false, problem: { code: "no-holdout", path: "holdoutShare" } });
    expect(experiment).toBeUndefined();
    expect(verdict).toMatch(/^Nobody is held out/);
  });

  it("is not known from an empty holdout, and the report says which arm", () => {
    expect(report(emptyArm, emptyArm, 0.1).incremental).toMatchObject({
      conclusive: false,
      problem: { code: "no-visitors", path: "arms.holdout.visitors" },
    });
  });

  it("counts what was bought after the assignment, by everybody who was assigned", () => {
    const orders = [
      { at: 5, netRevenue: 700, currency: "EUR" },
      { at: 15, netRevenue: 300, currency: "EUR" },
      { at: 16, netRevenue: 200, currency: "EUR" },
    ];
    const arms = revenueOfArms(
      [
        { visitor: "ann", arm: "holdout", assignedAt: 10 },
        { visitor: "bob", arm: "holdout", assignedAt: 10 },
        { visitor: "cem", arm: "treatment", assignedAt: 0 },
      ],
      [{ visitor: "ann", touches: [], orders }],
    );
    expect(arms.holdout).toEqual({
      visitors: 2,
      buyers: 1,
      orders: 2,
      ordersSquared: 4,
      revenue: 500,
      revenueSquared: 250_000,
      revenueTimesOrders: 1000,
    });
    expect(arms.treatment).toEqual({ ...emptyArm, visitors: 1 });
    const twice = { visitor: "ann", arm: "holdout", assignedAt: 10 } as const;
    expect(() => revenueOfArms([twice, twice], [])).toThrow("assigned[1].visitor");
  });

  it.each<[string, Partial<ArmRevenue>]>([
    ["arms.holdout.visitors", { visitors: -1 }],
    ["arms.holdout.buyers", { buyers: 1001 }],
    ["arms.holdout.orders", { orders: 29 }],
    ["arms.holdout.revenue", { buyers: 0, orders: 0 }],
    ["arms.holdout.ordersSquared", { ordersSquared: 29 }],
    ["arms.holdout.revenueSquared", { revenueSquared: 1 }],
    ["arms.holdout.revenueTimesOrders", { revenueTimesOrders: 1 }],
  ])("is refused where %s is wrong", (path, change) => {
    expect(() => report({ ...arm(1000, 30, 6000), ...change }, arm(1000, 30, 6000))).toThrow(`${path} must be`);
  });

  it("is refused where a holdout has visitors but no share", () => {
    expect(() => report(arm(1000, 30, 6000), arm(1000, 30, 6000), 0)).toThrow("holdoutShare must be");
  });
});

describe("the parts of a difference in revenue per visitor", () => {
  const orders = fc.array(fc.tuple(fc.nat({ max: 19 }), fc.integer({ min: 1, max: 100_000 })), {
    minLength: 1,
    maxLength: 30,
  });

  it("add up to it, whatever was bought", () => {
    fc.assert(
      fc.property(orders, orders, (before, after) => {
        const parts = decompose(armOf(20, before), armOf(25, after));
        expect(parts).toBeDefined();
        if (!parts) return;
        const { conversion, frequency, orderValue, difference } = parts;
        const sum = conversion.contribution.value + frequency.contribution.value + orderValue.contribution.value;
        expect(Math.abs(sum - difference)).toBeLessThan(1e-9 * Math.max(1, orderValue.holdout, orderValue.treatment));
        const product = conversion.treatment * frequency.treatment * orderValue.treatment;
        expect(product).toBeCloseTo(armOf(25, after).revenue / 25, 6);
      }),
    );
  });

  it("is all conversion when only more visitors buy", () => {
    const parts = decompose(arm(10_000, 300, 6000), arm(10_000, 360, 6000));
    expect(parts?.conversion.contribution.value).toBeCloseTo(36, 9);
    expect(parts?.conversion.change.value).toBeCloseTo(0.2, 12);
    expect(parts?.frequency.contribution).toEqual({ value: 0, lower: 0, upper: 0 });
    expect(parts?.orderValue.contribution.value).toBeCloseTo(0, 9);
  });

  it("may oppose one another: more buyers of smaller baskets", () => {
    const parts = decompose(arm(500_000, 15_000, 6000), arm(500_000, 18_000, 5500));
    expect(parts?.conversion.contribution.lower).toBeGreaterThan(0);
    expect(parts?.orderValue.contribution.upper).toBeLessThan(0);
  });

  it("does not exist while a side has bought nothing", () => {
    expect(decompose({ ...emptyArm, visitors: 100 }, arm(100, 3, 6000))).toBeUndefined();
  });

  /** Conversion, repeated orders and order values that hang together: who buys often buys small. */
  function draw(random: Random, visitors: number, conversion: number, value: number): ArmRevenue {
    let sums: ArmRevenue = emptyArm;
    for (let visitor = 0; visitor < visitors; visitor++) {
      const count = random.next() < conversion ? 1 + Number(random.next() < 0.3) : 0;
      const spent = count * (count > 1 ? 0.8 : 1) * value * (0.5 + random.next());
      sums = addArms(sums, {
        visitors: 1,
        buyers: Math.min(1, count),
        orders: count,
        ordersSquared: count ** 2,
        revenue: spent,
        revenueSquared: spent ** 2,
        revenueTimesOrders: spent * count,
      });
    }
    return sums;
  }

  it("lie within their intervals as often as those say", () => {
    const worlds = 400;
    const truth = decompose(
      draw(createRandom("truth of the holdout"), 1_000_000, 0.1, 5000),
      draw(createRandom("truth of the treatment"), 1_000_000, 0.12, 5200),
    );
    const covered = { conversion: 0, frequency: 0, orderValue: 0 };
    const factors = ["conversion", "frequency", "orderValue"] as const;
    for (let world = 0; world < worlds; world++) {
      const random = createRandom(`world ${world}`);
      const parts = decompose(draw(random, 1500, 0.1, 5000), draw(random, 1500, 0.12, 5200), { interval: "fixed" });
      for (const factor of factors) {
        const { lower, upper } = parts?.[factor].contribution ?? { lower: NaN, upper: NaN };
        const value = truth?.[factor].contribution.value ?? NaN;
        covered[factor] += Number(lower <= value && value <= upper);
      }
    }
    // Four standard deviations of a share of 95 %.
    const slack = 4 * Math.sqrt((0.95 * 0.05) / worlds);
    for (const factor of factors) expect(Math.abs(covered[factor] / worlds - 0.95)).toBeLessThan(slack);
  });

  it("is not sure of what a single buyer ordered for", () => {
    const one = armOf(100, [[3, 5000]]);
    const many = armOf(
      2000,
      Array.from({ length: 60 }, (_, buyer) => [buyer, 2000 + 100 * buyer] as const),
    );
    const { orderValue } = decompose(one, many, { interval: "fixed" }) ?? {};
    expect(orderValue?.change.lower).toBeLessThan(-0.3);
    expect(orderValue?.change.upper).toBeGreaterThan(0.5);
  });

  it("is not taken of sums that no visitors can have", () => {
    const arm = armOf(100, [[3, 5000]]);
    for (const wrong of [NaN, Infinity, -1, 0.5]) {
      expect(() => decompose(arm, { ...arm, buyers: wrong })).toThrow(/treatment\.buyers/);
    }
  });

  it("is not summed over currencies, two journeys of one visitor, or visitors assigned at no time", () => {
    const order = { at: 1, netRevenue: 100, currency: "EUR" };
    const journey = { visitor: "a", touches: [], orders: [order] };
    const assigned = [{ visitor: "a", arm: "holdout", assignedAt: 0 }] as const;
    const abroad = { visitor: "b", touches: [], orders: [{ ...order, currency: "USD" }] };
    expect(() => revenueOfArms(assigned, [journey, abroad])).toThrow(/journeys\[1\]\.orders\[0\]\.currency/);
    expect(() => revenueOfArms(assigned, [journey, journey])).toThrow(/journeys\[1\]\.visitor/);
    expect(() => revenueOfArms([{ ...assigned[0], assignedAt: NaN }], [journey])).toThrow(/assigned\[0\]\.assignedAt/);
  });
});
