/** The handlers of `/analytics`. */
import type { Handlers } from "../server/handler.ts";
import { clickThroughHandler } from "./click-through.ts";
import { incrementalityHandler } from "./incrementality.ts";
import { overviewHandler } from "./overview.ts";
import { strategyComparisonHandler } from "./strategy-comparison.ts";

export const analyticsHandlers: Pick<
  Handlers,
  "analyticsOverview" | "incrementality" | "clickThrough" | "strategyComparison"
> = {
  analyticsOverview: overviewHandler,
  incrementality: incrementalityHandler,
  clickThrough: clickThroughHandler,
  strategyComparison: strategyComparisonHandler,
};
