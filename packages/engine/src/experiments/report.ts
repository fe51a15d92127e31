/** What `analyseExperiment` says: plain data, ready for a dashboard. */
import type { ArmChance } from "./best-arm.ts";
import type { CompareOptions, Effect } from "./effects.ts";
import type { ExposureCheck } from "./exposure.ts";
import type { GuardrailVerdict } from "./guardrails.ts";
import type { Posterior } from "./posterior.ts";
import type { Problem } from "./problem.ts";
import type { SampleRatio } from "./sample-ratio.ts";

export interface AnalysisOptions extends Pick<CompareOptions, "interval" | "level" | "tunedFor"> {
  /** Visitors of an arm below which nothing is concluded: means are not normal yet. */
  readonly fewestVisitors?: number;
  /** BCP 47, for the figures in the verdict. */
  readonly locale?: string;
}

/** What one metric says of one arm against the control, or why it says nothing. */
export type MetricResult = {
  readonly metric: string;
  readonly arm: string;
} & (
  | {
      readonly conclusive: true;
      /** In the unit of the metric. */
      readonly absolute: Effect;
      /** Absent where the control's mean cannot be told from zero. */
      readonly relative: Effect | undefined;
      /** Of the absolute difference, without prior belief. */
      readonly posterior: Posterior;
      /** The p-value after the other metrics of its role and the other arms are taken into account. */
      readonly adjustedPValue: number;
      /** Whether the adjusted p-value proves a difference. Guard-rails are not in a family: see `guardrails`. */
      readonly isProven: boolean;
    }
  | { readonly conclusive: false; readonly problem: Problem }
);

export type GuardrailResult = { readonly metric: string; readonly arm: string } & (
  | ({ readonly conclusive: true } & GuardrailVerdict)
  | { readonly conclusive: false; readonly problem: Problem }
);

/** What to do. `investigate`: the figures are not to be believed. `stop`: a guard-rail is broken, or the goal is lost. */
export type Action = "investigate" | "stop" | "ship" | "continue";

export interface ExperimentReport {
  readonly sampleRatio: SampleRatio;
  readonly exposure: ExposureCheck;
  /** One entry a metric and arm other than the control. */
  readonly results: readonly MetricResult[];
  readonly guardrails: readonly GuardrailResult[];
  /** By arm, the control included, on the primary metric; undefined where it cannot be said. */
  readonly chances: readonly ({ readonly arm: string } & ArmChance)[] | undefined;
  readonly action: Action;
  /** The arm to ship, where one is. */
  readonly winner: string | undefined;
  readonly verdict: string;
}
