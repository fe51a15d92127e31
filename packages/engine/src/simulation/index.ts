export { createDemoCatalogue, createDemoShop, drawProduct, pictureUrl } from "./demo-shop/index.ts";
export type {
  DemoCatalogue,
  DemoCatalogueOptions,
  DemoCustomer,
  DemoShop,
  DemoShopOptions,
  DemoShopTruth,
  PictureAddress,
  PlantedComplement,
  ProductGroup,
} from "./demo-shop/index.ts";
