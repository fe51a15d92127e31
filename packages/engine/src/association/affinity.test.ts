import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { columnSizes, groupByRow, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { benjaminiHochberg, hypergeometricUpperTail, poissonUpperTail } from "../statistics/index.ts";
import {
  basketsOf,
  countPairs,
  drawIndependentBaskets,
  findAffinities,
  fitConfigurationModel,
  type Affinities,
} from "./index.ts";

function pairsIn({ productA, productB }: Affinities): string[] {
  return Array.from(productA, (product, i) => `${product}+${productB[i]}`);
}

/** Small and very large baskets side by side, as shops that sell to people and to trade have them; no affinity. */
function heterogeneousShop(seed: string): Promise<Incidence> {
  const random = createRandom(seed);
  const orders = Array.from({ length: 3000 }, (_, order) => {
    const size = order % 20 === 0 ? 40 + random.integer(60) : 1 + random.integer(6);
    return Array.from({ length: size }, () => Math.floor(300 * random.next() ** 2));
  });
  return drawIndependentBaskets(basketsOf(orders, 300), random);
}

/** The same shop with two products of it put together into `together` of its small baskets. */
async function plantedShop(seed: string, together: number): Promise<Incidence> {
  const shop = await heterogeneousShop(seed);
  const orders = Array.from({ length: shop.rows }, (_, order) => {
    const products = Array.from(shop.indices.subarray(shop.offsets[order], shop.offsets[order + 1]));
    return order % 20 === 1 && order < 20 * together ? [...products, 290, 295] : products;
  });
  return basketsOf(orders, 300);
}

describe("affinities", () => {
  it("are what exact arithmetic says where all baskets are of one size", async () => {
    // With equal sizes the model is P = d / n, so that E = d_i d_j / n. 40 baskets of two: 0 and 1 meet in 12, the
    // others meet 2 and 3 now and then. Tails and Benjamini-Hochberg are summed here from their definitions.
    const orders = [
      ...Array.from({ length: 12 }, () => [0, 1]),
      ...Array.from({ length: 8 }, () => [2, 3]),
      ...Array.from({ length: 6 }, () => [0, 2]),
      ...Array.from({ length: 7 }, () => [1, 3]),
      ...Array.from({ length: 7 }, () => [4, 5]),
    ];
    const found = await findAffinities(basketsOf(orders, 6), { level: 1, minimumLift: 1, minimumCount: 1 });
    const expected = [
      { pair: "0+1", count: 12, mean: (18 * 19) / 40 },
      { pair: "2+3", count: 8, mean: (14 * 15) / 40 },
      { pair: "4+5", count: 7, mean: (7 * 7) / 40 },
    ].map((pair) => ({ ...pair, p: tail(pair.count, pair.mean) }));

    expect(found.facts).toMatchObject({ basketCount: 40, soldProducts: 6, familySize: 15, testedPairs: 5 });
    const kept = found.productA.findIndex((product) => product === 4);
    expect(pairsIn(found)).toEqual(["4+5"]);
    expect(found.expected[kept]).toBeCloseTo(expected[2].mean, 5);
    expect(found.pValue[kept]).toBeCloseTo(expected[2].p, 6);
    expect(found.qValue[kept]).toBeCloseTo(15 * expected[2].p, 5);
    expect(found.lift[kept]).toBeCloseTo(7 / (49 / 40), 5);
    // Garwood's lower 95 % bound of 7 is 2.814.
    expect(found.liftLower[kept]).toBeCloseTo(2.814 / (49 / 40), 3);
  });

  it("find a planted pair and nothing else among three thousand orders", async () => {
    const found = await findAffinities(await plantedShop("planted", 40));
    expect(pairsIn(found)).toEqual(["290+295"]);
    expect(found.liftLower[0]).toBeGreaterThan(1.5);
    expect(found.qValue[0]).toBeLessThan(0.05);
  });

  it("are none where products meet by basket size alone, although Fisher's test finds hundreds", async () => {
    const shop = await heterogeneousShop("no affinity");
    expect((await findAffinities(shop)).facts.significantPairs).toBeLessThanOrEqual(1);

    const { left, right, count } = await countPairs(shop, { minimumCount: 5 });
    const frequencies = columnSizes(shop);
    const byFisher = count.length;
    const pValues = Float64Array.from(count, (together, i) =>
      hypergeometricUpperTail(together, {
        population: shop.rows,
        marked: frequencies[left[i]],
        drawn: frequencies[right[i]],
      }),
    );
    const { rejections } = benjaminiHochberg(pValues, { familySize: (300 * 299) / 2 });
    expect(rejections).toBeGreaterThan(0.5 * byFisher);
  });

  it("leave out what is certain but too weak to act upon", async () => {
    // Bought together 25 % more often than chance, in so many orders that no test doubts it. Ten lines each.
    const random = createRandom("weak");
    const orders = Array.from({ length: 20_000 }, () => {
      const draw = random.next();
      const order = new Set(draw < 0.05 ? [0, 1] : draw < 0.2 ? [0] : draw < 0.35 ? [1] : []);
      while (order.size < 10) order.add(2 + random.integer(60));
      return [...order];
    });
    const weak = await findAffinities(basketsOf(orders, 62), { minimumLift: 1.5 });
    const any = await findAffinities(basketsOf(orders, 62), { minimumLift: 1 });
    expect(pairsIn(weak)).toEqual([]);
    expect(pairsIn(any)).toEqual(["0+1"]);
    expect(weak.facts.significantPairs).toBe(any.facts.significantPairs);
  });

  it("do not become more convincing because rare pairs were not looked at", async () => {
    const shop = await plantedShop("minimum", 40);
    const all = await findAffinities(shop, { minimumCount: 1 });
    const few = await findAffinities(shop, { minimumCount: 20 });
    expect(few.facts.testedPairs).toBeLessThan(all.facts.testedPairs);
    expect(few.facts.familySize).toBe(all.facts.familySize);
    expect(few.facts.familySize).toBe((all.facts.soldProducts * (all.facts.soldProducts - 1)) / 2);
    const at = (found: Affinities): number => found.logQValue[pairsIn(found).indexOf("290+295")];
    expect(at(few)).toBeGreaterThanOrEqual(at(all));
  });

  it("stay in order where p-values are too small for a number", async () => {
    const orders = Array.from({ length: 60_000 }, (_, order) => {
      if (order % 30 < 2) return [0, 1];
      if (order % 30 < 5) return [2, 3];
      return [4 + (order % 7), 11 + (order % 5)];
    });
    const found = await findAffinities(basketsOf(orders, 16));
    const weaker = pairsIn(found).indexOf("0+1");
    const stronger = pairsIn(found).indexOf("2+3");
    expect([found.qValue[weaker], found.qValue[stronger]]).toEqual([0, 0]);
    expect(found.logQValue[stronger]).toBeLessThan(found.logQValue[weaker]);
    expect(Number.isFinite(found.logQValue[stronger])).toBe(true);
  });

  it("do not depend on the order of the orders", async () => {
    const orders = fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 5 }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(orders, async (products) => {
        const options = { level: 1, minimumLift: 1, minimumCount: 1 };
        const found = await findAffinities(basketsOf(products, 7), options);
        expect(await findAffinities(basketsOf(products.toReversed(), 7), options)).toEqual(found);
      }),
      { numRuns: 50 },
    );
  });

  it("tell apart a catalogue's products from those that were ever sold", async () => {
    const found = await findAffinities(basketsOf([[0, 1], [], [5]], 9));
    expect(found.facts).toMatchObject({ basketCount: 2, soldProducts: 3, familySize: 3, testedPairs: 0 });
    expect(found.pairsOf.rows).toBe(9);
    expect((await findAffinities(basketsOf([], 0))).count.length).toBe(0);
  });

  it("leave out baskets over the size limit, and say so", async () => {
    const shop = await plantedShop("limit", 40);
    const found = await findAffinities(shop, { maximumBasketSize: 30 });
    expect(found.facts).toMatchObject({ skippedBaskets: 150, basketCount: 2850 });
    expect(pairsIn(found)).toContain("290+295");
  });

  it("refuse what they cannot be asked", async () => {
    const shop = basketsOf([[0, 1]], 2);
    await expect(findAffinities(shop, { level: 1.5 })).rejects.toThrow(InvalidOption);
    await expect(findAffinities(shop, { minimumLift: 0.5 })).rejects.toThrow(InvalidOption);
    await expect(findAffinities(shop, { confidence: 1 })).rejects.toThrow(InvalidOption);
    await expect(findAffinities(shop, { minimumCount: 0 })).rejects.toThrow(InvalidOption);
    const descending = groupByRow({ rows: 1, columns: 3, row: [0, 0], column: [2, 1] });
    await expect(findAffinities(descending)).rejects.toThrow(InvalidInput);
  });
});

