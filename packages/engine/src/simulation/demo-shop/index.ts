export { createDemoCatalogue, createDemoShop } from "./demo-shop.ts";
export type { DemoCatalogue, DemoCatalogueOptions, DemoCustomer, DemoShop, DemoShopOptions } from "./demo-shop.ts";
export type { PictureAddress } from "./assortment/assortment.ts";
export { drawProduct, pictureUrl } from "./pictures/draw.ts";
export type { DemoShopTruth, PlantedComplement, ProductGroup } from "./relations/truth.ts";
