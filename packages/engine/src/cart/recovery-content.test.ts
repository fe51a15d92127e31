import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import { readCart, type CartLine } from "./cart-lines.ts";
import { composeRecovery, type RecoveryContentOptions } from "./recovery-content.ts";

const catalogue = createCatalogue({
  products: [
    { id: "mug", title: "Mug", variants: [{ id: "mug-1", prices: { default: 1250 }, cost: 500, stock: 7 }] },
    { id: "tray", title: "Tray", variants: [{ id: "tray-1", prices: { default: 2000 }, cost: 1700 }] },
    { id: "gone", title: "Jug", variants: [{ id: "gone-1", prices: { default: 900 }, cost: 1, stock: 0 }] },
    { id: "old", title: "Old cup", active: false, variants: [{ id: "old-1", prices: { default: 900 } }] },
    { id: "spoon", title: "Spoon", variants: [{ id: "spoon-1", prices: { default: 300 }, cost: 100 }] },
  ],
});
const shop = { catalogue, market: marketOf(catalogue) };
const companions = () => [
  { product: 4, score: 0.3 },
  { product: 1, score: 0.2 },
];

function compose(lines: readonly CartLine[], options?: RecoveryContentOptions) {
  return composeRecovery(readCart(lines, catalogue, shop.market), shop, options);
}

describe("a message about an abandoned cart", () => {
  it("shows present prices and says what has changed since", () => {
    const { lines, total, words } = compose([
      { productId: "mug", quantity: 2, unitPrice: 1500 },
      { productId: "tray", quantity: 1, unitPrice: 1800 },
      { productId: "gone", quantity: 1 },
      { productId: "old", quantity: 1 },
      { productId: "spoon", quantity: 1 },
    ]);
    expect(lines.map(({ status }) => status)).toEqual(["cheaper", "dearer", "sold-out", "no-longer-sold", "as-it-was"]);
    expect(total).toBe(2 * 1250 + 2000 + 300);
    expect(words).toEqual({
      subject: "Mug and 2 more things are in your cart",
      changes: [
        "Mug now costs €12.50, down from €15.00.",
        "Tray now costs €20.00; it was €18.00.",
        "Jug is sold out for now.",
        "Old cup is no longer sold.",
      ],
    });
  });

  it("tells that fewer are left, and never how many", () => {
    const content = compose([{ productId: "mug", quantity: 8 }]);
    expect(content).toMatchObject({ isWorthSending: false, total: 0, lines: [{ status: "fewer-left" }] });
    expect(JSON.stringify(content)).not.toContain("7");
  });

  it("adds what goes with the cart and is not in it", () => {
    const { complements } = compose([{ productId: "mug", quantity: 1 }], { companions });
    expect(complements.map(({ productId }) => productId)).toEqual(["spoon"]);
    expect(
      compose(
        [
          { productId: "spoon", quantity: 1 },
          { productId: "tray", quantity: 1 },
        ],
        { companions },
      ).complements,
    ).toEqual([]);
  });

  it("makes an offer only where the margin allows it", () => {
    // 12.50 less 10 % leaves 11.25, of which 6.25 is margin.
    const mug = compose([{ productId: "mug", quantity: 1 }], { percentage: 10 });
    expect(mug.offer).toEqual({ percentage: 10, amount: 125, marginLeft: 625 });
    expect(mug.words.offer).toBe("10% off your cart: you save €1.25.");
    // 20.00 less 10 % leaves 18.00, of which 1.00 is margin: under a tenth.
    expect(compose([{ productId: "tray", quantity: 1 }], { percentage: 10 })).not.toHaveProperty("offer");
  });

  it("is not worth sending when nothing of the cart can be bought", () => {
    const content = compose([{ productId: "gone", quantity: 1 }], { companions, percentage: 10 });
    expect(content).toMatchObject({
      isWorthSending: false,
      complements: [],
      words: { subject: "Your cart has changed" },
    });
  });

  it("never leaves less margin than it was told, to the cent", () => {
    const line = fc.record({
      productId: fc.constantFrom("mug", "tray", "spoon"),
      quantity: fc.integer({ min: 1, max: 7 }),
    });
    const percent = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), percent, percent, (lines, percentage, least) => {
        const { offer, total } = compose(lines, { percentage, minimumMarginRate: least / 100 });
        if (!offer) return;
        expect(Number.isSafeInteger(offer.amount)).toBe(true);
        expect(offer.amount).toBeLessThanOrEqual(total);
        expect(offer.marginLeft).toBeGreaterThanOrEqual(((total - offer.amount) * least) / 100 - 1e-6);
      }),
    );
  });

  it("refuses a discount over 100 %", () => {
    expect(() => compose([], { percentage: 120 })).toThrow(/percentage/);
  });
});
