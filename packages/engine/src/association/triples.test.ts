import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { rowSizes, type Incidence } from "../matrix/sparse.ts";
import { createRandom } from "../random/generator.ts";
import { poissonUpperTail } from "../statistics/index.ts";
import { basketsOf, findAffinities, findTriples, fitConfigurationModel, swapRandomise, type Triples } from "./index.ts";

const [knife, fork, spoon, cup, saucer, bag] = [0, 1, 2, 3, 4, 5];

/**
 * Orders of very different sizes with three things in them: cutlery bought as a set of three; cups with saucers; and a
 * bag that goes with cups and with saucers, but with each alone and not because of both.
 */
function shop(): Incidence {
  const random = createRandom("cutlery");
  const orders = Array.from({ length: 6000 }, (_, order) => {
    const size = order % 20 === 0 ? 20 + random.integer(30) : 1 + random.integer(5);
    const others = Array.from({ length: size }, () => 6 + Math.floor(200 * random.next() ** 2));
    if (order % 60 === 1) return [knife, fork, spoon, ...others];
    if (order % 10 === 2) return [cup, saucer, ...others];
    if (order % 30 === 3) return [cup, bag, ...others];
    if (order % 30 === 4) return [saucer, bag, ...others];
    if (order % 50 === 5) return [cup, saucer, bag, ...others];
    return others;
  });
  return basketsOf(orders, 206);
}

function listed({ productA, productB, productC }: Triples): string[] {
  return Array.from(productA, (product, i) => `${product}+${productB[i]}+${productC[i]}`);
}

describe("triples", () => {
  it("are what is bought as a set of three, with all that speaks for it", async () => {
    const baskets = shop();
    const affinities = await findAffinities(baskets);
    const triples = await findTriples(baskets, affinities);
    expect(listed(triples)).toContain("0+1+2");
    expect([triples.count[0], triples.familySize]).toEqual([100, (206 * 205 * 204) / 6]);

    const model = await fitConfigurationModel(baskets);
    let expected = 0;
    for (const size of rowSizes(baskets)) {
      expected += [knife, fork, spoon].reduce((chance, product) => chance * model.probability(product, size), 1);
    }
    expect(triples.expected[0]).toBeCloseTo(expected, 9);
    expect(Math.exp(triples.logPValue[0])).toBeCloseTo(poissonUpperTail(100, expected), 12);
    // Chance puts a spoon into as many of the baskets with knife and fork as the model has it for such baskets.
    const fromKnifeAndFork = (100 * expected) / model.expectedJointCount(knife, fork);
    expect(triples.expectedFromPairs[0]).toBeGreaterThanOrEqual(fromKnifeAndFork * (1 - 1e-9));
  });

  it("are not three pairs that merely share products", async () => {
    const baskets = shop();
    const affinities = await findAffinities(baskets);
    expect(affinities.count.length).toBe(6);
    const triples = await findTriples(baskets, affinities);
    expect(triples.testedTriples).toBe(2);
    // Cup, saucer and bag beat chance by far, but not what cup and saucer explain: a bag is in as many of theirs as in
    // any. The one triple that is shown is the cutlery.
    expect(triples.significantTriples).toBe(2);
    expect(listed(triples)).toEqual(["0+1+2"]);
  });

  it("are none where there is nothing but basket sizes and popularity", async () => {
    const world = await swapRandomise(shop(), createRandom("null world"));
    const loose = await findAffinities(world, { level: 1, minimumLift: 1, minimumCount: 1, confidence: 0.01 });
    const triples = await findTriples(world, loose, { minimumCount: 2, companions: 200 });
    expect(triples.testedTriples).toBeGreaterThan(1000);
    expect(triples.significantTriples).toBe(0);
  });

  it("grow from the best companions only, as many as asked for", async () => {
    const baskets = shop();
    const affinities = await findAffinities(baskets);
    expect((await findTriples(baskets, affinities, { companions: 0 })).testedTriples).toBe(0);
    expect((await findTriples(baskets, affinities, { companions: 1 })).testedTriples).toBeLessThanOrEqual(2);
  });

  it("refuse other baskets than the affinities', and what they cannot be asked", async () => {
    const baskets = shop();
    const affinities = await findAffinities(baskets);
    await expect(findTriples(basketsOf([[0, 1]], 206), affinities)).rejects.toThrow(InvalidInput);
    await expect(findTriples(baskets, affinities, { maximumBasketSize: 5 })).rejects.toThrow(InvalidInput);
    await expect(findTriples(baskets, affinities, { minimumLift: 0.5 })).rejects.toThrow(InvalidOption);
    await expect(findTriples(baskets, affinities, { companions: -1 })).rejects.toThrow(InvalidOption);
    await expect(findTriples(baskets, affinities, { signal: AbortSignal.abort() })).rejects.toThrow("abort");
    const empty = basketsOf([], 0);
    expect((await findTriples(empty, await findAffinities(empty))).count.length).toBe(0);
  });
});
