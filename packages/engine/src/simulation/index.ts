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
export { compareOutcomes, comparePolicies } from "./compare.ts";
export type {
  ComparisonOptions,
  Policies,
  PolicyComparisonOptions,
  PolicyResult,
  SimulatedLift,
  WorldOutcomes,
} from "./compare.ts";
export { simulatedMetrics } from "./outcomes.ts";
export type { SimulatedMetric, VisitOutcomes } from "./outcomes.ts";
export { bestsellersOf, oraclePolicy, showNothing } from "./policies.ts";
export { createShopperPopulation, publishedBehaviour } from "./shoppers/index.ts";
export type {
  PopulationOptions,
  ShopperBehaviour,
  ShopperInsight,
  ShopperPolicy,
  ShopperPopulation,
  WalkedPlacement,
} from "./shoppers/index.ts";
export { simulateVisits } from "./simulate.ts";
export type { SimulationOptions } from "./simulate.ts";
