export type { Arm, Context } from "./context.ts";
export { checkStrategies, checkStrategy } from "./check-strategy.ts";
export { decide, replay } from "./decide.ts";
export type { FactorName } from "./factors.ts";
export type { Decision } from "./pipeline.ts";
export type { Economics, ProductFacts } from "./product-facts.ts";
export type { Occasion } from "./question.ts";
export type { ItemEvidence, ItemExplanation } from "./explain.ts";
export { signReceipt, verifyReceipt } from "./receipt.ts";
export type { Receipt, ReceiptItem, ShadowReceipt, Status } from "./receipt.ts";
export type { AttachedOffer, Recommendation, RecommendationItem } from "./recommendation.ts";
export type { Campaign, Diversity, MinimumMargin, ScoreWeights } from "./refinement.ts";
export type { RuleEffect } from "./ruling.ts";
export type { Replay } from "./replay.ts";
export { checkRequest, largestLimit, locations } from "./request.ts";
export type { CartLine, Location, RecommendationRequest, RequestFacts } from "./request.ts";
export { sourceNames } from "./state.ts";
export type {
  Account,
  CustomerPurchases,
  DecisionState,
  Holdout,
  Source,
  SourceModel,
  SourceName,
  SourceVoice,
} from "./state.ts";
export {
  companionsStrategy,
  defaultPlacements,
  defaultStrategies,
  impersonalSources,
  personalStrategy,
  similarStrategy,
  startingPoints,
} from "./strategy.ts";
export type { Fallback, SourceUse, StartingPoint, Strategy } from "./strategy.ts";
export { traceOf } from "./full-trace.ts";
export type { FullTrace, RuleDeed } from "./full-trace.ts";
export { merchantWords } from "./merchant-words.ts";
export type { PlaceFigures } from "./merchant-words.ts";
export { decidePage, replayPage } from "./page.ts";
export type { Attention, DecidedRow, PageDecision, PageReceipt, PageReplay, PageRequest, PageRow } from "./page.ts";
export type { Trace } from "./trace.ts";
