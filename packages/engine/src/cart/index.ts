export { findBunching } from "./bunching.ts";
export type { Bunching } from "./bunching.ts";
export { readCart } from "./cart-lines.ts";
export type { CartContents, CartLine, KnownLine } from "./cart-lines.ts";
export type { CalibrationCurve, CalibrationReport, ReliabilityBin } from "./calibration.ts";
export type { CartSnapshot, SnapshotColumns } from "./cart-features.ts";
export type { CartOffer, OfferObstacle, Tally } from "./cart-offer.ts";
export { completenessOf } from "./completeness.ts";
export type { Completeness, CompletenessOptions, MissingPart } from "./completeness.ts";
export { crossSellCart } from "./cross-sell.ts";
export type { CrossSell, CrossSellEvidence, CrossSellOptions } from "./cross-sell.ts";
export { checkNeeds } from "./declared-needs.ts";
export type { DeclaredNeed, ProductSelector } from "./declared-needs.ts";
export type { PurchaseView } from "./first-purchases.ts";
export { mineNeeds } from "./mine-needs.ts";
export type { MinedNeed, MineNeedsOptions } from "./mine-needs.ts";
export { nextBestOffer } from "./next-best-offer.ts";
export type { NextBestOffer, NextBestOfferOptions, WeighedOffer } from "./next-best-offer.ts";
export { analyseOrderThresholds, checkoutValues } from "./order-thresholds.ts";
export type { OrderThresholdOptions, OrderThresholds } from "./order-thresholds.ts";
export type { ExpectedOrderValue } from "./order-value.ts";
export { predictCart, trainCartPredictor } from "./predict-cart.ts";
export type { CartPrediction, CartPredictor, CartPredictorReport, PastCarts } from "./predict-cart.ts";
export { priceIndexOf } from "./price-index.ts";
export type { PriceIndex } from "./price-index.ts";
export { checkTiers, priceQuantity } from "./quantity-tiers.ts";
export type { NextTier, PricedQuantity, QuantityLine, QuantityTier, QuantityTiers } from "./quantity-tiers.ts";
export { composeRecovery } from "./recovery-content.ts";
export type {
  LineStatus,
  RecoveryContent,
  RecoveryContentOptions,
  RecoveryLine,
  RecoveryOffer,
} from "./recovery-content.ts";
export { reminderGain, scoreAbandoned, trainRecovery } from "./recovery-score.ts";
export type { AbandonedCart, AbandonedCarts, RecoveryModel, RecoveryOptions, RecoveryScore } from "./recovery-score.ts";
export { chanceOfReturn, reminderTime } from "./reminder-time.ts";
export type { ReminderTime, ReturnTimes } from "./reminder-time.ts";
export { relatedBy } from "./related.ts";
export type { RelatedProduct, RelatedProducts } from "./related.ts";
export { nudgeToThreshold } from "./shipping-nudge.ts";
export type { NudgeOptions, NudgeSuggestion, ShippingNudge, ShippingThreshold } from "./shipping-nudge.ts";
export type { Shop } from "./shop.ts";
export type { ShownProduct } from "./shown-product.ts";
export type { Uplift } from "./uplift.ts";
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
