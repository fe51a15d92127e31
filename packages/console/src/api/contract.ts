/** What routes answer, by the names the console uses. Types only: the contract's schemas stay on the server. */
import type { BasketliftContract, Client } from "@basketlift/server-adapter/client";

export type ApiClient = Client<BasketliftContract>;

/** What a route answers, by the route's name. */
export type Answer<Name extends keyof ApiClient> = Awaited<ReturnType<ApiClient[Name]>>;

export type Person = Answer<"whoAmI">;
export type Overview = Answer<"analyticsOverview">;
export type Incrementality = Answer<"incrementality">;
export type ClickThrough = Answer<"clickThrough">;
export type StrategyLine = Answer<"getStrategy">;
/** What a strategy says, as it is sent. */
export type StrategyDefinition = Parameters<ApiClient["updateStrategy"]>[0]["body"];
export type StrategyList = Answer<"listStrategies">;
export type PlacementLine = Answer<"updatePlacement">;
export type StrategyComparison = Answer<"strategyComparison">;
export type Comparison = Answer<"compareStrategies">;
export type ServerStatus = Answer<"status">;
export type LoggedDecision = Answer<"getDecision">;
/** A line of the decision log. */
export type DecisionLine = Answer<"listDecisions">["data"][number];
export type ReplayAnswer = Answer<"replayDecision">;
export type ImportAnswer = Answer<"getImport">;
/** How a file would be read. */
export type ImportPreview = Answer<"previewOrders">;
export type TrainingRun = Answer<"getAffinityRun">;
export type AffinityRule = Answer<"listAffinityRules">["data"][number];
export type AffinityPair = Answer<"affinityPair">;
export type Estimate = ClickThrough["rows"][number]["clickThrough"];
/** A key figure with its change against the period before. */
export type KeyFigure = Overview["visitors"];
