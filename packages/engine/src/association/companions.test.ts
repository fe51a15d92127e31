import { beforeAll, describe, expect, it } from "vitest";
import { InvalidFile, InvalidOption } from "../errors.ts";
import { readModel, writeModel } from "../files/model-file.ts";
import { describeModel } from "../models/describe-model.ts";
import { createRandom } from "../random/generator.ts";
import {
  affinityRecommender,
  basketsOf,
  companionsOf,
  evidenceOf,
  findAffinities,
  loadAffinities,
  measurePair,
  type Affinities,
} from "./index.ts";

describeModel(
  "affinities",
  async (view, controls) =>
    affinityRecommender(
      await findAffinities(view.baskets, { level: 1, minimumLift: 1, minimumCount: 1, confidence: 0.5, ...controls }),
    ),
  async (file) => affinityRecommender(await loadAffinities(file)),
);

const cup = 0;
const saucer = 1;
const spoon = 2;
const teapot = 3;
const rareTin = 4;
const rareLid = 5;

/** Cups often with saucers, sometimes with spoons; teapots with saucers; six tins, always with their lid and a cup. */
function teaShop() {
  const random = createRandom("tea");
  const orders = Array.from({ length: 4000 }, (_, order) => {
    const others = [6 + random.integer(60), 6 + random.integer(60), 6 + random.integer(60)];
    if (order % 40 === 0) return [cup, saucer, ...others];
    if (order % 40 === 1) return [cup, ...(order % 80 === 1 ? [spoon] : []), ...others];
    if (order % 40 === 2) return [teapot, saucer, ...others];
    if (order % 660 === 3) return [rareTin, rareLid, cup, ...others];
    return others;
  });
  return basketsOf(orders, 66);
}

let shop: Affinities;
beforeAll(async () => {
  shop = await findAffinities(teaShop());
});

describe("companions", () => {
  it("come with all that speaks for them", () => {
    const [first] = companionsOf(shop, cup, 5);
    expect(first).toMatchObject({ product: saucer, count: 100 });
    expect(first.lift).toBeCloseTo(first.count / first.expected, 12);
    expect(first.liftLower).toBeLessThan(first.lift);
    expect(first.liftUpper).toBeGreaterThan(first.lift);
    expect(first.qValue).toBeLessThan(1e-20);
    expect(first.surplus).toBeCloseTo((first.expected * (first.liftLower - 1)) / shop.productBaskets[cup], 12);
    expect(first.confidence).toBe(100 / shop.productBaskets[cup]);
    expect(first.reverseConfidence).toBe(100 / shop.productBaskets[saucer]);
    expect(first.support).toBe(100 / 4000);
  });

  it("put the one that is bought often before the one that was met six times without fail", () => {
    const ranked = companionsOf(shop, cup, 5);
    const products = ranked.map(({ product }) => product);
    expect(products.indexOf(saucer)).toBe(0);
    expect(products.indexOf(spoon)).toBe(1);
    expect(products.indexOf(rareTin)).toBeGreaterThan(1);
  });

  it("go both ways, each with its own share", () => {
    const there = evidenceOf(shop, teapot, saucer);
    const back = evidenceOf(shop, saucer, teapot);
    expect(there?.confidence).toBe(1);
    expect(back?.confidence).toBe(0.5);
    expect(back?.reverseConfidence).toBe(1);
    expect(back?.lift).toBe(there?.lift);
  });

  it("are not made up where there is no evidence", () => {
    expect(companionsOf(shop, 50, 5)).toEqual([]);
    expect(evidenceOf(shop, cup, teapot)).toBeUndefined();
    expect(evidenceOf(shop, cup, cup)).toBeUndefined();
    expect(companionsOf(shop, cup, 0)).toEqual([]);
  });

  it("refuse a product that the catalogue lacks", () => {
    expect(() => companionsOf(shop, 66, 3)).toThrow(InvalidOption);
    expect(() => companionsOf(shop, -1, 3)).toThrow(InvalidOption);
    expect(() => companionsOf(shop, cup, 1.5)).toThrow(InvalidOption);
  });
});

describe("affinities for a cart", () => {
  it("add up what each product of the cart says, and say who said how much", () => {
    const model = affinityRecommender(shop);
    const { products, scores } = model.recommend({ history: [cup, teapot] }, 3);
    const fromCup = evidenceOf(shop, cup, saucer)?.surplus ?? NaN;
    const fromTeapot = evidenceOf(shop, teapot, saucer)?.surplus ?? NaN;
    expect(products[0]).toBe(saucer);
    expect(scores[0]).toBeCloseTo(fromCup + fromTeapot, 12);
    expect(model.explain({ history: [cup, teapot] }, saucer)).toEqual([
      { product: teapot, share: fromTeapot / (fromCup + fromTeapot) },
      { product: cup, share: fromCup / (fromCup + fromTeapot) },
    ]);
  });

  it("say no more for two cups than for one", () => {
    const model = affinityRecommender(shop);
    expect(model.recommend({ history: [cup, cup] }, 5)).toEqual(model.recommend({ history: [cup] }, 5));
  });
});

describe("affinities in a file", () => {
  it("come back with every column and fact", async () => {
    const file = readModel(writeModel(affinityRecommender(shop).save()));
    expect(await loadAffinities(file)).toEqual(shop);
  });

  it("are refused when pairs are out of order, for they are found by halving", async () => {
    const file = affinityRecommender(shop).save();
    const columns = { ...file.columns, productA: file.columns.productA.toReversed() };
    await expect(loadAffinities({ ...file, columns })).rejects.toThrow(InvalidFile);
  });
});

describe("classical measures", () => {
  it("are those of the textbook", () => {
    // Of 100 baskets 20 hold A, 10 hold B, 8 hold both.
    const measures = measurePair({ baskets: 100, left: 20, right: 10, joint: 8 });
    expect(measures).toMatchObject({ support: 0.08, confidence: 0.4, reverseConfidence: 0.8, lift: 4 });
    expect(measures.leverage).toBeCloseTo(0.06, 12);
    // (1 - 0.1) / (1 - 0.4); (0.4 + 0.8) / 2; |20 - 10| / (20 + 10 - 8).
    expect(measures.conviction).toBeCloseTo(1.5, 12);
    expect(measures.kulczynski).toBeCloseTo(0.6, 12);
    expect(measures.imbalance).toBeCloseTo(10 / 22, 12);
    expect(measurePair({ baskets: 9, left: 2, right: 3, joint: 2 }).conviction).toBe(Infinity);
  });

  it("refuse frequencies that cannot be", () => {
    expect(() => measurePair({ baskets: 10, left: 4, right: 3, joint: 4 })).toThrow(InvalidOption);
    expect(() => measurePair({ baskets: 10, left: 9, right: 8, joint: 1 })).toThrow(InvalidOption);
    expect(() => measurePair({ baskets: 10, left: 11, right: 8, joint: 8 })).toThrow(InvalidOption);
  });
});
