import { describe, expect, it } from "vitest";
import { forecastBundle } from "./forecast-bundle.ts";
import { optimiseBundle, type BundleSet } from "./optimise-bundle.ts";

const euro = { currency: "EUR", locale: "en" };
const pot = { productId: "pot", quantity: 1, unitPrice: 4000, unitCost: 2000 };
const tea = { productId: "tea", quantity: 1, unitPrice: 1000, unitCost: 300 };
const setOf = (natural: BundleSet["natural"], trials: BundleSet["trials"] = []): BundleSet => ({
  lines: [pot, tea],
  anchor: "pot",
  natural,
  trials,
});

describe("which discount earns most", () => {
  it("is none where almost everybody buys both anyway, and it says so", () => {
    const { verdict, best, explanation } = optimiseBundle([setOf({ orders: 5000, joint: 4500 })], euro, {
      discounts: [10, 20, 30].map((value) => ({ type: "percentage", value })),
    });
    expect([verdict, best]).toEqual(["none", undefined]);
    expect(explanation).toContain("those who would buy everything anyway cost more");
  });

  it("is the one that trials speak for, with an interval above zero", () => {
    const trials = [
      { discount: 0, views: 20_000, conversions: 1000 },
      { discount: 5, views: 20_000, conversions: 4000 },
    ];
    const { verdict, best } = optimiseBundle([setOf({ orders: 20_000, joint: 1000 }, trials)], euro);
    expect(verdict).toBe("gain");
    expect(best?.marginPerView.lower).toBeGreaterThan(0);
    expect(best?.discount.value).toBeGreaterThan(0);
    // 5 %: the rate rises from .05 to .20: .15 x 7.00 more, .20 x 2.50 given away.
    const five = optimiseBundle([setOf({ orders: 20_000, joint: 1000 }, trials)], euro, {
      discounts: [{ type: "percentage", value: 5 }],
    });
    expect(five.options[0].marginPerView.value / 55).toBeCloseTo(1, 0);
    expect(five.options[0].cannibalised.value).toBeCloseTo(0.25, 1);
  });

  it("never hides that a discount may lose: the verdict is unsure and the words say to test", () => {
    const { verdict, best, explanation } = optimiseBundle([setOf({ orders: 400, joint: 20 })], euro);
    expect(best?.marginPerView.lower).toBeLessThan(0);
    expect(verdict).toBe("unsure");
    expect(explanation).toContain("It may also lose money: test it");
  });

  it("chooses between sets, and equal seeds give equal advice", () => {
    const rich: BundleSet = {
      lines: [pot, { ...tea, productId: "cups", unitPrice: 3000, unitCost: 500 }],
      anchor: "pot",
      natural: { orders: 8000, joint: 400 },
    };
    const sets = [setOf({ orders: 8000, joint: 400 }), rich];
    const advice = optimiseBundle(sets, euro, { seed: 7 });
    expect(advice.best?.set).toBe(1);
    expect(optimiseBundle(sets, euro, { seed: 7 })).toEqual(advice);
  });

  it("holds the floor, and weighs free shipping with what it costs the shop", () => {
    const { options } = optimiseBundle([setOf({ orders: 8000, joint: 400 })], euro, {
      discounts: [
        { type: "percentage", value: 30 },
        { type: "free-shipping", value: 0 },
      ],
      floor: { unitPrices: { pot: 3900, tea: 900 } },
      shippingPrice: 490,
      shippingCost: 900,
    });
    const [percentage, shipping] = ["percentage", "free-shipping"].map((type) =>
      options.find(({ discount }) => discount.type === type),
    );
    expect([percentage?.price, percentage?.saving]).toEqual([4800, 200]);
    expect([shipping?.price, shipping?.saving]).toEqual([5000, 490]);
    expect(shipping?.marginPerView.value).toBeLessThan(0);
  });

  it("refuses an anchor that is not in the set", () => {
    expect(() => optimiseBundle([{ ...setOf({ orders: 1, joint: 0 }), anchor: "cup" }], euro)).toThrow(
      "sets[0].anchor must be the product of one of the set's lines",
    );
    expect(() => optimiseBundle([], euro)).toThrow("sets must be at least one set of products");
  });
});

describe("the forecast of a bundle", () => {
  const history = {
    dailyViews: [90, 110, 100, 95, 105, 100, 98],
    offered: { views: 10_000, conversions: 600 },
    price: 2990,
    margin: 800,
  };

  it("is views times take rate times days, with an interval around it", () => {
    const { units, revenue, margin } = forecastBundle(history, 30);
    expect(units.value / 180).toBeCloseTo(1, 1);
    expect(units.lower).toBeLessThan(165);
    expect(units.upper).toBeGreaterThan(195);
    expect(revenue.value).toBeCloseTo(units.value * 2990, 3);
    expect(margin.lower).toBeCloseTo(units.lower * 800, 3);
  });

  it("is wider where days differ more", () => {
    const steady = forecastBundle(history, 10).units;
    const erratic = forecastBundle({ ...history, dailyViews: [0, 400, 0, 0, 300, 0, 0] }, 10).units;
    expect(erratic.upper - erratic.lower).toBeGreaterThan(2 * (steady.upper - steady.lower));
  });

  it("ends at the stock, and says how likely that is", () => {
    const { units, probabilityOfSellingOut } = forecastBundle({ ...history, stock: 100 }, 30);
    expect(units.upper).toBe(100);
    expect(probabilityOfSellingOut).toBeGreaterThan(0.99);
  });

  it("needs two past days", () => {
    expect(() => forecastBundle({ ...history, dailyViews: [3] }, 30)).toThrow(
      "dailyViews must be at least two past days",
    );
  });
});
