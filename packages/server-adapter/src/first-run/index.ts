/** What a first start does beyond starting: a shop to begin with, its first engine, and the example storefront. */
export { addDemoPictures } from "./demo-pictures.ts";
export { seedDemoShop } from "./demo-shop.ts";
export type { SeedDemoOptions } from "./demo-shop.ts";
export { loadExampleKeys } from "./example-keys.ts";
export type { ExampleKeys } from "./example-keys.ts";
export { trainFirst } from "./first-training.ts";
export { seedOwnShop } from "./own-shop.ts";
export { loadStorefront } from "./storefront.ts";
export type { Storefront } from "./storefront.ts";
