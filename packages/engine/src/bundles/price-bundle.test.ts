import { percentageOf } from "../catalogue/money.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bundle, BundleDiscount, BundleLine } from "./bundle.ts";
import { coverCart } from "./cover-cart.ts";
import { splitDiscount, splitOverUnits } from "./discount.ts";
import { priceBundle } from "./price-bundle.ts";

const euro = { currency: "EUR", locale: "en" };

function bundleOf(discount: BundleDiscount, rest: Partial<Bundle> = {}): Bundle {
  return {
    id: "breakfast",
    name: "Breakfast",
    type: "static",
    products: [
      { productId: "mug", quantity: 2, required: true },
      { productId: "plate", quantity: 1, required: true },
    ],
    discount,
    conditions: {},
    performance: { views: 0, conversions: 0, revenue: 0 },
    active: true,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    ...rest,
  };
}

const breakfast: readonly BundleLine[] = [
  { productId: "mug", quantity: 2, unitPrice: 999 },
  { productId: "plate", quantity: 1, unitPrice: 1250 },
];

describe("the price of a bundle", () => {
  it("takes a percentage once, on the whole, and gives half a cent to the shopper", () => {
    // 10 % of 3248 is 324.8; of 1250 and 999 x 2 apart it would be 125 + 200.
    const { discount, total, lines, explanation } = priceBundle(
      bundleOf({ type: "percentage", value: 10 }),
      breakfast,
      euro,
    );
    expect([discount, total]).toEqual([325, 2923]);
    expect(lines.map((line) => line.discount)).toEqual([200, 125]);
    expect(explanation).toBe("Breakfast: 10% off, you save €3.25.");
    expect(percentageOf(50, 1)).toBe(1);
    expect(percentageOf(1999, 12.5)).toBe(250);
    expect(percentageOf(9_007_199_254_740_991, 100)).toBe(9_007_199_254_740_991);
  });

  it("counts whole bundles, and leaves units that are over at their price", () => {
    const cart = [
      { productId: "mug", quantity: 5, unitPrice: 1000 },
      { productId: "plate", quantity: 3, unitPrice: 1000 },
      { productId: "spoon", quantity: 1, unitPrice: 300 },
    ];
    const { sets, discount, lines, subtotal } = priceBundle(bundleOf({ type: "fixed", value: 300 }), cart, euro);
    expect([sets, discount, subtotal]).toEqual([2, 600, 8300]);
    expect(lines.map((line) => line.bundledQuantity)).toEqual([4, 2, 0]);
    expect(lines.map((line) => line.discount)).toEqual([400, 200, 0]);
  });

  it("never takes off more than the bundle costs", () => {
    const { total, discount, isAtFloor } = priceBundle(bundleOf({ type: "fixed", value: 99_999 }), breakfast, euro);
    expect([total, discount, isAtFloor]).toEqual([0, 3248, false]);
  });

  it("stops at the floor, lets the other lines carry the rest, and says so without telling the floor", () => {
    const bundle = bundleOf({ type: "percentage", value: 50 });
    const { discount, lines, isAtFloor } = priceBundle(bundle, breakfast, euro, {
      floor: { unitPrices: { mug: 900 } },
    });
    expect([discount, isAtFloor]).toEqual([1448, true]);
    expect(lines.map((line) => line.discount)).toEqual([198, 1250]);
    const carried = priceBundle(bundleOf({ type: "fixed", value: 1000 }), breakfast, euro, {
      floor: { unitPrices: { mug: 900 } },
    });
    expect(carried.lines.map((line) => line.discount)).toEqual([198, 802]);
    expect(carried.isAtFloor).toBe(false);
  });

  it("keeps the merchant's margin over the cost", () => {
    const lines = breakfast.map((line) => ({ ...line, unitCost: 720 }));
    const { lines: priced, margin } = priceBundle(bundleOf({ type: "percentage", value: 90 }), lines, euro, {
      floor: { margin: 0.2 },
    });
    expect(priced.map(({ total, quantity }) => total / quantity)).toEqual([900, 900]);
    expect(margin).toBe(540);
  });

  it("never falls below a floor for the bundle as a whole, and never raises a price to meet one", () => {
    const bundle = bundleOf({ type: "percentage", value: 50 });
    expect(priceBundle(bundle, breakfast, euro, { floor: { total: 3000 } }).total).toBe(3000);
    expect(priceBundle(bundle, breakfast, euro, { floor: { total: 9000 } }).total).toBe(3248);
    expect(priceBundle(bundle, breakfast, euro, { floor: { unitPrices: { mug: 5000, plate: 5000 } } }).total).toBe(
      3248,
    );
  });

  it("gives free shipping as a flag, and counts its cost in the margin", () => {
    const lines = breakfast.map((line) => ({ ...line, unitCost: 500 }));
    const priced = priceBundle(bundleOf({ type: "free-shipping", value: 0 }), lines, euro, {
      shippingPrice: 490,
      shippingCost: 410,
    });
    expect(priced).toMatchObject({ isShippingFree: true, discount: 0, saving: 490, margin: 3248 - 1500 - 410 });
  });

  it("gives nothing while a condition fails, and says which", () => {
    const bundle = bundleOf(
      { type: "percentage", value: 10 },
      { conditions: { minValue: 5000, customerSegment: "VIP" } },
    );
    const priced = priceBundle(bundle, breakfast, euro);
    expect(priced).toMatchObject({ applies: false, discount: 0, reasons: ["segment", "minimum-value"] });
    expect(priced.explanation).toBe("Breakfast: for customers of the segment VIP and a value of at least €50.00.");
    const missing = priceBundle(bundle, breakfast.slice(1), euro);
    expect(missing.explanation).toBe("Breakfast: still needs 2 of mug.");
  });

  it("prices each tier by its own products and discount", () => {
    const bundle = bundleOf(
      { type: "percentage", value: 10 },
      {
        type: "tiered",
        tiers: [
          { name: "good", products: [{ productId: "mug", quantity: 1, required: true }] },
          {
            name: "best",
            products: [{ productId: "plate", quantity: 1, required: true }],
            discount: { type: "fixed", value: 250 },
          },
        ],
      },
    );
    expect(priceBundle(bundle, breakfast, euro, { tier: "good" }).discount).toBe(200);
    expect(priceBundle(bundle, breakfast, euro, { tier: "best" }).discount).toBe(250);
    expect(() => priceBundle(bundle, breakfast, euro, { tier: "gold" })).toThrow(
      "tier must be the name of a tier (good, best)",
    );
  });

  it("refuses another currency and a discount over 100 %, and says what to give", () => {
    const pounds = bundleOf({ type: "fixed", value: 300 }, { currency: "GBP" });
    expect(() => priceBundle(pounds, breakfast, euro)).toThrow(
      "bundle.currency must be the market's currency (EUR); make one bundle for each currency",
    );
    const mixed = [{ ...breakfast[0] }, { ...breakfast[1], currency: "USD" }];
    expect(() => priceBundle(bundleOf({ type: "fixed", value: 300 }), mixed, euro)).toThrow("lines[1].currency");
    expect(() => priceBundle(bundleOf({ type: "percentage", value: 101 }), breakfast, euro)).toThrow(
      "bundle.discount.value must be a percentage from 0 to 100 with at most two decimals; received 101.",
    );
  });
});

