import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf } from "./baskets.ts";
import { measureBrandAffinity } from "./brand-affinity.ts";
import { measureCategoryAffinity } from "./category-affinity.ts";
import { measureLabelAffinity, placeOfLabels, relatedLabels, type LabelAffinity } from "./label-affinity.ts";
import { boughtWithPriceRange, cutPriceBands, measurePriceBandAffinity } from "./price-band-affinity.ts";

const [tea, biscuits, tools, paint] = [0, 1, 2, 3];
/** Forty products of each label; product 160 has none. */
const labels = { labelOf: Int32Array.from({ length: 161 }, (_, p) => (p < 160 ? Math.floor(p / 40) : -1)), size: 4 };

/** Tea draws biscuits, nobody buys two tools, baskets differ in size, and tea sells most. */
function shop(): Incidence {
  const random = createRandom("labels");
  const orders = Array.from({ length: 5000 }, () => {
    const basket: number[] = [];
    const draws = 1 + random.integer(4);
    for (let draw = 0; draw < draws; draw++) {
      const label = random.next() < 0.4 ? tea : 1 + random.integer(3);
      const product = label * 40 + random.integer(40);
      const isSecondTool = label === tools && basket.some((held) => labels.labelOf[held] === tools);
      if (!isSecondTool) basket.push(product);
    }
    if (basket.some((held) => held < 40) && random.next() < 0.5) basket.push(40 + random.integer(40));
    if (random.next() < 0.3) basket.push(160);
    return basket;
  });
  return basketsOf(orders, 161);
}

let affinity: LabelAffinity;
beforeAll(async () => {
  affinity = await measureLabelAffinity(shop(), labels);
});

