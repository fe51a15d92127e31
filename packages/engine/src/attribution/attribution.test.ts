import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { emptyArm } from "./arm-revenue.ts";
import * as attribution from "./index.ts";
import type { AttributionReport, CreditModel, CreditOptions, IncrementalRevenue, Journey } from "./index.ts";

const { creditModels, creditWeights, reportAttribution } = attribution;
const day = 86_400_000;
const nobody = { holdout: emptyArm, treatment: emptyArm };

function creditsOf(journeys: Journey[], model: CreditModel, options: CreditOptions = {}): Record<string, number> {
  const report = reportAttribution(
    { currency: "EUR", journeys, arms: nobody, holdoutShare: 0.1 },
    { models: [model], ...options },
  );
  return Object.fromEntries(report.attributed.byModel[0].credits.map(({ group, revenue }) => [group, revenue]));
}

const click = (decisionId: string, at: number) => ({ kind: "click", at: at * day, decisionId });
const order = (netRevenue: number, at: number) => ({ netRevenue, at: at * day, currency: "EUR" });

describe("the credit of an order", () => {
  const journey = {
    visitor: "ann",
    touches: [click("home", 1), click("product", 3), click("basket", 4), click("mail", 6)],
    orders: [order(10_000, 6)],
  };

  it.each<[CreditModel, Record<string, number>]>([
    [{ kind: "last-touch" }, { mail: 10_000 }],
    [{ kind: "first-touch" }, { home: 10_000 }],
    [{ kind: "linear" }, { home: 2500, product: 2500, basket: 2500, mail: 2500 }],
    // 2^-5, 2^-3, 2^-2 and 1 of their sum, 45 / 32.
    [
      { kind: "time-decay", halfLife: day },
      { home: 222, product: 889, basket: 1778, mail: 7111 },
    ],
    [{ kind: "position" }, { home: 4000, product: 1000, basket: 1000, mail: 4000 }],
    [
      { kind: "position", first: 0.2, last: 0.5 },
      { home: 2000, product: 1500, basket: 1500, mail: 5000 },
    ],
  ])("is shared out by %o", (model, credits) => {
    expect(creditsOf([journey], model)).toEqual(credits);
  });

  it("goes whole to the only touch, and in halves to two", () => {
    expect(creditWeights({ kind: "position" }, [5])).toEqual([1]);
    expect(creditsOf([{ ...journey, touches: journey.touches.slice(0, 2) }], { kind: "position" })).toEqual({
      home: 5000,
      product: 5000,
    });
  });

  it("leaves out touches after the order, older than the window, and of kinds without one", () => {
    const touches = [
      click("later", 6.1),
      click("old", -2),
      { ...click("seen", 6), kind: "impression" },
      { ...click("named like a method", 6), kind: "toString" },
    ];
    expect(creditsOf([{ ...journey, touches }], { kind: "linear" })).toEqual({});
    const windows = { click: 8 * day, impression: day };
    expect(creditsOf([{ ...journey, touches }], { kind: "linear" }, { windows })).toEqual({ old: 5000, seen: 5000 });
  });

  it("counts a decision once, however often its page is loaded", () => {
    const touches = [click("home", 5), click("mail", 5.5), click("home", 6), click("home", 5.2)];
    expect(creditsOf([{ ...journey, touches }], { kind: "linear" })).toEqual({ home: 5000, mail: 5000 });
    expect(creditsOf([{ ...journey, touches }], { kind: "last-touch" })).toEqual({ home: 10_000 });
  });

  it("is summed up by place where that is asked for", () => {
    const groupOf = (decisionId: string) => (decisionId === "mail" ? "outside" : "shop");
    expect(creditsOf([journey], { kind: "linear" }, { groupOf })).toEqual({ shop: 7500, outside: 2500 });
  });

  it("adds up to the last cent by every model, and all models credit the same revenue", () => {
    const touches = fc.array(
      fc.record({
        kind: fc.constantFrom("click", "add-to-cart", "impression"),
        at: fc.integer({ min: 0, max: 20 * day }),
        decisionId: fc.constantFrom("a", "b", "c", "d", "e", "f"),
      }),
      { maxLength: 12 },
    );
    const orders = fc.array(
      fc.record({
        netRevenue: fc.nat({ max: 1_000_000 }),
        at: fc.integer({ min: 0, max: 20 * day }),
        currency: fc.constant("EUR"),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.array(fc.record({ touches, orders }), { maxLength: 6 }), (drafts) => {
        const journeys = drafts.map((draft, index) => ({ ...draft, visitor: `v${index}` }));
        const { attributed } = reportAttribution({ currency: "EUR", journeys, arms: nobody, holdoutShare: 0.1 });
        const all = journeys.flatMap((journey) => journey.orders).reduce((sum, { netRevenue }) => sum + netRevenue, 0);
        expect(attributed.ofRevenue).toBe(all);
        expect(attributed.byModel).toHaveLength(creditModels.length);
        for (const { credits, credited, uncredited } of attributed.byModel) {
          expect(credits.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(credited);
          expect(credited).toBe(attributed.revenue);
          expect(credited + uncredited).toBe(all);
        }
      }),
    );
  });

  it.each<[string, Partial<Journey>]>([
    ["journeys[0].orders[0].currency", { orders: [{ ...order(5, 1), currency: "USD" }] }],
    ["journeys[0].orders[0].netRevenue", { orders: [order(-5, 1)] }],
    ["journeys[0].orders[0].netRevenue", { orders: [order(0.5, 1)] }],
    ["journeys[0].touches[0].at", { touches: [click("home", NaN)] }],
    ["journeys[0].touches[0].decisionId", { touches: [click("", 1)] }],
    ["journeys[0].visitor", { visitor: "" }],
  ])("is refused where %s is wrong", (path, change) => {
    const journeys = [{ ...journey, ...change }];
    const report = () => reportAttribution({ currency: "EUR", journeys, arms: nobody, holdoutShare: 0.1 });
    expect(report).toThrow(InvalidInput);
    expect(report).toThrow(`${path} must be`);
  });

  it("is refused by models and windows that cannot be", () => {
    expect(() => creditsOf([journey], { kind: "position", first: 0.7, last: 0.7 })).toThrow("last");
    expect(() => creditsOf([journey], { kind: "time-decay", halfLife: 0 })).toThrow("halfLife");
    expect(() => creditsOf([journey], { kind: "linear" }, { windows: { click: -1 } })).toThrow("windows.click");
    const twice = { currency: "EUR", journeys: [journey, journey], arms: nobody, holdoutShare: 0.1 };
    expect(() => reportAttribution(twice)).toThrow("journeys[1].visitor");
  });
});

describe("attributed revenue", () => {
  it("cannot be had without what the holdout measured", () => {
    expectTypeOf<AttributionReport["incremental"]>().toEqualTypeOf<IncrementalRevenue>();
    expectTypeOf(reportAttribution).returns.toEqualTypeOf<AttributionReport>();
    // Whoever exports another way to it removes it here, too, and sees why it must not be.
    expect(Object.keys(attribution).toSorted()).toEqual([
      "addArms",
      "creditModels",
      "creditWeights",
      "decompose",
      "defaultWindows",
      "reportAttribution",
      "revenueOfArms",
    ]);
  });

  it("gives no touch less than nothing, whatever shares the ends have", () => {
    for (const first of [0.9, 0.7, 0.35]) {
      const weights = creditWeights({ kind: "position", first, last: Number((1 - first).toFixed(2)) }, [0, 1, 2]);
      expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
    }
    expect(() => creditWeights({ kind: "time-decay" }, [2, 1])).toThrow(/times\[1\]/);
    expect(() => creditWeights({ kind: "linear" }, [NaN])).toThrow(/times\[0\]/);
  });
});