describe("a bundle that requires nothing", () => {
  const anyOf = bundleOf(
    { type: "fixed", value: 100 },
    {
      products: [
        { productId: "mug", quantity: 1, required: false },
        { productId: "plate", quantity: 2, required: false },
      ],
    },
  );

  it("is there as soon as a unit of any of its products is, and is not lost by another one", () => {
    const mugs = { productId: "mug", quantity: 3, unitPrice: 999 };
    const plate = { productId: "plate", quantity: 1, unitPrice: 1250 };
    expect(priceBundle(anyOf, [plate], euro).discount).toBe(100);
    expect(priceBundle(anyOf, [mugs], euro).discount).toBe(300);
    expect(priceBundle(anyOf, [mugs, plate], euro).discount).toBe(300);
  });

  it("is priced as the cover of a cart counts it", () => {
    const lines = [
      { productId: "plate", quantity: 3, unitPrice: 1250 },
      { productId: "mug", quantity: 1, unitPrice: 999 },
    ];
    const { saving, exact } = coverCart(lines, [anyOf], euro);
    expect(exact).toBe(true);
    // Units may be shared out so that each of four is a bundle of its own; as the merchant prices it, two of them are.
    expect(saving).toBeGreaterThanOrEqual(priceBundle(anyOf, lines, euro).saving);
  });
});

describe("what would give money away", () => {
  it("is refused: a product that stands twice, none of it, lines that no longer add up", () => {
    const twice = bundleOf(
      { type: "fixed", value: 100 },
      {
        products: [
          { productId: "mug", quantity: 1, required: true },
          { productId: "mug", quantity: 1, required: true },
        ],
      },
    );
    expect(() => priceBundle(twice, breakfast, euro)).toThrow("bundle.products[1].productId must be");
    const none = bundleOf(
      { type: "fixed", value: 100 },
      { products: [{ productId: "mug", quantity: 0, required: true }] },
    );
    expect(() => priceBundle(none, breakfast, euro)).toThrow("bundle.products[0].quantity must be");
    const huge = [{ productId: "mug", quantity: 10_000, unitPrice: 1e12 }];
    expect(() => priceBundle(bundleOf({ type: "fixed", value: 1 }), huge, euro)).toThrow("lines[0].unitPrice must be");
  });

  it("is not a rounded floor: the margin holds to the unit for amounts in the hundreds of millions", () => {
    const line = { productId: "mug", quantity: 1, unitPrice: 900_000_000, unitCost: 674_960_215 };
    const anyMug = { products: [{ productId: "mug", quantity: 1, required: true }] };
    const { total } = priceBundle(bundleOf({ type: "percentage", value: 50 }, anyMug), [line], euro, {
      floor: { margin: 0.15 },
    });
    // 674 960 215 / 0.85 = 794 070 841.2
    expect(total).toBe(794_070_842);
  });
});

