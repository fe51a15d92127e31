import { describe, expect, it } from "vitest";
import { hashColumns } from "../random/hash.ts";
import { bestsellersOf, oraclePolicy, showNothing } from "./policies.ts";
import { createDemoShop } from "./demo-shop/demo-shop.ts";
import { createShopperPopulation } from "./shoppers/population.ts";
import type { ShopperPolicy } from "./shoppers/policy.ts";
import { visitsOf } from "./shoppers/visits.ts";
import { simulateVisits } from "./simulate.ts";

const shop = createDemoShop({ scale: 0.05, picture: () => "" });
const population = createShopperPopulation(shop);
const bestsellers = bestsellersOf(population);
const options = { seed: "test", visitors: 200, months: 3 };

/** Shoppers who buy and click often, so that few of them show much. */
const eager = createShopperPopulation(shop, {
  behaviour: { cartVisits: 0.4, completedCarts: 0.7, buyersKeenness: 1.5, clickRate: 0.05, addRate: 0.4 },
});

describe("simulated visitors", () => {
  it("are the same for the same seed, and others for another", async () => {
    const outcomes = await simulateVisits(population, bestsellers, options);
    expect(await simulateVisits(population, bestsellers, options)).toEqual(outcomes);
    expect(await simulateVisits(population, bestsellers, { ...options, seed: "other" })).not.toEqual(outcomes);
  });

  it("come alike however many come with them", async () => {
    const few = await simulateVisits(population, bestsellers, { ...options, visitors: 50 });
    const many = await simulateVisits(population, bestsellers, options);
    expect(many.revenue.slice(0, 50)).toEqual(few.revenue);
    expect(many.clicks.slice(0, 50)).toEqual(few.clicks);
  });

  it("do the same, to the last bit, where nothing is shown and where they look at nothing", async () => {
    const blind = createShopperPopulation(shop, { attentiveness: 0 });
    const without = await simulateVisits(blind, showNothing, options);
    expect(await simulateVisits(blind, bestsellers, options)).toEqual(without);
    expect(await simulateVisits(blind, oraclePolicy, options)).toEqual(without);
    const seeing = await simulateVisits(population, showNothing, options);
    expect({ ...seeing, views: without.views }).toEqual(without);
  });

  it("do not buy what cannot be bought, and pass over ids that the shop does not know", async () => {
    const soldOut = population.productIds.filter((_, product) => population.available[product] === 0);
    const useless: ShopperPolicy = () => ["no-such-product", ...soldOut].slice(0, 8);
    const outcomes = await simulateVisits(eager, useless, options);
    const without = await simulateVisits(eager, showNothing, options);
    expect(outcomes.revenue).toEqual(without.revenue);
    expect(outcomes.looks.every((looks) => looks === 0)).toBe(true);
  });

  it("take more home where the best is shown than where nothing is", async () => {
    const best = await simulateVisits(eager, oraclePolicy, options);
    const without = await simulateVisits(eager, showNothing, options);
    expect(sum(best.revenue)).toBeGreaterThan(1.03 * sum(without.revenue));
    expect(sum(best.addedRevenue)).toBeGreaterThan(0);
    expect(sum(best.addedRevenue)).toBeLessThan(sum(best.revenue));
  });
});

// A golden value of these shoppers themselves: their behaviour was frozen before strategies were measured on it.
it("the shoppers are the ones that were frozen", async () => {
  const { visits, orders, revenue, looks, clicks } = await simulateVisits(population, bestsellers, options);
  expect(hashColumns([visits, orders, revenue, looks, clicks])).toBe("600f993045ad0814");
});

describe("the books", () => {
  it("add up: revenue, margin and units are those of the order lines", async () => {
    const outcomes = await simulateVisits(eager, bestsellers, { ...options, visitors: 80 });
    for (let visitor = 0; visitor < 80; visitor++) {
      const visits = [...visitsOf(`test ${visitor}`, eager, bestsellers, 3)];
      const lines = visits.flatMap(({ bought }) => bought);
      expect(outcomes.visits[visitor]).toBe(visits.length);
      expect(outcomes.orders[visitor]).toBe(visits.filter(({ bought }) => bought.length > 0).length);
      expect(outcomes.units[visitor]).toBe(lines.length);
      expect(outcomes.revenue[visitor]).toBe(sum(lines.map((product) => eager.prices[product])));
      expect(outcomes.margin[visitor]).toBe(sum(lines.map((product) => eager.margins[product])));
      expect(outcomes.firstMonthRevenue[visitor]).toBeLessThanOrEqual(outcomes.revenue[visitor]);
      expect(outcomes.addedRevenue[visitor]).toBeLessThanOrEqual(outcomes.revenue[visitor]);
    }
  });

  it("hold each product of an order once, and only what was bought counts as added", () => {
    for (let visitor = 0; visitor < 80; visitor++) {
      for (const { bought, added } of visitsOf(`test ${visitor}`, eager, oraclePolicy, 3)) {
        expect(new Set(bought).size).toBe(bought.length);
        expect(added.every((product) => bought.includes(product))).toBe(true);
      }
    }
  });
});

describe("requests of simulated visitors", () => {
  it("say what a shop would know, and no more", async () => {
    const known = new Set(shop.customers.map(({ id }) => id));
    const placements = new Set<string>();
    let customers = 0;
    const watching: ShopperPolicy = (request) => {
      placements.add(request.placement);
      expect(request.limit).toBe(8);
      expect(request.productId !== undefined).toBe(request.placement === "pdp");
      if (request.placement === "cart") expect(request.cart?.length).toBeGreaterThan(0);
      if (request.customerId !== undefined) {
        customers++;
        expect(known.has(request.customerId)).toBe(true);
      }
      return [];
    };
    await simulateVisits(eager, watching, { ...options, visitors: 60 });
    expect([...placements].toSorted()).toEqual(["cart", "homepage", "pdp"]);
    expect(customers).toBeGreaterThan(0);
  });
});

describe("a simulation", () => {
  it("stops when it is told to", async () => {
    const abort = new AbortController();
    abort.abort(new Error("enough"));
    await expect(simulateVisits(population, bestsellers, { ...options, signal: abort.signal })).rejects.toThrow(
      "enough",
    );
  });

  it("says how far it is", async () => {
    const steps: string[] = [];
    await simulateVisits(population, showNothing, { ...options, onProgress: ({ done }) => steps.push(String(done)) });
    expect(steps[0]).toBe("0");
    expect(steps.at(-1)).toBe("200");
  });

  it("needs somebody who comes, by name", async () => {
    await expect(simulateVisits(population, bestsellers, { ...options, visitors: 0 })).rejects.toThrow(/"visitors"/);
    await expect(simulateVisits(population, bestsellers, { ...options, months: 0.5 })).rejects.toThrow(/"months"/);
  });
});

function sum(column: Iterable<number>): number {
  let total = 0;
  for (const value of column) total += value;
  return total;
}
