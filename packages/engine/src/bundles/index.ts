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
export { splitDiscount, splitOverUnits } from "./discount.ts";
export { fillSlots } from "./fill-slots.ts";
export type { SlotFilling, SlotLine, SlotUnits } from "./fill-slots.ts";
export { priceBundle } from "./price-bundle.ts";
export type { PriceBundleOptions } from "./price-bundle.ts";
export type { PricedBundle, PricedLine, PriceReason } from "./priced-bundle.ts";
export type { PriceFloor } from "./price-floor.ts";
export { isBundleActive, seasonAt } from "./season.ts";
export type { SeasonState } from "./season.ts";
export { buildTiers } from "./build-tiers.ts";
export type { BuildTiersOptions, TierChoice } from "./build-tiers.ts";
export { estimateCannibalisation } from "./cannibalisation.ts";
export type { Cannibalisation, DrawOptions } from "./cannibalisation.ts";
export type { BundleEvidence, CandidatePair, CandidateProduct, CandidateTriple } from "./complement-graph.ts";
export { composeGiftSet } from "./compose-gift-set.ts";
export type { GiftChoice, GiftSet, GiftSlot, GiftWish } from "./compose-gift-set.ts";
export type { Estimate } from "./estimate.ts";
export { forecastBundle } from "./forecast-bundle.ts";
export type { BundleForecast, BundleHistory } from "./forecast-bundle.ts";
export { optimiseBundle } from "./optimise-bundle.ts";
export type { BundleAdvice, BundleOption, BundleSet, OptimiseBundleOptions } from "./optimise-bundle.ts";
export { deliveryDays, priceSubscription } from "./price-subscription.ts";
export type { PricedSubscription } from "./price-subscription.ts";
export { proposeBundles } from "./propose-bundles.ts";
export type { BundleProposal, ProposeBundlesOptions } from "./propose-bundles.ts";
export { defaultUptakePrior, drawUptake, fitUptake, takeRateAt } from "./uptake.ts";
export type { BundleTrial, NaturalOrders, NormalPrior, UptakeDraw, UptakePosterior, UptakePrior } from "./uptake.ts";
export { bundlesInSession, trainSessionBundles } from "./session-bundles.ts";
export type { BundledSession, SessionBundle, SessionBundler } from "./session-bundles.ts";
export type { BundleItem } from "./session-pairs.ts";