describe("money of a bundle, whatever the lines", () => {
  // Exponents 0, 2, 3 and 4.
  const currency = fc.constantFrom("JPY", "GBP", "BHD", "CLF");
  const line = fc.record({
    quantity: fc.integer({ min: 1, max: 9 }),
    unitPrice: fc.integer({ min: 0, max: 5_000_000 }),
    floor: fc.integer({ min: 0, max: 5_000_000 }),
  });
  const discount = fc.oneof(
    fc.record({
      type: fc.constant("percentage" as const),
      value: fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100),
    }),
    fc.record({ type: fc.constant("fixed" as const), value: fc.integer({ min: 0, max: 9_000_000 }) }),
  );
  const caseOf = fc.record({ currency, discount, drawn: fc.array(line, { minLength: 1, maxLength: 8 }) });

  function price({
    currency,
    discount,
    drawn,
  }: {
    currency: string;
    discount: BundleDiscount;
    drawn: readonly { quantity: number; unitPrice: number; floor: number }[];
  }) {
    const lines = drawn.map(({ quantity, unitPrice }, index) => ({ productId: `p${index}`, quantity, unitPrice }));
    const products = lines.map(({ productId, quantity }) => ({ productId, quantity, required: true }));
    const unitPrices = Object.fromEntries(drawn.map(({ floor }, index) => [`p${index}`, floor]));
    return priceBundle(bundleOf(discount, { products }), lines, { currency, locale: "en" }, { floor: { unitPrices } });
  }

  it("adds up to the last unit: parts to the discount, totals to the total", () => {
    fc.assert(
      fc.property(caseOf, (given) => {
        const { lines, discount, total, subtotal, promised } = price(given);
        expect(lines.reduce((sum, part) => sum + part.discount, 0)).toBe(discount);
        expect(lines.reduce((sum, part) => sum + part.total, 0)).toBe(total);
        expect(subtotal - discount).toBe(total);
        expect(discount).toBeLessThanOrEqual(promised);
        for (const part of lines) expect(Number.isSafeInteger(part.discount)).toBe(true);
      }),
    );
  });

  it("keeps every line at or above zero and its floor", () => {
    fc.assert(
      fc.property(caseOf, (given) => {
        for (const [index, { total, quantity }] of price(given).lines.entries()) {
          const { floor, unitPrice } = given.drawn[index];
          expect(total).toBeGreaterThanOrEqual(Math.min(floor, unitPrice) * quantity);
          expect(total).toBeLessThanOrEqual(unitPrice * quantity);
        }
      }),
    );
  });

  it("gives the whole promise wherever the floors leave room for it", () => {
    fc.assert(
      fc.property(caseOf, (given) => {
        const room = given.drawn.reduce(
          (sum, { quantity, unitPrice, floor }) => sum + quantity * Math.max(0, unitPrice - floor),
          0,
        );
        const { discount, promised, isAtFloor } = price(given);
        expect(discount).toBe(Math.min(promised, room));
        expect(isAtFloor).toBe(promised > room);
      }),
    );
  });

  it("does not depend on the unit that prices are counted in, but for rounding", () => {
    fc.assert(
      fc.property(caseOf, fc.constantFrom(10, 100, 1000), (given, scale) => {
        const drawn = given.drawn.map((part) => ({
          ...part,
          unitPrice: part.unitPrice * scale,
          floor: part.floor * scale,
        }));
        const value = given.discount.type === "fixed" ? given.discount.value * scale : given.discount.value;
        const small = price(given);
        const large = price({ ...given, drawn, discount: { ...given.discount, value } });
        expect(Math.abs(large.discount / scale - small.discount)).toBeLessThanOrEqual(0.5);
        for (const [index, part] of large.lines.entries()) {
          expect(Math.abs(part.discount / scale - small.lines[index].discount)).toBeLessThanOrEqual(
            given.drawn.length + 1,
          );
        }
      }),
    );
  });

  it("splits over units so that they add up, none more than one unit apart", () => {
    expect(splitOverUnits(4, 3)).toEqual([2, 1, 1]);
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 40 }), (amount, quantity) => {
        const parts = splitOverUnits(amount, quantity);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
      }),
    );
    expect(splitDiscount(100, [500, 500], [20, 500])).toEqual([20, 80]);
  });
});