describe("the Poisson tail of a joint count", () => {
  it("never makes evidence look stronger than the exact sum of unequal chances", async () => {
    const shop = await heterogeneousShop("tails");
    const model = await fitConfigurationModel(shop);
    for (const [left, right] of [
      [0, 1],
      [0, 299],
      [40, 80],
    ]) {
      const exact = exactTails(shop, (size) => model.probability(left, size) * model.probability(right, size));
      const mean = model.expectedJointCount(left, right);
      for (let count = Math.ceil(mean + 1); count < mean + 40; count++) {
        expect(poissonUpperTail(count, mean)).toBeGreaterThanOrEqual(exact[count] * (1 - 1e-9));
      }
    }
  });
});

/** P[Poisson(mean) >= count] from the definition. */
function tail(count: number, mean: number): number {
  let mass = Math.exp(-mean);
  let below = 0;
  for (let k = 0; k < count; k++) {
    below += mass;
    mass *= mean / (k + 1);
  }
  return 1 - below;
}

/** P[at least k baskets hold the pair] by adding one basket after the other to the distribution of the count. */
function exactTails(shop: Incidence, chanceAt: (size: number) => number): Float64Array {
  const chances = new Map<number, number>();
  const masses = new Float64Array(400);
  masses[0] = 1;
  for (let order = 0; order < shop.rows; order++) {
    const size = shop.offsets[order + 1] - shop.offsets[order];
    const chance = chances.get(size) ?? chanceAt(size);
    chances.set(size, chance);
    for (let k = masses.length - 1; k > 0; k--) masses[k] += chance * (masses[k - 1] - masses[k]);
    masses[0] *= 1 - chance;
  }
  for (let k = masses.length - 2; k >= 0; k--) masses[k] += masses[k + 1];
  return masses;
}
