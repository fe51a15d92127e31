export { findBunching } from "./bunching.ts";
export type { Bunching } from "./bunching.ts";
export { readCart } from "./cart-lines.ts";
export type { CartContents, CartLine, KnownLine } from "./cart-lines.ts";
export { crossSellCart } from "./cross-sell.ts";
export type { CrossSell, CrossSellEvidence, CrossSellOptions } from "./cross-sell.ts";
export { analyseOrderThresholds, checkoutValues } from "./order-thresholds.ts";
export type { OrderThresholdOptions, OrderThresholds } from "./order-thresholds.ts";
export { priceIndexOf } from "./price-index.ts";
export type { PriceIndex } from "./price-index.ts";
export { checkTiers, priceQuantity } from "./quantity-tiers.ts";
export type { NextTier, PricedQuantity, QuantityLine, QuantityTier, QuantityTiers } from "./quantity-tiers.ts";
export { relatedBy } from "./related.ts";
export type { RelatedProduct, RelatedProducts } from "./related.ts";
export { nudgeToThreshold } from "./shipping-nudge.ts";
export type {
  NudgeOptions,
  NudgeProduct,
  NudgeSuggestion,
  ShippingNudge,
  ShippingThreshold,
} from "./shipping-nudge.ts";
export type { Shop } from "./shop.ts";
export { findThresholdOpportunities } from "./thresholds.ts";
export type {
  ThresholdAnalysis,
  ThresholdBalance,
  ThresholdEconomics,
  ThresholdFigure,
  ThresholdOpportunity,
  ThresholdOptions,
} from "./thresholds.ts";
export { checkOffer, clockSkew, isRedeemable, issueOffer, offerStateAt, remainingOnDevice } from "./timed-offers.ts";
export type { ClockSkew, IssuedOffer, OfferState, TimedOffer } from "./timed-offers.ts";
export { upsellCart } from "./upsell.ts";
export type { Upsell, UpsellEvidence, UpsellOptions } from "./upsell.ts";
