export { areaUnderCurve } from "./area-under-curve.ts";
export type { JudgedRanking } from "./area-under-curve.ts";
export { popularityRecommender, withBackOff } from "./back-off.ts";
export type { Answering } from "./back-off.ts";
export { bootstrapMeans } from "./bootstrap.ts";
export type { BootstrapOptions, Estimate } from "./bootstrap.ts";
export type { ContenderFor } from "./contender.ts";
export { intraListDiversity } from "./diversity.ts";
export type { Similarity } from "./diversity.ts";
export { evaluate } from "./evaluate.ts";
export type { EvaluationOptions, EvaluationReport, EvaluationRow, Method, MethodFigures } from "./evaluate.ts";
export { coverage, Exposure, gini } from "./exposure.ts";
export { fixedSplit } from "./fixed-split.ts";
export type { FixedParts } from "./fixed-split.ts";
export { givenPrefixes, newestSessions } from "./given-prefixes.ts";
export type { PrefixOptions, SessionParts } from "./given-prefixes.ts";
export type { HeldOutOptions } from "./held-out-rows.ts";
export { lastBasket } from "./last-basket.ts";
export type { LastBasketOptions } from "./last-basket.ts";
export { nothingSince, refuseLeaks } from "./leaks.ts";
export type { Dated, Leak, LeakGuard } from "./leaks.ts";
export { holdOutNewest, leaveOneOut } from "./leave-out.ts";
export type { HoldOutOptions } from "./leave-out.ts";
export { metrics } from "./metric.ts";
export type { JudgedAnswer, Metric } from "./metric.ts";
export { evaluateNextPurchases } from "./next-purchase.ts";
export type {
  Contender,
  NextPurchaseOptions,
  NextPurchaseReport,
  NextPurchaseRow,
  PurchaseQuery,
} from "./next-purchase.ts";
export { novelty } from "./novelty.ts";
export type { Popularity } from "./novelty.ts";
export { purchaseTruth } from "./purchase-truth.ts";
export type { JudgedCustomer, PurchaseTruth } from "./purchase-truth.ts";
export type { Question, Questions } from "./question.ts";
export { averagePrecision, hitRate, ndcg, precision, recall, reciprocalRank } from "./ranking-metrics.ts";
export type { IdealRanking, RecallDenominator } from "./ranking-metrics.ts";
export { ofExploration, ofRepeats, repeatRatio } from "./repeat-explore.ts";
export { reproduceSampledNegatives } from "./sampled-negatives.ts";
export type { SampledNegativesOptions, SampledReport } from "./sampled-negatives.ts";
export type { Split } from "./split.ts";
export { timeSplit } from "./time-split.ts";
export type { DatedQuestion, TimeSplitOptions } from "./time-split.ts";
export type { Draw, Scale, SearchSpace } from "./search-space.ts";
export { tune } from "./tune.ts";
export type { TuneOptions, Tuning } from "./tune.ts";
export type { SearchMethod } from "./tuning-rounds.ts";
export type { JudgedTrial, Trial } from "./tuning-search.ts";
export type { Effort, TuningBudget, Verdict } from "./tuning-trial.ts";
