/** Carts, tiers, offers, clocks and training data as bad as they come: exact answers, or an error that names the field. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import { formatMoney, percentageOf } from "../catalogue/money.ts";
import { InvalidInput } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { findBunching } from "./bunching.ts";
import { readCart } from "./cart-lines.ts";
import { completenessOf } from "./completeness.ts";
import { nextBestOffer } from "./next-best-offer.ts";
import { predictCart, trainCartPredictor } from "./predict-cart.ts";
import { priceQuantity } from "./quantity-tiers.ts";
import { composeRecovery } from "./recovery-content.ts";
import { nudgeToThreshold } from "./shipping-nudge.ts";
import { clockSkew, isRedeemable, issueOffer, offerStateAt, remainingOnDevice } from "./timed-offers.ts";

/** With no, two, three and four decimals. */
const currencies = ["JPY", "EUR", "KWD", "CLF"];

/** A share by whole numbers of any size: hundredths of a percent, half a unit upwards. */
function exactShare(amount: number, hundredths: number): number {
  return Number((BigInt(amount) * BigInt(hundredths) + 5000n) / 10_000n);
}

describe("money", () => {
  it("is shared out exactly, whatever its size", () => {
    const amounts = fc.oneof(fc.nat({ max: 10_000 }), fc.maxSafeNat());
    fc.assert(
      fc.property(amounts, fc.nat({ max: 10_000 }), (amount, hundredths) => {
        expect(percentageOf(amount, hundredths / 100)).toBe(exactShare(amount, hundredths));
      }),
    );
  });

  it("of tiers adds up in every currency, and what is promised for more units is what they cost then", () => {
    const line = fc.record({ quantity: fc.integer({ min: 1, max: 30 }), unitPrice: fc.nat({ max: 9_999_999 }) });
    const steps = fc.uniqueArray(
      fc.record({ from: fc.integer({ min: 1, max: 40 }), percentage: fc.integer({ min: 0, max: 10_000 }) }),
      {
        minLength: 1,
        maxLength: 4,
        selector: ({ from }) => from,
      },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...currencies),
        fc.array(line, { minLength: 1, maxLength: 4 }),
        steps,
        (currency, lines, drafts) => {
          const froms = drafts.map(({ from }) => from).toSorted((a, b) => a - b);
          const shares = drafts.map(({ percentage }) => percentage).toSorted((a, b) => a - b);
          const tiers = froms.map((from, place) => ({ from, percentage: shares[place] / 100 }));
          const market = { currency, locale: "en" };
          const priced = priceQuantity({ tiers }, lines, market);
          const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
          const subtotal = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0);
          const tier = froms.findLastIndex((from) => units >= from);
          expect(priced.discount).toBe(tier < 0 ? 0 : exactShare(subtotal, shares[tier]));
          expect(priced.lineDiscounts.reduce((sum, part) => sum + part, 0)).toBe(priced.discount);
          expect(priced.total).toBe(subtotal - priced.discount);
          for (const [place, part] of priced.lineDiscounts.entries())
            expect(part).toBeLessThanOrEqual(lines[place].quantity * lines[place].unitPrice);
          const { next } = priced;
          if (!next) return;
          const more = lines.map((each, place) =>
            place === lines.length - 1 ? { ...each, quantity: each.quantity + next.unitsToAdd } : each,
          );
          expect(priceQuantity({ tiers }, more, market).total).toBe(next.total);
          if (next.extraCost > 0) expect(priced.message).toContain(formatMoney(next.discount, currency, "en"));
        },
      ),
    );
  });

  it("that cannot be counted to the unit is refused, with the line that brings it there", () => {
    const many = [
      { quantity: 1, unitPrice: 5 },
      { quantity: Number.MAX_SAFE_INTEGER, unitPrice: 2 },
    ];
    const tiers = [{ from: 2, percentage: 10 }];
    expect(() => priceQuantity({ tiers }, many, { currency: "EUR", locale: "en" })).toThrow("lines[1].quantity");
    const far = { tiers: [{ from: Number.MAX_SAFE_INTEGER, percentage: 10 }] };
    expect(
      priceQuantity(far, [{ quantity: 1, unitPrice: 999 }], { currency: "EUR", locale: "en" }).next,
    ).toBeUndefined();
    const told = { productId: "mug", quantity: Number.MAX_SAFE_INTEGER, unitPrice: 0 };
    expect(() => readCart([told], shop.catalogue, shop.market)).toThrow("lines[0].quantity");
  });
});

