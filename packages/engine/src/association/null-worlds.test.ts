import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnSizes, rowOf, rowSizes, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf, countPairs, drawIndependentBaskets, swapRandomise } from "./index.ts";

/** Cup and saucer always together, beside three products at random. */
function planted(): Incidence {
  const random = createRandom("planted");
  const orders = Array.from({ length: 500 }, (_, order) => {
    const others = [2 + random.integer(8), 10 + random.integer(10), 20 + random.integer(20)];
    return order % 4 === 0 ? [0, 1, ...others] : others;
  });
  return basketsOf(orders, 40);
}

async function cupsWithSaucers(baskets: Incidence): Promise<number> {
  const { left, right, count } = await countPairs(baskets);
  return count[left.findIndex((product, i) => product === 0 && right[i] === 1)] ?? 0;
}

const shops = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 8 })), { maxLength: 25 });

describe("a shop redrawn by popularity", () => {
  it("keeps the size of every basket, whatever the shop, even where one basket holds everything", async () => {
    await fc.assert(
      fc.asyncProperty(shops, fc.string(), async (orders, seed) => {
        const baskets = basketsOf([...orders, [0, 1, 2, 3, 4, 5, 6, 7, 8]], 9);
        const redrawn = await drawIndependentBaskets(baskets, createRandom(seed));
        expect(rowSizes(redrawn)).toEqual(rowSizes(baskets));
      }),
    );
  });

  it("fills a basket of a whole shop although one of its products sells a thousand times less", async () => {
    const orders = [...Array.from({ length: 1000 }, () => [0]), [0, 1, 2]];
    const redrawn = await drawIndependentBaskets(basketsOf(orders, 4), createRandom("rare"));
    expect([...rowOf(redrawn, 1000)]).toEqual([0, 1, 2]);
  });

  it("keeps popularity on average and forgets who goes with whom", async () => {
    const baskets = planted();
    const redrawn = await drawIndependentBaskets(baskets, createRandom("redraw"));
    expect(Math.abs(columnSizes(redrawn)[0] - columnSizes(baskets)[0])).toBeLessThan(40);
    expect(await cupsWithSaucers(baskets)).toBe(125);
    expect(await cupsWithSaucers(redrawn)).toBeLessThan(50);
  });

  it("is the same for the same seed and another for another", async () => {
    const baskets = planted();
    const first = await drawIndependentBaskets(baskets, createRandom(1));
    expect(await drawIndependentBaskets(baskets, createRandom(1))).toEqual(first);
    expect(await drawIndependentBaskets(baskets, createRandom(2))).not.toEqual(first);
  });
});

describe("a shop with swapped products", () => {
  it("keeps basket sizes and product frequencies to the last line", async () => {
    await fc.assert(
      fc.asyncProperty(shops, fc.string(), async (orders, seed) => {
        const baskets = basketsOf(orders, 9);
        const swapped = await swapRandomise(baskets, createRandom(seed));
        expect(rowSizes(swapped)).toEqual(rowSizes(baskets));
        expect(columnSizes(swapped)).toEqual(columnSizes(baskets));
      }),
    );
  });

  it("forgets who goes with whom", async () => {
    const swapped = await swapRandomise(planted(), createRandom("swap"));
    expect(await cupsWithSaucers(swapped)).toBeLessThan(50);
  });

  it("reaches every shop with the same margins equally often", async () => {
    // Three baskets of one product each, one line a product: six arrangements.
    const seen = new Map<string, number>();
    const random = createRandom("uniform");
    for (let draw = 0; draw < 3000; draw++) {
      const swapped = await swapRandomise(basketsOf([[0], [1], [2]], 3), random, 20);
      const key = swapped.indices.join();
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    // Chi-square with 5 degrees of freedom exceeds 20.5 once in a thousand; the seed is fixed.
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0);
    expect(chiSquare).toBeLessThan(20.5);
  });

  it("is the shop itself without any swap", async () => {
    const baskets = planted();
    expect(await swapRandomise(baskets, createRandom(3), 0)).toEqual(baskets);
  });
});
