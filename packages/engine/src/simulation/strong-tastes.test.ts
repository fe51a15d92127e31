/** Where tastes are strong and clicks are common, who knows more sells more. A check of the simulation, not a claim. */
import { expect, it } from "vitest";
import { createEngine } from "../index.ts";
import { comparePolicies } from "./compare.ts";
import { createDemoShop } from "./demo-shop/demo-shop.ts";
import { bestsellersOf, oraclePolicy, showNothing } from "./policies.ts";
import { createShopperPopulation } from "./shoppers/population.ts";

it("the oracle sells more than the default strategies, and they more than bestsellers everywhere", async ({
  annotate,
}) => {
  const shop = createDemoShop({ seed: "strong tastes", scale: 0.2, picture: () => "" });
  const population = createShopperPopulation(shop, {
    behaviour: { cartVisits: 0.4, completedCarts: 0.8, buyersKeenness: 2, clickRate: 0.02, addRate: 0.3 },
  });
  const engine = await createEngine(shop, { holdout: { salt: "none", share: 0 }, now: () => shop.until });
  const results = await comparePolicies(population, {
    policies: {
      none: showNothing,
      bestsellers: bestsellersOf(population),
      default: (request) => engine.recommend(request).recommendedProducts,
      oracle: oraclePolicy,
    },
    seeds: ["strong tastes"],
    visitors: 250,
    months: 4,
  });
  const [none, bestsellers, mine, oracle] = results.map(({ figures }) => figures.lifetimeValue);
  await annotate(JSON.stringify({ none, bestsellers, mine, oracle }));
  expect(bestsellers).toBeGreaterThan(1.01 * none);
  expect(mine).toBeGreaterThan(1.02 * bestsellers);
  expect(oracle).toBeGreaterThan(1.02 * mine);
});