describe("affinity between labels", () => {
  const at = (one: number, other: number) => placeOfLabels(4, one, other);

  it("finds what draws what, and that two of a kind avoid each other", () => {
    expect(affinity.liftLower[at(tea, biscuits)]).toBeGreaterThan(1.1);
    expect(affinity.qValue[at(tea, biscuits)]).toBeLessThan(0.001);
    expect(affinity.liftUpper[at(tools, tools)]).toBeLessThan(0.2);
    expect(affinity.count[at(tools, tools)]).toBe(0);
  });

  it("does not take the largest label for a partner of all", () => {
    expect(affinity.lift[at(tea, paint)]).toBeLessThan(1.1);
    expect(affinity.labelBaskets[tea]).toBeGreaterThan(1.5 * affinity.labelBaskets[paint]);
  });

  it("draws lifts towards their mean, the rare ones most", () => {
    const { lift, shrunkLift, prior } = affinity;
    for (const [place, value] of shrunkLift.entries()) {
      expect(value).toBeGreaterThanOrEqual(Math.min(lift[place], prior.mean) - 1e-9);
      expect(value).toBeLessThanOrEqual(Math.max(lift[place], prior.mean) + 1e-9);
    }
  });

  it("lists the neighbours of a label, the closest first", () => {
    const [first] = relatedLabels(affinity, biscuits);
    expect(first.label).toBe(tea);
    expect(first.confidence).toBeCloseTo(first.count / affinity.labelBaskets[biscuits], 12);
    expect(
      relatedLabels(affinity, biscuits)
        .map(({ label }) => label)
        .toSorted((a, b) => a - b),
    ).toEqual([0, 1, 2, 3]);
    expect(() => relatedLabels(affinity, 4)).toThrow(InvalidOption);
  });

  it("expects what it counts where each product is its own label and nothing belongs together", async () => {
    const random = createRandom("nothing");
    const orders = Array.from({ length: 3000 }, () =>
      Array.from({ length: 1 + random.integer(5) }, () => random.integer(200)),
    );
    const halves = { labelOf: Int32Array.from({ length: 200 }, (_, p) => p % 2), size: 2 };
    const { lift } = await measureLabelAffinity(basketsOf(orders, 200), halves);
    for (const value of lift) expect(Math.abs(value - 1)).toBeLessThan(0.05);
  });

  it("counts as a plain loop does", async () => {
    const basket = fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 6 });
    const labelling = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 8, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(basket, { maxLength: 25 }), labelling, async (orders, labelOf) => {
        const measured = await measureLabelAffinity(basketsOf(orders, 8), {
          labelOf: Int32Array.from(labelOf),
          size: 3,
        });
        for (const [place, one] of measured.one.entries()) {
          const other = measured.other[place];
          const meets = orders.filter((products) => {
            const holds = (label: number) => products.filter((product) => labelOf[product] === label).length;
            return one === other ? holds(one) > 1 : holds(one) > 0 && holds(other) > 0;
          });
          expect(measured.count[place]).toBe(meets.length);
          expect(placeOfLabels(3, one, other)).toBe(place);
          expect(measured.expected[place]).toBeGreaterThanOrEqual(0);
          expect(measured.expected[place]).toBeLessThanOrEqual(orders.length + 1e-6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("refuses labels of another catalogue", async () => {
    const baskets = basketsOf([[0]], 1);
    await expect(measureLabelAffinity(baskets, labels)).rejects.toThrow(InvalidInput);
    await expect(measureLabelAffinity(baskets, { labelOf: Int32Array.of(3), size: 2 })).rejects.toThrow(InvalidInput);
    await expect(
      measureLabelAffinity(baskets, { labelOf: Int32Array.of(0), size: 1 }, { confidence: 1 }),
    ).rejects.toThrow(InvalidOption);
    expect((await measureLabelAffinity(basketsOf([], 1), { labelOf: Int32Array.of(0), size: 1 })).count).toHaveLength(
      1,
    );
  });
});

describe("affinity between categories and brands", () => {
  it("takes them from the catalogue", async () => {
    const catalogue = createCatalogue({
      products: ["cup", "plate", "drill"].map((id, index) => ({
        id,
        title: id,
        brand: index === 1 ? "Alder" : "Birch",
        category: [index < 2 ? "Table" : "Tools"],
        variants: [{ id: `${id}-1`, prices: { default: 100 * (index + 1) } }],
      })),
    });
    const view = { baskets: basketsOf([[0, 1], [0, 1], [2], [0, 2]], 3) };
    const categories = await measureCategoryAffinity(view, catalogue);
    expect([...categories.count]).toEqual([2, 1, 0]);
    expect([...categories.labelBaskets]).toEqual([3, 2]);
    const brands = await measureBrandAffinity(view, catalogue);
    expect(brands.count[placeOfLabels(2, 0, 1)]).toBe(2);
  });
});

describe("price bands", () => {
  const price = Float64Array.from({ length: 161 }, (_, product) =>
    product === 160 ? NaN : 100 * (1 + Math.floor(product / 40)),
  );

  it("sell about equally often and never part equal prices", () => {
    const bands = cutPriceBands(shop(), price, 3);
    expect(bands.size).toBeLessThanOrEqual(3);
    expect(bands.labelOf[160]).toBe(-1);
    for (let product = 1; product < 160; product++) {
      const isSame = price[product] === price[product - 1];
      if (isSame) expect(bands.labelOf[product]).toBe(bands.labelOf[product - 1]);
      else expect(bands.labelOf[product]).toBeGreaterThanOrEqual(bands.labelOf[product - 1]);
    }
    expect(cutPriceBands(basketsOf([[0]], 1), Float64Array.of(5), 4)).toMatchObject({ size: 1 });
    expect(() => cutPriceBands(shop(), Float64Array.of(1))).toThrow(InvalidInput);
    expect(() => cutPriceBands(shop(), price, 0)).toThrow(InvalidOption);
  });

  it("go together like any other label", async () => {
    const bands = await measurePriceBandAffinity({ baskets: shop() }, price, { bands: 4 });
    expect(bands.size).toBe(bands.edges.length + 1);
    expect(bands.count).toHaveLength((bands.size * (bands.size + 1)) / 2);
  });

  it("say what is bought with products of a price", async () => {
    // Three teas for 100, five sorts of biscuits for 200 that go with them, sixty other things for 900.
    const random = createRandom("prices");
    const orders = Array.from({ length: 4000 }, () => {
      const others = Array.from({ length: 1 + random.integer(6) }, () => 8 + random.integer(60));
      return random.next() < 0.1 ? [random.integer(3), 3 + random.integer(5), ...others] : others;
    });
    const view = { baskets: basketsOf(orders, 68) };
    const prices = Float64Array.from({ length: 68 }, (_, product) => (product < 3 ? 100 : product < 8 ? 200 : 900));
    const partners = await boughtWithPriceRange(view, prices, { from: 50, to: 150 }, 20);
    expect(partners.map(({ product }) => product).toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7]);
    for (const { liftLower, qValue } of partners) {
      expect(liftLower).toBeGreaterThan(3);
      expect(qValue).toBeLessThan(0.001);
    }
    expect(await boughtWithPriceRange(view, prices, { from: 50, to: 150 }, 2)).toEqual(partners.slice(0, 2));
    expect(await boughtWithPriceRange(view, prices, { from: 9000, to: 9999 }, 5)).toEqual([]);
    await expect(boughtWithPriceRange(view, prices, { from: 9, to: 1 }, 5)).rejects.toThrow(InvalidOption);
  });
});