const catalogue = createCatalogue({
  products: ["mug", "tea", "pot", "gone"].map((id, index) => ({
    id,
    title: id,
    ...(id === "gone" && { active: false }),
    attributes: { kind: id },
    variants: [{ id: `${id}-1`, prices: { default: 1000 + 250 * index }, cost: 400, options: { constructor: "a" } }],
  })),
});
const shop = { catalogue, market: marketOf(catalogue) };
const cartOf = (...lines: { productId: string; quantity: number }[]) => readCart(lines, catalogue, shop.market);

describe("a nudge", () => {
  it("names amounts that add up, by brute force over one and two products", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9000 }), (quantity, amount) => {
        const cart = cartOf({ productId: "mug", quantity });
        const nudge = nudgeToThreshold(cart, { amount }, shop, { reach: 0, count: 1 });
        expect(nudge.gap).toBe(Math.max(0, amount - 1000 * quantity));
        const sums = [[1250], [1500], [1250, 1500]].map((prices) => prices.reduce((sum, price) => sum + price, 0));
        const fits = sums.some((sum) => sum >= nudge.gap && sum <= 2 * nudge.gap);
        // A pair whose one product closes the gap alone is none.
        if (nudge.suggestions.length > 0) expect(fits).toBe(true);
        for (const { products, total, overshoot } of nudge.suggestions) {
          expect(total).toBe(products.reduce((sum, { price }) => sum + price, 0));
          expect(overshoot).toBe(total - nudge.gap);
          expect(overshoot).toBeGreaterThanOrEqual(0);
        }
        expect(nudge.status === "within-reach").toBe(nudge.suggestions.length > 0);
      }),
    );
  });
});

describe("needs", () => {
  it("that go in a circle end, and attributes named like methods are none", () => {
    const circle = [
      { id: "a", of: { productIds: ["mug"] }, needs: { productIds: ["tea"] } },
      { id: "b", of: { productIds: ["tea"] }, needs: { productIds: ["mug"] } },
      {
        id: "c",
        of: { attributes: { constructor: "x" } },
        needs: { attributes: { toString: "x" } },
        sharing: ["valueOf"],
      },
    ];
    const alone = completenessOf(cartOf({ productId: "mug", quantity: 2 }), shop, { declared: circle });
    expect(alone.missing.map(({ needId }) => needId)).toEqual(["a"]);
    const both = cartOf({ productId: "mug", quantity: 1 }, { productId: "tea", quantity: 1 });
    expect(completenessOf(both, shop, { declared: circle }).isComplete).toBe(true);
  });
});

describe("offers", () => {
  it("nobody was ever shown are weighed, and those of no known kind refused", () => {
    const none = { count: 0, of: 0 };
    const offer = { kind: "product", id: "o", productId: "tea", accepted: none, natural: none } as const;
    const [weighed] = nextBestOffer(cartOf({ productId: "mug", quantity: 1 }), shop, [offer]).offers;
    expect(weighed).toMatchObject({ acceptance: 0.5, natural: 0.5 });
    expect(weighed.gain && Math.abs(weighed.gain.value)).toBeLessThan(1e-9);
    const odd = JSON.parse(JSON.stringify({ ...offer, kind: "gift" })) as typeof offer;
    expect(() => nextBestOffer(cartOf(), shop, [odd])).toThrow("offers[0].kind");
  });

  it("end at one instant, and no clock that is off gives more time", () => {
    const offer = { id: "o", startsAt: "2026-01-01T00:00:00Z", endsAt: "2026-01-02T00:00:00Z", minutesPerVisitor: 10 };
    const start = Date.UTC(2026, 0, 1);
    const issued = issueOffer(offer, "v", start);
    if (!issued) throw new Error("it has begun");
    expect(offerStateAt(offer, issued.endsAt - 1, issued).state).toBe("active");
    expect(offerStateAt(offer, issued.endsAt, issued).state).toBe("ended");
    expect(isRedeemable(offer, issued.endsAt + 29_999, issued)).toBe(true);
    expect(isRedeemable(offer, issued.endsAt + 30_000, issued)).toBe(false);
    expect(issueOffer(offer, "v", start - 1)).toBeUndefined();
    expect(issueOffer(offer, "v", start + 86_400_000)).toBeUndefined();
    const time = fc.integer({ min: -1e9, max: 1e9 });
    fc.assert(
      fc.property(
        time,
        fc.nat({ max: 60_000 }),
        fc.nat({ max: 60_000 }),
        fc.nat({ max: 900_000 }),
        (off, there, back, later) => {
          const skew = clockSkew(start + off, start + there, start + off + there + back);
          const now = start + there + back + later;
          expect(remainingOnDevice(issued.endsAt, now + off, skew)).toBeLessThanOrEqual(
            offerStateAt(offer, now, issued).remainingMs,
          );
        },
      ),
    );
    for (const broken of [
      { ...issued, endsAt: Number.NaN },
      { ...issued, issuedAt: Number.NaN },
    ])
      expect(() => offerStateAt(offer, start, broken)).toThrow(InvalidInput);
    expect(() => clockSkew(0, Number.NaN, 1)).toThrow("serverTime");
    expect(() => remainingOnDevice(start, Number.NaN, { offset: 0, error: 0 })).toThrow("deviceNow");
  });
});

