import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { groupByRow, rowOf, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf, findItemsets, type ItemsetKind, type ItemsetOptions, type Itemsets } from "./index.ts";

const kinds: readonly ItemsetKind[] = ["all", "closed", "maximal"];

/** "0+2: 5" for each itemset, in alphabetical order. */
function listed({ sets, count }: Itemsets): string[] {
  return Array.from(count, (baskets, s) => `${rowOf(sets, s).join("+")}: ${baskets}`).sort();
}

/** The definitions, by going through all sets of up to `productCount` products. */
function byDefinition(orders: readonly number[][], productCount: number, minimumCount: number, kind: ItemsetKind) {
  const masks = orders.map((order) => order.reduce((mask, product) => mask | (1 << product), 0));
  const counts = new Map<number, number>();
  for (let set = 1; set < 1 << productCount; set++) {
    const count = masks.filter((mask) => (mask & set) === set).length;
    if (count >= minimumCount) counts.set(set, count);
  }
  const extensions = (set: number): number[] =>
    Array.from({ length: productCount }, (_, product) => set | (1 << product)).filter((larger) => larger !== set);
  return [...counts]
    .filter(([set, count]) => {
      if (kind === "closed") return extensions(set).every((larger) => (counts.get(larger) ?? 0) < count);
      return kind === "all" || extensions(set).every((larger) => !counts.has(larger));
    })
    .map(([set, count]) => {
      const products = Array.from({ length: productCount }, (_, product) => product).filter((p) => set & (1 << p));
      return `${products.join("+")}: ${count}`;
    })
    .sort();
}

/** 400 baskets of which each holds about half of the first ten of twelve products: dense, and more so in part. */
function denseShop(seed: string): number[][] {
  const random = createRandom(seed);
  return Array.from({ length: 400 }, (_, order) => {
    const appetite = order % 3 === 0 ? 0.9 : 0.35;
    const products = Array.from({ length: 12 }, (__, product) => product);
    return products.filter((product) => random.next() < (product < 10 ? appetite : 0.02));
  });
}

async function find(orders: readonly number[][], productCount: number, options: ItemsetOptions): Promise<Itemsets> {
  return findItemsets(basketsOf(orders, productCount), options);
}

