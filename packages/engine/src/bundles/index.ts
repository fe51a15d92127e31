export type {
  Bundle,
  BundleConditions,
  BundleDiscount,
  BundleLine,
  BundlePerformance,
  BundleProduct,
  BundleSlot,
  BundleTier,
  BundleType,
  DeliveryInterval,
  Season,
} from "./bundle.ts";
export { findSets } from "./bundle-sets.ts";
export type { BundleSets } from "./bundle-sets.ts";
export { checkBundle } from "./check-bundle.ts";
export type { BundleContext } from "./check-bundle.ts";
export { coverCart } from "./cover-cart.ts";
export type { CartCover, CoverCartOptions, CoveringBundle } from "./cover-cart.ts";
export { percentageOf, splitDiscount, splitOverUnits } from "./discount.ts";
export { fillSlots } from "./fill-slots.ts";
export type { SlotFilling, SlotLine, SlotUnits } from "./fill-slots.ts";
export { priceBundle } from "./price-bundle.ts";
export type { PriceBundleOptions } from "./price-bundle.ts";
export type { PricedBundle, PricedLine, PriceReason } from "./priced-bundle.ts";
export type { PriceFloor } from "./price-floor.ts";
export { isBundleActive, seasonAt } from "./season.ts";
export type { SeasonState } from "./season.ts";
