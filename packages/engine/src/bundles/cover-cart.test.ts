import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import type { Bundle, BundleDiscount, BundleLine, BundleProduct } from "./bundle.ts";
import { coverCart } from "./cover-cart.ts";

const market = { currency: "EUR" };

function bundleOf(
  id: string,
  products: readonly (readonly [string, number])[],
  discount: BundleDiscount,
  rest: Partial<Bundle> = {},
): Bundle {
  return {
    id,
    name: id,
    type: "static",
    products: products.map(([productId, quantity]): BundleProduct => ({ productId, quantity, required: true })),
    discount,
    conditions: {},
    performance: { views: 0, conversions: 0, revenue: 0 },
    active: true,
    createdAt: "2026-01-01T00:00:00Z",
    updatedAt: "2026-01-01T00:00:00Z",
    ...rest,
  };
}

const fixed = (value: number): BundleDiscount => ({ type: "fixed", value });
const line = (productId: string, quantity = 1, unitPrice = 1000): BundleLine => ({ productId, quantity, unitPrice });

/** Every set of bundles, tried out. */
function bestSaving(
  quantities: readonly number[],
  offers: readonly { readonly needs: readonly number[]; readonly saving: number }[],
  from = 0,
): number {
  let best = 0;
  for (let index = from; index < offers.length; index++) {
    const { needs, saving } = offers[index];
    if (needs.some((units, row) => units > quantities[row])) continue;
    const left = quantities.map((quantity, row) => quantity - needs[row]);
    best = Math.max(best, saving + bestSaving(left, offers, index));
  }
  return best;
}

