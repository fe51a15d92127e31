export { areaUnderCurve } from "./area-under-curve.ts";
export type { JudgedRanking } from "./area-under-curve.ts";
export { popularityRecommender, withBackOff } from "./back-off.ts";
export type { Answering } from "./back-off.ts";
export { bootstrapMeans } from "./bootstrap.ts";
export type { BootstrapOptions, Estimate } from "./bootstrap.ts";
export { coverage, Exposure, gini } from "./exposure.ts";
export { evaluateNextPurchases } from "./next-purchase.ts";
export type {
  Contender,
  NextPurchaseOptions,
  NextPurchaseReport,
  NextPurchaseRow,
  PurchaseQuery,
} from "./next-purchase.ts";
export { purchaseTruth, refuseLeaks } from "./purchase-truth.ts";
export type { JudgedCustomer, PurchaseTruth } from "./purchase-truth.ts";
export { hitRate, ndcg, recall, reciprocalRank } from "./ranking-metrics.ts";
export type { IdealRanking, RecallDenominator } from "./ranking-metrics.ts";
