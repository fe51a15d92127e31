import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import { readCart } from "./cart-lines.ts";
import { crossSellCart, type CrossSellOptions } from "./cross-sell.ts";
import type { RelatedProducts } from "./related.ts";

const ids = ["printer", "desk", "paper", "ink", "lamp", "chair"];
const catalogue = createCatalogue({
  products: ids.map((id) => ({
    id,
    title: id[0].toUpperCase() + id.slice(1),
    category: id === "paper" || id === "ink" ? ["Supplies"] : ["Furniture"],
    variants: [{ id: `${id}-1`, prices: { default: 1000 }, stock: id === "chair" ? 0 : 9 }],
  })),
});
const market = marketOf(catalogue);
const index = (id: string): number => catalogue.ids.indexOf(id) ?? -1;

/** Chances and lifts as a shop might have found them. */
const known: Readonly<Record<string, readonly [id: string, chance: number, lift: number][]>> = {
  printer: [
    ["ink", 0.6, 8],
    ["paper", 0.4, 4],
    ["chair", 0.9, 9],
    ["desk", 0.3, 2],
  ],
  desk: [
    ["lamp", 0.5, 5],
    ["paper", 0.4, 0.5],
  ],
};
const companions: RelatedProducts = (product) =>
  (known[catalogue.ids.idOf(product)] ?? []).map(([id, score, lift]) => ({ product: index(id), score, lift }));

function suggest(cart: readonly string[], options: Partial<CrossSellOptions> = {}) {
  const contents = readCart(
    cart.map((productId) => ({ productId, quantity: 1 })),
    catalogue,
    market,
  );
  return crossSellCart(contents, { catalogue, market }, { companions, ...options });
}

describe("cross-sell of a whole cart", () => {
  it("adds up what the lines say: two chances of 40 % make 64 %", () => {
    const [first] = suggest(["printer", "desk"]);
    expect(first.productId).toBe("paper");
    expect(first.score).toBeCloseTo(1 - 0.6 * 0.6, 12);
    expect(first.reason).toBe("Goes with Printer and Desk");
  });

  it("hears a line that speaks against a product when it adds up lifts", () => {
    const found = suggest(["printer", "desk"], { combine: "log-lift" });
    expect(found.map(({ productId }) => productId)).toEqual(["ink", "lamp", "paper"]);
    expect(found[2].score).toBeCloseTo((Math.log(4) + Math.log(0.5)) / Math.SQRT2, 12);
  });

  it("leaves out the cart, what is owned and what is out of stock", () => {
    const found = suggest(["printer", "desk"], { exclude: new Set([index("lamp")]) });
    expect(found.map(({ productId }) => productId)).toEqual(["paper", "ink"]);
  });

  it("keeps to so many products of a category", () => {
    expect(suggest(["printer", "desk"], { perCategory: 1 }).map(({ productId }) => productId)).toEqual([
      "paper",
      "lamp",
    ]);
  });

  it("shows nothing rather than something weak", () => {
    expect(suggest(["printer", "desk"], { minimumScore: 0.7 })).toEqual([]);
    expect(suggest(["lamp"])).toEqual([]);
  });

  it("does not depend on the order of the lines", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["printer", "desk", "ink"]),
        fc.constantFrom("noisy-or", "log-lift"),
        (cart, combine) => {
          expect(suggest(cart, { combine })).toEqual(
            suggest(cart.toSorted(), { combine }).map((found) =>
              expect.objectContaining({ productId: found.productId, score: found.score }),
            ),
          );
        },
      ),
    );
  });

  it("refuses a score that is no chance", () => {
    const wrong: RelatedProducts = () => [{ product: index("ink"), score: 3 }];
    expect(() => suggest(["printer"], { companions: wrong })).toThrow(/companions of ink\.score must be a chance/);
    expect(() => suggest(["printer"], { companions: wrong, combine: "log-lift" })).toThrow(/lift/);
  });
});
