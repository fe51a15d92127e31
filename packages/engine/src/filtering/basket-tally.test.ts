import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import { createBasketTally } from "./basket-tally.ts";
import { trainPopularity, type PopularityOptions } from "./popularity.ts";

const day = 86_400_000;
const productCount = 6;
const anyone = { history: [] };

interface Basket {
  readonly at: number;
  readonly products: readonly number[];
}

/** What a training on all of it says. */
async function fullFit(baskets: readonly Basket[], until: number, options: PopularityOptions) {
  const model = await trainPopularity(
    {
      baskets: incidence({
        rows: baskets.length,
        columns: productCount,
        row: baskets.flatMap(({ products }, row) => products.map(() => row)),
        column: baskets.flatMap(({ products }) => products),
      }),
      basketAt: Float64Array.from(baskets, ({ at }) => at),
      until,
    },
    options,
  );
  return byProduct(model.recommend(anyone, productCount));
}

function byProduct({ products, scores }: { products: Uint32Array; scores: Float64Array }): number[] {
  const values = Array.from({ length: productCount }, () => NaN);
  for (const [place, product] of products.entries()) values[product] = scores[place];
  return values;
}

const anyBaskets = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 400 }), products: fc.array(fc.nat(productCount - 1), { maxLength: 4 }) }),
  { maxLength: 40 },
);
const anyOptions = fc.record({
  windowDays: fc.constantFrom(3, 20, 90, Infinity),
  halfLifeDays: fc.constantFrom(2, 30, Infinity),
});

describe("popularity kept up to date", () => {
  it("equals a training on everything, whenever baskets come in and whenever it is asked", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyBaskets, fc.nat(150)), { maxLength: 5 }),
        anyOptions,
        async (deliveries, options) => {
          const tally = createBasketTally(productCount, options);
          const known: Basket[] = [];
          let until = 0;
          for (const [baskets, wait] of deliveries) {
            until += wait * day;
            for (const { at, products } of baskets) {
              known.push({ at: at * day, products });
              tally.add(products, at * day);
            }
            const scores = byProduct(tally.popularityAt(until).recommend(anyone, productCount));
            const expected = await fullFit(known, until, options);
            for (const [product, score] of scores.entries()) expect(score).toBeCloseTo(expected[product], 9);
            if (options.halfLifeDays === Infinity) expect(scores).toEqual(expected);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("counts a product once a basket, and a basket that comes late as one that came in time", () => {
    const tally = createBasketTally(productCount, { windowDays: 10 });
    tally.add([1, 1, 2], 5 * day);
    expect([...tally.popularityAt(6 * day).recommend(anyone, 2).scores]).toEqual([1, 1]);
    tally.add([2], 3 * day);
    expect([...tally.popularityAt(6 * day).recommend(anyone, 2).scores]).toEqual([2, 1]);
    expect(tally.basketCount).toBe(2);
    expect([...tally.popularityAt(14 * day).recommend(anyone, 2).scores]).toEqual([1, 1]);
    expect(tally.basketCount).toBe(1);
  });

  it("stays exact over years of fading", async () => {
    const options = { halfLifeDays: 1 };
    const tally = createBasketTally(productCount, options);
    const baskets = Array.from({ length: 2000 }, (_, place) => ({ at: place * day, products: [place % 3] }));
    for (const { at, products } of baskets) {
      tally.add(products, at);
      tally.popularityAt(at + 1);
    }
    const until = 2000 * day;
    const scores = byProduct(tally.popularityAt(until).recommend(anyone, productCount));
    const expected = await fullFit(baskets, until, options);
    for (const [product, score] of scores.entries()) expect(score).toBeCloseTo(expected[product], 12);
  });

  it("refuses strangers, times that are none, and time that runs backwards", () => {
    const tally = createBasketTally(productCount);
    for (const products of [[productCount], [-1], [0.5]]) expect(() => tally.add(products, 0)).toThrow(InvalidInput);
    expect(() => tally.add([1], NaN)).toThrow(InvalidInput);
    tally.popularityAt(10);
    expect(() => tally.popularityAt(9)).toThrow(InvalidInput);
    expect([...tally.popularityAt(11).recommend(anyone, 1).scores]).toEqual([0]);
  });
});