describe("the best bundles of a cart", () => {
  it("prefers two small bundles to a large one that is in the way of both", () => {
    const bundles = [
      bundleOf(
        "large",
        [
          ["b", 1],
          ["c", 1],
        ],
        fixed(300),
      ),
      bundleOf(
        "left",
        [
          ["a", 1],
          ["b", 1],
        ],
        fixed(200),
      ),
      bundleOf(
        "right",
        [
          ["c", 1],
          ["d", 1],
        ],
        fixed(200),
      ),
    ];
    const cover = coverCart(
      ["a", "b", "c", "d"].map((id) => line(id)),
      bundles,
      market,
    );
    expect(cover).toMatchObject({ exact: true, saving: 400, bound: 400, uncovered: [0, 0, 0, 0] });
    expect(cover.bundles.map(({ bundleId }) => bundleId)).toEqual(["left", "right"]);
  });

  it("takes a bundle as often as the cart holds it, and draws units from sibling lines", () => {
    const cart = [line("mug", 3), line("mug", 1, 900), line("plate", 2)];
    const cover = coverCart(
      cart,
      [
        bundleOf(
          "set",
          [
            ["mug", 2],
            ["plate", 1],
          ],
          fixed(250),
        ),
      ],
      market,
    );
    expect(cover).toMatchObject({ exact: true, saving: 500, uncovered: [0, 0, 0] });
  });

  it("gives free shipping once", () => {
    const free = [
      bundleOf("x", [["a", 2]], { type: "free-shipping", value: 0 }),
      bundleOf("y", [["b", 2]], { type: "free-shipping", value: 0 }),
    ];
    const cover = coverCart([line("a", 4), line("b", 2)], free, market, { shippingPrice: 490 });
    expect(cover).toMatchObject({ exact: true, saving: 490 });
  });

  it("finds mix-and-match units beside other bundles", () => {
    const mix = bundleOf(
      "three teas",
      [
        ["green", 1],
        ["black", 1],
      ],
      { type: "percentage", value: 20 },
      {
        type: "mix-match",
        slots: [{ id: "tea", choices: ["green", "black"], minimum: 3, maximum: 3 }],
      },
    );
    const pot = bundleOf(
      "pot and tea",
      [
        ["green", 1],
        ["pot", 1],
      ],
      fixed(150),
    );
    const cover = coverCart([line("green", 2), line("black", 2, 500), line("pot", 1, 2000)], [mix, pot], market);
    // Alone the mix would take both green teas and save 500; one of them saves more beside the pot.
    expect(cover).toMatchObject({ exact: true, saving: 550, uncovered: [0, 0, 0] });
  });

  it("leaves a cart without bundles alone", () => {
    expect(coverCart([line("a")], [], market)).toMatchObject({ exact: true, saving: 0, bundles: [], uncovered: [1] });
  });

  it("says when it stopped early, and how much better another cover could be", () => {
    const ids = Array.from({ length: 24 }, (_, index) => `p${index}`);
    const bundles = ids.flatMap((id, index) =>
      [1, 5, 7].map((step) =>
        bundleOf(
          `${id}+${step}`,
          [
            [id, 1],
            [ids[(index + step) % 24], 1],
            [ids[(index * step + 3) % 24], 1],
          ].filter(([own], at, all) => all.findIndex(([other]) => other === own) === at) as [string, number][],
          fixed(200 + ((index * 37 + step * 11) % 90)),
        ),
      ),
    );
    const hurried = coverCart(
      ids.map((id) => line(id)),
      bundles,
      market,
      { effort: 1 },
    );
    const patient = coverCart(
      ids.map((id) => line(id)),
      bundles,
      market,
      { effort: 10_000_000 },
    );
    expect(hurried.exact).toBe(false);
    expect(patient.exact).toBe(true);
    expect(hurried.saving).toBeLessThanOrEqual(patient.saving);
    expect(hurried.bound).toBeGreaterThanOrEqual(patient.saving);
  });

  it("names the bundle that is in another currency", () => {
    const bundles = [bundleOf("a", [["a", 2]], fixed(1)), bundleOf("b", [["a", 2]], fixed(1), { currency: "JPY" })];
    expect(() => coverCart([line("a", 2)], bundles, market)).toThrow(
      "bundles[1].currency must be the market's currency (EUR)",
    );
  });

  it("is as good as trying out every set of bundles, uses no unit twice, and repeats", () => {
    const drawnBundle = fc.record({
      needs: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
      saving: fc.integer({ min: 1, max: 400 }),
    });
    const cartQuantities = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(cartQuantities, fc.array(drawnBundle, { maxLength: 9 }), (quantities, drawn) => {
        const real = drawn.filter(({ needs }) => needs.some((units) => units > 0));
        const cart = quantities.map((quantity, row) => line(`p${row}`, quantity));
        const bundles = real.map(({ needs, saving }, index) =>
          bundleOf(
            `b${index}`,
            needs.flatMap((units, row): [string, number][] => (units > 0 ? [[`p${row}`, units]] : [])),
            fixed(saving),
          ),
        );
        const cover = coverCart(cart, bundles, market, { effort: 10_000_000 });
        expect(cover.exact).toBe(true);
        expect(cover.saving).toBe(bestSaving(quantities, real));
        expect(cover.bundles.reduce((sum, { saving }) => sum + saving, 0)).toBe(cover.saving);
        const used = quantities.map((_, row) =>
          cover.bundles.reduce(
            (sum, { units, times }) =>
              sum + times * units.filter((part) => part.line === row).reduce((count, part) => count + part.quantity, 0),
            0,
          ),
        );
        expect(used.map((count, row) => count + cover.uncovered[row])).toEqual(quantities);
        expect(coverCart(cart, bundles, market, { effort: 10_000_000 })).toEqual(cover);
      }),
      { numRuns: 300 },
    );
  });

  it("is within a twelfth of the best for carts that all of 500 bundles compete for, and says how near", () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(`competing ${seed}`);
      const cart = Array.from({ length: 40 }, (_, index) =>
        line(`p${index}`, 1 + random.integer(3), 300 + random.integer(5000)),
      );
      const bundles = Array.from({ length: 500 }, (_, index) => {
        const products = new Set(Array.from({ length: 2 + random.integer(4) }, () => `p${random.integer(40)}`));
        const discount: BundleDiscount = { type: "percentage", value: 5 * (1 + random.integer(4)) };
        return bundleOf(
          `b${index}`,
          [...products].map((id) => [id, 1]),
          discount,
        );
      });
      const { saving, bound, uncovered } = coverCart(cart, bundles, market);
      expect(saving).toBeGreaterThan((11 / 12) * bound);
      expect(Math.min(...uncovered)).toBeGreaterThanOrEqual(0);
    }
  });
});