describe("frequent itemsets", () => {
  it("are those of the textbook", async () => {
    // Zaki and Meira, "Data Mining and Machine Learning", 2nd edition, example 8.1 and figure 9.1: six baskets of A to
    // E, at a support of three: 19 frequent itemsets, 7 closed and 2 maximal ones.
    const [a, b, c, d, e] = [0, 1, 2, 3, 4];
    const orders = [
      [a, b, d, e],
      [b, c, e],
      [a, b, d, e],
      [a, b, c, e],
      [a, b, c, d, e],
      [b, c, d],
    ];
    const at = (kind: ItemsetKind): Promise<Itemsets> => find(orders, 5, { minimumSupport: 0.5, kind });
    expect((await at("all")).count.length).toBe(19);
    expect(listed(await at("closed"))).toEqual(
      ["1: 6", "1+4: 5", "0+1+4: 4", "1+2: 4", "1+3: 4", "1+2+4: 3", "0+1+3+4: 3"].sort(),
    );
    expect(listed(await at("maximal"))).toEqual(["0+1+3+4: 3", "1+2+4: 3"]);
  });

  it("are what going through every set of products finds", async () => {
    const order = fc.uniqueArray(fc.nat(6));
    await fc.assert(
      fc.asyncProperty(
        fc.array(order, { maxLength: 25 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(...kinds),
        async (orders, minimumCount, kind) => {
          const filled = orders.filter((products) => products.length > 0).length;
          fc.pre(filled >= minimumCount);
          const found = await find(orders, 7, { minimumSupport: minimumCount / filled, kind });
          expect(found).toMatchObject({ kind, basketCount: filled, minimumCount });
          expect(listed(found)).toEqual(byDefinition(orders, 7, minimumCount, kind));
        },
      ),
    );
  });

  it.each(kinds)("are the same where baskets are dense and counted by bits: %s", async (kind) => {
    const orders = denseShop("dense");
    for (const minimumCount of [4, 40, 120]) {
      const found = await find(orders, 12, { minimumSupport: minimumCount / 400, kind });
      expect(found.basketCount).toBe(orders.filter((products) => products.length > 0).length);
      expect(listed(found)).toEqual(byDefinition(orders, 12, found.minimumCount, kind));
    }
  });

  it.each(kinds)("stop at the length asked for, whatever the way of counting: %s", async (kind) => {
    for (const orders of [denseShop("length"), denseShop("length").slice(0, 60)]) {
      const whole = await find(orders, 12, { minimumSupport: 0.2, kind });
      const short = await find(orders, 12, { minimumSupport: 0.2, kind, maximumLength: 3 });
      const expected = listed(whole).filter((set) => set.split("+").length <= 3);
      expect(whole.count.length).toBeGreaterThan(expected.length);
      expect(listed(short)).toEqual(expected);
    }
  });

  it("come in the same order whatever the order of the orders", async () => {
    const orders = denseShop("order");
    const found = await find(orders, 12, { minimumSupport: 0.05, kind: "closed" });
    expect(await find(orders.toReversed(), 12, { minimumSupport: 0.05, kind: "closed" })).toEqual(found);
  });

  it("are one, and closed, where all baskets are alike, however long they are", async () => {
    const everything = Array.from({ length: 2_500 }, (_, product) => product);
    const alike = basketsOf([everything, everything, everything], 2_500);
    const { sets, count } = await findItemsets(alike, { minimumSupport: 1, kind: "closed" });
    expect([sets.rows, count[0], rowOf(sets, 0).length]).toEqual([1, 3, 2_500]);
    const short = await findItemsets(alike, { minimumSupport: 1, maximumLength: 1 });
    expect(short.count.length).toBe(2_500);
  });

  it("are refused, not searched for until the memory ends, where there are more of them than atoms", async () => {
    const everything = Array.from({ length: 10_000 }, (_, product) => product);
    const alike = basketsOf([everything, everything], 10_000);
    await expect(findItemsets(alike, { minimumSupport: 1, maximumBytes: 2 ** 20 })).rejects.toThrow(/maximumBytes/);
  });

  it("survive an order of 10,000 lines among small ones", async () => {
    const everything = Array.from({ length: 10_000 }, (_, product) => product);
    const orders = [everything, ...Array.from({ length: 50 }, () => [7, 9_999])];
    expect(listed(await find(orders, 10_000, { minimumSupport: 0.5 }))).toEqual(["7+9999: 51", "7: 51", "9999: 51"]);
  });

  it("leave out baskets over the size limit, and say so", async () => {
    const found = await find(
      [
        [0, 1],
        [0, 1],
        [0, 1, 2, 3],
      ],
      4,
      { minimumSupport: 1, maximumBasketSize: 3 },
    );
    expect(found).toMatchObject({ basketCount: 2, skippedBaskets: 1, minimumCount: 2 });
    expect(listed(found)).toEqual(["0+1: 2", "0: 2", "1: 2"]);
  });

  it("are none in an empty shop, and need no rounding where a share is exact", async () => {
    expect((await find([], 0, {})).count.length).toBe(0);
    expect((await find([[], []], 3, {})).count.length).toBe(0);
    const hundred = Array.from({ length: 100 }, (_, order) => (order < 7 ? [0] : [1]));
    expect(await find(hundred, 2, { minimumSupport: 0.07 })).toMatchObject({ minimumCount: 7 });
  });

  it("refuse what they cannot be asked", async () => {
    const shop: Incidence = basketsOf([[0, 1]], 2);
    await expect(findItemsets(shop, { minimumSupport: 0 })).rejects.toThrow(InvalidOption);
    await expect(findItemsets(shop, { minimumSupport: NaN })).rejects.toThrow(InvalidOption);
    await expect(findItemsets(shop, { minimumSupport: 1.1 })).rejects.toThrow(InvalidOption);
    await expect(findItemsets(shop, { maximumLength: 0 })).rejects.toThrow(InvalidOption);
    const repeated = groupByRow({ rows: 1, columns: 3, row: [0, 0], column: [1, 1] });
    await expect(findItemsets(repeated)).rejects.toThrow(InvalidInput);
  });

  it("stop in the middle of the search when asked to", async () => {
    const everything = Array.from({ length: 60 }, (_, product) => product);
    const shop = basketsOf([everything, everything], 60);
    const controller = new AbortController();
    const reports: number[] = [];
    const onProgress = ({ done }: { readonly done: number }): void => {
      reports.push(done);
      if (reports.length > 2) controller.abort();
    };
    const options = { minimumSupport: 1, maximumBytes: 2 ** 40, onProgress, signal: controller.signal };
    await expect(findItemsets(shop, options)).rejects.toThrow("abort");
    expect(reports.length).toBeGreaterThan(2);
  });
});
