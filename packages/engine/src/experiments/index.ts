export { compareStatistics, momentsOfArms } from "./adjustment.ts";
export { analyseExperiment } from "./analysis.ts";
export { armOf, createAssignment, experimentOf, isHeldOut } from "./assignment.ts";
export type { Arm, Assignment, AssignmentPlan, Experiment, Holdout, Layer } from "./assignment.ts";
export { chancesToBeBest } from "./best-arm.ts";
export type { ArmChance } from "./best-arm.ts";
export { compareArms, steadyArms } from "./compare-arms.ts";
export type { ArmComparison } from "./compare-arms.ts";
export { confidenceSequence, sequenceReach } from "./confidence-sequence.ts";
export type { Estimate, SequenceOptions, Uncertainty } from "./confidence-sequence.ts";
export { compareMeans } from "./effects.ts";
export type { ArmMoments, CompareOptions, DifferenceKind, Effect } from "./effects.ts";
export { checkExposure, countExposures } from "./exposure.ts";
export type { Exposure, ExposureCheck, ExposureCheckOptions, ExposureCounts } from "./exposure.ts";
export { checkGuardrail } from "./guardrails.ts";
export type { Guardrail, GuardrailOptions, GuardrailVerdict } from "./guardrails.ts";
export { momentsOfRatio, momentsOfShare } from "./metrics.ts";
export type { PairedMoments } from "./metrics.ts";
export { adjustPValues } from "./multiplicity.ts";
export type { AdjustedPValue } from "./multiplicity.ts";
export type { ArmOutcome, ExperimentOutcome, Metric } from "./outcome.ts";
export { planInWords } from "./plan-words.ts";
export type { PlanWordsOptions } from "./plan-words.ts";
export { posteriorOf } from "./posterior.ts";
export type { Posterior, PosteriorOptions, Prior } from "./posterior.ts";
export { detectableLift, planDuration, planHoldout, revenuePerVisitor } from "./power.ts";
export type { Baseline, DurationOptions, HoldoutDesign, HoldoutPlan, HoldoutPlanOptions, Traffic } from "./power.ts";
export type { Problem } from "./problem.ts";
export type { Action, AnalysisOptions, ExperimentReport, GuardrailResult, MetricResult } from "./report.ts";
export { CannotConclude, requireResult } from "./require-result.ts";
export { checkSampleRatio } from "./sample-ratio.ts";
export type { SampleRatio } from "./sample-ratio.ts";
export { shareWithInterval } from "./share.ts";
export { adjustedStatistic, checkStatistic, meanStatistic, mergeStatistics, ratioStatistic } from "./statistic.ts";
export type {
  AdjustedStatistic,
  MeanStatistic,
  ProportionStatistic,
  RatioStatistic,
  Statistic,
  Sums,
} from "./statistic.ts";
export { winsorise } from "./winsorising.ts";
export type { Winsorised, WinsoriseOptions } from "./winsorising.ts";
export { wordingOf } from "./wording.ts";
export type { Unit, Wording } from "./wording.ts";
