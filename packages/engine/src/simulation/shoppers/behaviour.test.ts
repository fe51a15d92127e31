/** Shoppers keep to the figures of docs/simulation.md. No strategy is measured here. */
import { describe, expect, it } from "vitest";
import { createRandom } from "../../random/generator.ts";
import { shuffle } from "../../random/sampler.ts";
import { createDemoShop } from "../demo-shop/demo-shop.ts";
import { addChance, browsersKeenness, publishedBehaviour } from "./behaviour.ts";
import { createShopperPopulation, type ShopperPopulation } from "./population.ts";
import type { ShopperPolicy } from "./policy.ts";
import { visitsOf, type Visit } from "./visits.ts";

const shop = createDemoShop({ scale: 0.1, picture: () => "" });
const population = createShopperPopulation(shop);
const nothing: ShopperPolicy = () => [];

function allVisits(who: ShopperPopulation, policy: ShopperPolicy, visitors: number): Visit[] {
  return Array.from({ length: visitors }, (_, visitor) => [...visitsOf(`test ${visitor}`, who, policy, 6)]).flat();
}

/** Five standard errors of a share. */
function around(share: number, count: number): [number, number] {
  const reach = 5 * Math.sqrt((share * (1 - share)) / count);
  return [share - reach, share + reach];
}

function expectShare(value: number, [low, high]: [number, number]): void {
  expect(value).toBeGreaterThan(low);
  expect(value).toBeLessThan(high);
}

describe("published rates", () => {
  const { cartVisits, buyersKeenness, addRate, completedCarts } = publishedBehaviour;

  it("keep their means when buyers are keener than others", () => {
    const buyersClicks = cartVisits * buyersKeenness;
    expect(buyersClicks + (1 - cartVisits) * browsersKeenness(publishedBehaviour)).toBeCloseTo(1, 12);
    const added = buyersClicks * addChance(publishedBehaviour, true);
    expect(added + (1 - buyersClicks) * addChance(publishedBehaviour, false)).toBeCloseTo(addRate, 12);
  });

  it("of carts and orders are those of the visits without recommendations", () => {
    const visits = allVisits(population, nothing, 2_000);
    const orders = visits.filter(({ bought }) => bought.length > 0);
    expectShare(orders.length / visits.length, around(cartVisits * completedCarts, visits.length));
    const lines = orders.reduce((sum, { bought }) => sum + bought.length, 0) / orders.length;
    expect(lines).toBeGreaterThan(2.4);
    expect(lines).toBeLessThan(3.6);
  });

  it("of clicks are those of strips that are filled by lot", () => {
    const random = createRandom("lot");
    const ids = population.productIds.filter((_, product) => population.available[product] === 1);
    const byLot: ShopperPolicy = () => shuffle(random, ids.slice()).slice(0, 8);
    const visits = allVisits(population, byLot, 1_500);
    const looks = visits.reduce((sum, visit) => sum + visit.looks, 0);
    const clicks = visits.reduce((sum, visit) => sum + visit.clicks, 0);
    // What is owned, in the cart or of its kind lowers the rate a little, what was meant anyway raises it.
    expect(looks).toBeGreaterThan(10_000);
    expectShare(clicks / looks, [0.75 * publishedBehaviour.clickRate, 1.25 * publishedBehaviour.clickRate]);
  });
});

describe("a population", () => {
  it("of shoppers who ignore recommendations never has one in view", () => {
    const blind = createShopperPopulation(shop, { attentiveness: 0 });
    expect(allVisits(blind, () => expect.fail("asked"), 200).every(({ views }) => views === 0)).toBe(true);
  });

  it("refuses behaviour that cannot be, by name", () => {
    expect(() => createShopperPopulation(shop, { attentiveness: 2 })).toThrow(/"attentiveness"/);
    expect(() => createShopperPopulation(shop, { behaviour: { cartVisits: -1 } })).toThrow(/"behaviour\.cartVisits"/);
    expect(() => createShopperPopulation(shop, { behaviour: { buyersKeenness: 90 } })).toThrow(/buyersKeenness/);
  });

  it("refuses a shop whose products were changed", () => {
    expect(() => createShopperPopulation({ ...shop, products: shop.products.slice(1) })).toThrow(/shop\.products\[0\]/);
  });
});
