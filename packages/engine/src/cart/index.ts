export { findBunching } from "./bunching.ts";
export type { Bunching } from "./bunching.ts";
export { findThresholdOpportunities } from "./thresholds.ts";
export type {
  ThresholdAnalysis,
  ThresholdBalance,
  ThresholdEconomics,
  ThresholdFigure,
  ThresholdOpportunity,
  ThresholdOptions,
} from "./thresholds.ts";
