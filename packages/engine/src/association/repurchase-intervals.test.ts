import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { normal } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf } from "./baskets.ts";
import { collectSpells, describeRepurchase } from "./repurchase-intervals.ts";

const day = 86_400_000;

/** Orders as [day, customer, ...products]; -1 is a guest. */
function purchases(orders: readonly number[][], untilDay: number, products = 3) {
  const sorted = orders.toSorted((a, b) => a[0] - b[0]);
  return {
    baskets: basketsOf(
      sorted.map(([, , ...bought]) => bought),
      products,
    ),
    basketAt: Float64Array.from(sorted, ([at]) => at * day),
    basketCustomer: Int32Array.from(sorted, ([, customer]) => customer),
    customerCount: 1 + Math.max(0, ...orders.map(([, customer]) => customer)),
    until: untilDay * day,
  };
}

describe("repurchase intervals", () => {
  it("are waits between purchases of one product; the last one is still open", async () => {
    const orders = [
      [0, 0, 0],
      [10, 0, 0],
      [10.2, 0, 0],
      [12, 1, 0],
      [15, -1, 0],
      [20, 0, 1],
    ];
    const spells = await collectSpells(purchases(orders, 40));
    const { curve, ...found } = describeRepurchase(spells, 0);
    // Waits of 10 days, and two open ones of 30 and 28; 10.2 is the same purchase as 10.
    expect(found).toMatchObject({ spells: 3, repeats: 1 });
    expect([...curve.time]).toEqual([10]);
    expect([...curve.atRisk]).toEqual([3]);
    expect(found.repeatShare).toBeCloseTo(1 / 3, 12);
    expect(found.median.time).toBe(Infinity);
    expect(found.again.time).toBe(10);
    expect(describeRepurchase(spells, [0, 1]).spells).toBe(4);
  });

  it("are not shortened by customers who have only just begun", async () => {
    const random = createRandom("coffee");
    const orders: number[][] = [];
    for (let customer = 0; customer < 800; customer++) {
      // Customers join all the time; each buys every 60 days, one in four stops each time.
      for (let at = random.next() * 300; at < 300; at += 60 + 8 * normal(random)) {
        orders.push([at, customer, 0]);
        if (random.next() < 0.25) break;
      }
    }
    const found = describeRepurchase(await collectSpells(purchases(orders, 300)), 0, { weeks: 26 });
    expect(found.again.time).toBeGreaterThan(58);
    expect(found.again.time).toBeLessThan(62);
    expect(found.again.lower).toBeLessThanOrEqual(found.again.time);
    expect(found.again.upper - found.again.lower).toBeLessThan(5);
    expect(found.repeatShare).toBeGreaterThan(0.69);
    expect(found.repeatShare).toBeLessThan(0.81);
    const { weeklyHazard } = found;
    expect(weeklyHazard.indexOf(Math.max(...weeklyHazard.subarray(0, 12)))).toBe(8);
    expect(weeklyHazard[2]).toBe(0);
  });

  it("count the weeks that customers waited", async () => {
    const orders = [
      [0, 0, 0],
      [7, 0, 0],
      [10.5, 1, 0],
    ];
    const found = describeRepurchase(await collectSpells(purchases(orders, 14)), 0, { weeks: 3 });
    // Waits of one week (ended by a purchase), one week and half a week (open).
    expect([...found.weeksAtRisk]).toEqual([2.5, 0, 0]);
    expect(found.weeklyHazard[0]).toBeCloseTo(1 / 2.5, 12);
    expect(found.weeklyHazard[1]).toBeNaN();
  });

  it("are nothing where nothing was sold", async () => {
    const spells = await collectSpells(purchases([], 10));
    expect(describeRepurchase(spells, 2)).toMatchObject({ spells: 0, repeats: 0, repeatShare: NaN });
    expect(() => describeRepurchase(spells, 3)).toThrow(InvalidOption);
    expect(() => describeRepurchase(spells, 0, { weeks: 0 })).toThrow(InvalidOption);
    await expect(collectSpells(purchases([[20, 0, 0]], 10))).rejects.toThrow(InvalidInput);
  });
});
