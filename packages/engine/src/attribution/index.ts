// What is credited is exported as part of a report only: never without what the holdout measured.
export { addArms, revenueOfArms } from "./arm-revenue.ts";
export type { ArmRevenue, Arms, AssignedVisitor } from "./arm-revenue.ts";
export { creditModels, creditWeights } from "./credit-model.ts";
export type { CreditModel } from "./credit-model.ts";
export { defaultWindows } from "./credit.ts";
export type { CreditedRevenue, CreditOptions } from "./credit.ts";
export type { Credit } from "./credit-sums.ts";
export { decompose } from "./decomposition.ts";
export type { Bounded, Decomposition, DecompositionOptions, FactorChange } from "./decomposition.ts";
export type { Journey, JourneyOrder, Touch } from "./journey.ts";
export { reportAttribution } from "./report-attribution.ts";
export type { CreditWindows } from "./touch-reader.ts";
export type {
  AttributionInput,
  AttributionOptions,
  AttributionReport,
  IncrementalProblem,
  IncrementalRevenue,
} from "./report.ts";