describe("an abandoned cart", () => {
  it("of which nothing is left is not worth a message", () => {
    const content = composeRecovery(
      cartOf({ productId: "gone", quantity: 1 }, { productId: "never", quantity: 1 }),
      shop,
      { percentage: 10 },
    );
    expect(content).toMatchObject({ isWorthSending: false, total: 0, complements: [] });
    expect(content.offer).toBeUndefined();
  });
});

describe("learning from little or nothing", () => {
  const constant = (rows: number, changes: object = {}) => {
    const column = (value: number) => new Float64Array(rows).fill(value);
    const random = createRandom("carts");
    const completed = column(0).map(() => random.integer(2));
    return {
      value: column(5000),
      lines: column(1),
      units: column(1),
      minutes: column(5),
      sessions: column(1),
      isKnown: column(0),
      completed,
      orderValue: column(5000),
      ...changes,
    };
  };
  const cart = { value: 5000, lines: 1, units: 1, minutes: 5, sessions: 1, isKnown: false };

  it("is refused where there is too little, one fate only, or what is no number", async () => {
    await expect(trainCartPredictor(constant(10))).rejects.toThrow("carts must be at least 30");
    await expect(trainCartPredictor(constant(400, { completed: new Float64Array(400).fill(1) }))).rejects.toThrow(
      "other carts",
    );
    await expect(
      trainCartPredictor(constant(400, { minutes: new Float64Array(400).fill(Number.NaN) })),
    ).rejects.toThrow("carts.minutes[0]");
    await expect(trainCartPredictor(constant(400), { ridge: 0 })).rejects.toThrow("ridge");
  });

  it("says the share that was ordered where all carts are alike, and stays finite for carts beyond all", async () => {
    const predictor = await trainCartPredictor(constant(400), { ridge: 1e-6 });
    const { completion, orderValue } = predictCart(predictor, cart);
    expect(completion).toBeGreaterThan(0.35);
    expect(completion).toBeLessThan(0.65);
    expect(orderValue.median).toBe(5000);
    expect(orderValue.upper - orderValue.lower).toBeLessThanOrEqual(2);
    const random = createRandom("values");
    const value = new Float64Array(400).map(() => 1 + random.integer(90_000));
    const varied = await trainCartPredictor(
      constant(400, { value, orderValue: value.map((each) => 2 * each + random.integer(500)) }),
    );
    const { orderValue: beyond } = predictCart(varied, { ...cart, value: Number.MAX_VALUE, minutes: 1e300 });
    for (const end of [beyond.median, beyond.lower, beyond.upper]) expect(Number.isSafeInteger(end)).toBe(true);
  });

  it("looks for bunching at amounts only", () => {
    for (const threshold of [0, -5, Number.NaN, Infinity])
      expect(() => findBunching([1, 2], threshold)).toThrow("threshold");
    expect(findBunching([], 500)).toBeUndefined();
  });
});
