export { publishedBehaviour } from "./behaviour.ts";
export type { ShopperBehaviour, WalkedPlacement } from "./behaviour.ts";
export type { ShopperInsight, ShopperPolicy } from "./policy.ts";
export { createShopperPopulation } from "./population.ts";
export type { PopulationOptions, ShopperPopulation } from "./population.ts";
