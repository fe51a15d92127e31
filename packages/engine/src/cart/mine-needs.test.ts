import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { incidence } from "../matrix/sparse.ts";
import type { PurchaseView } from "./first-purchases.ts";
import { mineNeeds } from "./mine-needs.ts";

const day = 86_400_000;
const until = 400 * day;
const [printer, ink, bag] = [0, 1, 2];
const productCount = 30;

/** @param ordersOf products of each order of a customer, with the day it was placed */
function viewOf(customers: readonly (readonly { at: number; products: readonly number[] }[])[]): PurchaseView {
  const orders = customers
    .flatMap((own, customer) => own.map((order) => ({ ...order, customer })))
    .toSorted((a, b) => a.at - b.at);
  return {
    baskets: incidence({
      rows: orders.length,
      columns: productCount,
      row: orders.flatMap(({ products }, row) => products.map(() => row)),
      column: orders.flatMap(({ products }) => products),
    }),
    basketAt: Float64Array.from(orders, ({ at }) => at * day),
    basketCustomer: Int32Array.from(orders, ({ customer }) => customer),
    customerCount: customers.length,
    productCount,
    until,
  };
}

/** Customers who order at random; every other one buys a bag with everything. */
function crowd(seed: string, count: number) {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, customer) =>
    Array.from({ length: 1 + random.integer(4) }, () => ({
      at: random.integer(390),
      products: [...new Set([...(customer % 2 === 0 ? [bag] : []), 3 + random.integer(productCount - 3)])],
    })).toSorted((a, b) => a.at - b.at),
  );
}

describe("needs mined from orders", () => {
  it("finds that a printer needs ink, with figures, and not that ink needs a printer", async () => {
    const random = createRandom("printers");
    const buyers = Array.from({ length: 100 }, () => {
      const at = random.integer(300);
      const chance = random.next();
      // Four in ten get ink at once, three later in the month, three never.
      if (chance < 0.4) return [{ at, products: [printer, ink] }];
      return chance < 0.7
        ? [
            { at, products: [printer] },
            { at: at + 20, products: [ink] },
          ]
        : [{ at, products: [printer] }];
    });
    const others = Array.from({ length: 200 }, () => [{ at: random.integer(390), products: [ink] }]);
    const needs = await mineNeeds(viewOf([...crowd("shop", 2000), ...buyers, ...others]));
    expect(needs.map(({ product, companion }) => [product, companion])).toEqual([[printer, ink]]);
    const [need] = needs;
    expect(need.buyers).toBe(100);
    expect(need.confidence).toBeCloseTo(0.7, 0);
    expect(need.lower).toBeLessThan(need.confidence);
    expect(need.reverse).toBeLessThan(0.3);
    expect(need.qValue).toBeLessThan(1e-6);
  });

  it("does not take two parts of a collection for needs of one another", async () => {
    const random = createRandom("collection");
    const fans = Array.from({ length: 200 }, () => {
      const both = random.next() < 0.7;
      return [{ at: random.integer(300), products: both ? [printer, ink] : [random.next() < 0.5 ? printer : ink] }];
    });
    expect(await mineNeeds(viewOf([...crowd("shop", 2000), ...fans]))).toEqual([]);
  });

  it("finds nothing where everybody buys at random, bestsellers included", async () => {
    for (const seed of ["one", "two", "three", "four", "five"]) {
      expect(await mineNeeds(viewOf(crowd(seed, 1500)), { minimumConfidence: 0.02 })).toEqual([]);
    }
  });

  it("does not count buyers who had the companion before, nor those whose time is not over", async () => {
    const early = Array.from({ length: 50 }, () => [
      { at: 10, products: [ink] },
      { at: 100, products: [printer] },
    ]);
    const late = Array.from({ length: 50 }, () => [{ at: 390, products: [printer] }]);
    const fresh = Array.from({ length: 30 }, () => [
      { at: 20, products: [printer] },
      { at: 25, products: [ink] },
    ]);
    const others = Array.from({ length: 1000 }, () => [{ at: 5, products: [4] }]);
    const [need] = await mineNeeds(viewOf([...early, ...late, ...fresh, ...others]));
    expect(need).toMatchObject({ product: printer, companion: ink, count: 30, buyers: 30, reverse: 0 });
  });

  it("refuses settings out of range", async () => {
    await expect(mineNeeds(viewOf([]), { minimumConfidence: 2 })).rejects.toThrow(/minimumConfidence/);
  });
});
