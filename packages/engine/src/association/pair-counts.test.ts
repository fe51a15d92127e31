import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { groupByRow, rowOf } from "../matrix/sparse.ts";
import { basketsOf, countPairs, type PairCounts } from "./index.ts";

const cup = 0;
const saucer = 1;
const spoon = 2;
const tray = 3;

function triples({ left, right, count }: PairCounts): number[][] {
  return Array.from(left, (product, i) => [product, right[i], count[i]]);
}

describe("counting pairs", () => {
  it("says how many orders hold both products, in the order of the products", async () => {
    const baskets = basketsOf([[cup, saucer, spoon], [saucer, cup], [spoon, cup], [tray], []], 4);
    expect(triples(await countPairs(baskets))).toEqual([
      [cup, saucer, 2],
      [cup, spoon, 2],
      [saucer, spoon, 1],
    ]);
  });

  it("keeps only pairs that occur often enough", async () => {
    const baskets = basketsOf(
      [
        [cup, saucer, spoon],
        [saucer, cup],
      ],
      4,
    );
    expect(triples(await countPairs(baskets, { minimumCount: 2 }))).toEqual([[cup, saucer, 2]]);
  });

  it("skips baskets over the size limit and says how many", async () => {
    const baskets = basketsOf(
      [
        [cup, saucer, spoon, tray],
        [cup, saucer],
        [cup, saucer, spoon],
      ],
      4,
    );
    const counted = await countPairs(baskets, { maximumBasketSize: 2 });
    expect(counted.skippedBaskets).toBe(2);
    expect(triples(counted)).toEqual([[cup, saucer, 1]]);
  });

  it("counts what going through every basket counts", async () => {
    const orders = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 7 })), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 3 }), async (products, minimumCount) => {
        const counted = await countPairs(basketsOf(products, 8), { minimumCount });
        const expected: number[][] = [];
        for (let a = 0; a < 8; a++) {
          for (let b = a + 1; b < 8; b++) {
            const together = products.filter((order) => order.includes(a) && order.includes(b)).length;
            if (together >= minimumCount) expected.push([a, b, together]);
          }
        }
        expect(triples(counted)).toEqual(expected);
      }),
    );
  });

  it("survives an order of 5,000 lines among small ones", async () => {
    const all = Array.from({ length: 5000 }, (_, product) => product);
    const baskets = basketsOf([all, [7, 4999], [7, 4999]], 5000);
    expect((await countPairs(baskets)).count.length).toBe((5000 * 4999) / 2);
    expect(triples(await countPairs(baskets, { minimumCount: 2 }))).toEqual([[7, 4999, 3]]);
  });

  it("leaves the baskets as they are", async () => {
    const baskets = basketsOf(
      [
        [cup, saucer],
        [saucer, spoon],
      ],
      4,
    );
    const before = Array.from({ length: 2 }, (_, order) => [...rowOf(baskets, order)]);
    await countPairs(baskets);
    expect(Array.from({ length: 2 }, (_, order) => [...rowOf(baskets, order)])).toEqual(before);
  });

  it("refuses a basket that names a product twice instead of counting it twice", async () => {
    const repeated = groupByRow({ rows: 1, columns: 3, row: [0, 0, 0], column: [1, 1, 2] });
    await expect(countPairs(repeated)).rejects.toThrow(InvalidInput);
    await expect(countPairs(repeated)).rejects.toThrow("row 0");
  });

  it("refuses limits that make no sense", async () => {
    const baskets = basketsOf([[cup, saucer]], 2);
    await expect(countPairs(baskets, { minimumCount: 0 })).rejects.toThrow(InvalidOption);
    await expect(countPairs(baskets, { maximumBasketSize: 0.5 })).rejects.toThrow(InvalidOption);
  });

  it("stops when asked to", async () => {
    const baskets = basketsOf([[cup, saucer]], 2);
    await expect(countPairs(baskets, { signal: AbortSignal.abort() })).rejects.toThrow("abort");
  });
});
