export type { Arm, Context } from "./context.ts";
export { decide } from "./decide.ts";
export type { Decision, Occasion } from "./decide.ts";
export type { ItemEvidence, ItemExplanation } from "./explain.ts";
export { signReceipt, verifyReceipt } from "./receipt.ts";
export type { Receipt, ReceiptItem, Status } from "./receipt.ts";
export type { Recommendation, RecommendationItem } from "./recommendation.ts";
export { replay } from "./replay.ts";
export type { Replay } from "./replay.ts";
export { checkRequest, largestLimit, locations } from "./request.ts";
export type { CartLine, Location, RecommendationRequest } from "./request.ts";
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
  checkStrategy,
  companionsStrategy,
  defaultPlacements,
  defaultStrategies,
  impersonalSources,
  personalStrategy,
  similarStrategy,
  startingPoints,
} from "./strategy.ts";
export type { SourceUse, StartingPoint, Strategy } from "./strategy.ts";
export { traceOf } from "./trace.ts";
export type { Trace } from "./trace.ts";
