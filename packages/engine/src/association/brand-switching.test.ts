import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf } from "./baskets.ts";
import { measureBrandSwitching } from "./brand-switching.ts";

/** Products 0-3 are coffee of brands 0, 1, 2, 0; product 4 is soap of brand 3, which is alone there. */
const labels = {
  brands: { labelOf: Int32Array.of(0, 1, 2, 0, 3), size: 4 },
  categories: { labelOf: Int32Array.of(0, 0, 0, 0, 1), size: 2 },
};

/** Each customer's orders, oldest first. */
function purchases(customers: readonly (readonly number[][])[]) {
  const orders = customers.flatMap((own, customer) => own.map((products, at) => ({ products, customer, at })));
  orders.sort((a, b) => a.at - b.at);
  return {
    baskets: basketsOf(
      orders.map(({ products }) => products),
      5,
    ),
    basketAt: Float64Array.from(orders, ({ at }) => at * 86_400_000),
    basketCustomer: Int32Array.from(orders, ({ customer }) => customer),
    customerCount: customers.length,
    until: 1e12,
  };
}

describe("brand switching", () => {
  it("counts steps from one purchase of a category to the next, whatever was bought between", async () => {
    const { steps, share, total } = await measureBrandSwitching(purchases([[[0], [4], [1], [1]]]), labels);
    expect(total).toBe(2);
    expect([steps[1], steps[1 * 4 + 1]]).toEqual([1, 1]);
    expect(share[1]).toBe(1);
    expect(share[2 * 4 + 2]).toBeNaN();
  });

  it("splits a step from or to several brands, so that each step weighs one", async () => {
    const { steps, total } = await measureBrandSwitching(purchases([[[0, 1], [2]]]), labels);
    expect(total).toBe(1);
    expect([steps[2], steps[1 * 4 + 2]]).toEqual([0.5, 0.5]);
  });

  it("can leave the very same product out: another product of the brand still speaks for it", async () => {
    const again = purchases([
      [[0], [0]],
      [[0], [3]],
    ]);
    expect((await measureBrandSwitching(again, labels)).steps[0]).toBe(2);
    expect((await measureBrandSwitching(again, labels, { sameProduct: false })).steps[0]).toBe(1);
  });

  it("tells loyal customers from chance, and calls nobody loyal to the only brand there is", async () => {
    const random = createRandom("loyal");
    const loyal = Array.from({ length: 300 }, (_, customer) =>
      Array.from({ length: 6 }, () => [random.next() < 0.7 ? customer % 3 : random.integer(3), 4]),
    );
    const found = await measureBrandSwitching(purchases(loyal), labels);
    for (const brand of [0, 1, 2]) {
      expect(found.liftLower[brand * 4 + brand]).toBeGreaterThan(1.3);
      expect(found.liftUpper[brand * 4 + ((brand + 1) % 3)]).toBeLessThan(1);
    }
    expect(found.lift[3 * 4 + 3]).toBeCloseTo(1, 12);
    const fickle = Array.from({ length: 300 }, () => Array.from({ length: 6 }, () => [random.integer(3)]));
    const none = await measureBrandSwitching(purchases(fickle), labels);
    for (const brand of [0, 1, 2]) expect(Math.abs(none.lift[brand * 4 + brand] - 1)).toBeLessThan(0.15);
  });

  it("adds up: shares to one, expectations to the steps, intervals around the share", async () => {
    const order = fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 3 });
    const shop = fc.array(fc.array(order, { maxLength: 6 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(shop, fc.boolean(), async (customers, sameProduct) => {
        const found = await measureBrandSwitching(purchases(customers), labels, { sameProduct });
        const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
        expect(sum(found.steps)).toBeCloseTo(found.total, 9);
        expect(sum(found.expected)).toBeCloseTo(found.total, 9);
        for (let from = 0; from < 4; from++) {
          const row = found.share.subarray(from * 4, from * 4 + 4);
          if (!Number.isNaN(row[0])) expect(sum(row)).toBeCloseTo(1, 9);
        }
        for (const [at, share] of found.share.entries()) {
          if (Number.isNaN(share)) continue;
          expect(found.lower[at]).toBeLessThanOrEqual(share + 1e-9);
          expect(found.upper[at]).toBeGreaterThanOrEqual(share - 1e-9);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("looks at one category when asked", async () => {
    const mixed = purchases([
      [
        [0, 4],
        [1, 4],
      ],
    ]);
    expect((await measureBrandSwitching(mixed, labels)).total).toBe(2);
    expect((await measureBrandSwitching(mixed, labels, { category: 1 })).total).toBe(1);
    await expect(measureBrandSwitching(mixed, labels, { category: -1 })).rejects.toThrow(InvalidOption);
  });
});
