/**
 * Revenue from recommendations, both figures of it. Attributed revenue is what every tool shows and what proves nothing: the
 * shopper may have bought anyway. Incremental revenue is what the holdout measured: visitors who were assigned to see
 * recommendations against those who were not, whatever either did. There is no function in this folder that gives the first
 * without the second, and where the second cannot be had, the report says why in its place.
 */
import type { Minor } from "../catalogue/index.ts";
import type { AnalysisOptions, Effect, ExperimentReport, Posterior, Problem } from "../experiments/index.ts";
import type { Arms } from "./arm-revenue.ts";
import type { CreditModel } from "./credit-model.ts";
import type { CreditedRevenue, CreditOptions } from "./credit.ts";
import type { Bounded, Decomposition } from "./decomposition.ts";
import type { Journey } from "./journey.ts";

export interface AttributionInput {
  /** ISO 4217: of every order, every sum and the whole report. */
  readonly currency: string;
  readonly journeys: readonly Journey[];
  /** Everybody who was assigned in the period, as sums (`revenueOfArms`). */
  readonly arms: Arms;
  /** Share of visitors that was meant to be held out; 0 where nobody is. */
  readonly holdoutShare: number;
}

export interface AttributionOptions extends CreditOptions, AnalysisOptions {
  /** All five when left out: side by side, they show how much of the figure is convention. */
  readonly models?: readonly CreditModel[];
}

/** What recommendations caused, or why that is not known. Money is in minor units. */
export type IncrementalRevenue =
  | {
      readonly conclusive: true;
      /** Difference in net revenue per assigned visitor: the figure that decides. */
      readonly perVisitor: Effect;
      /** The same relative to the holdout; absent where the holdout's mean cannot be told from zero. */
      readonly relative: Effect | undefined;
      readonly posterior: Posterior;
      /** Whether the interval leaves out zero and the figures can be believed. */
      readonly isProven: boolean;
      /** The difference times the visitors with recommendations. */
      readonly total: Bounded;
      /** The difference taken apart; absent while a side has bought nothing. */
      readonly decomposition: Decomposition | undefined;
    }
  | { readonly conclusive: false; readonly problem: IncrementalProblem };

export type IncrementalProblem = Omit<Problem, "code"> & { readonly code: Problem["code"] | "no-holdout" };

export interface AttributionReport {
  readonly currency: string;
  /** What recommendations caused. */
  readonly incremental: IncrementalRevenue;
  /** Sizes of the arms, and conversion and average order value beside the revenue; undefined where nobody is held out. */
  readonly experiment: ExperimentReport | undefined;
  /** What followed a touch, by model. Not what was caused. */
  readonly attributed: {
    /** The same by every model: they differ in who gets it. */
    readonly revenue: Minor;
    /** Of the orders of all journeys. */
    readonly ofRevenue: Minor;
    readonly byModel: readonly CreditedRevenue[];
  };
  readonly verdict: string;
}
