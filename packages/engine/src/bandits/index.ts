export type { ArmSums } from "./arm-solution.ts";
export type { Situation } from "./beliefs.ts";
export { observationsOf } from "./clicks.ts";
export type { ClickModel, ObservationOptions } from "./clicks.ts";
export { createBetaPosterior, createGaussianPosterior, createLinearPosterior } from "./create-posterior.ts";
export type { PosteriorOptions } from "./create-posterior.ts";
export { countPlaces, estimateExamination } from "./examination.ts";
export type { Examination, PlaceCount } from "./examination.ts";
export { checkFrozen, freeze } from "./freeze.ts";
export type { FrozenPolicy } from "./freeze.ts";
export { createLedger, recordRewards, recordShowings, settle } from "./ledger.ts";
export type { Dropped, Ledger, Reward, SettledShowing, Showing, ShownArm } from "./ledger.ts";
export type { LinearStatistics } from "./linear-statistics.ts";
export { replayMarginals } from "./marginals.ts";
export type { MarginalOptions, Marginals } from "./marginals.ts";
export type { Observation } from "./observation.ts";
export {
  bernsteinInterval,
  createNumpyDraws,
  createSyntheticLog,
  createSyntheticSlateSource,
  createSyntheticSource,
  decisionLogOf,
  evaluateOffPolicy,
  evaluateSlates,
  independentSlotWeights,
  learnPolicy,
  learnRewardMeans,
  learnRewardRegression,
  overlapOf,
  pseudoinverseTable,
  slateLogOf,
  trueValue,
  uniformPolicy,
} from "./off-policy/index.ts";
export type {
  ContextMatrix,
  DecisionLog,
  EstimatorName,
  LambdaChoice,
  LambdaOptions,
  LearnedPolicy,
  LearnPolicyOptions,
  OffPolicyEstimate,
  OffPolicyOptions,
  OffPolicyReport,
  Overlap,
  OverlapLimits,
  Refusal,
  RewardLearner,
  RewardModel,
  RewardRegressionOptions,
  SlateEstimate,
  SlateEstimatorName,
  SlateLog,
  SlateOptions,
  SlateTarget,
  SlateWorld,
  SyntheticDraws,
  SyntheticLog,
  SyntheticOptions,
  SyntheticSlateOptions,
  SyntheticSlates,
  SyntheticSlateSource,
  SyntheticSource,
  TargetPolicy,
  Verdict,
} from "./off-policy/index.ts";
export { createPolicy } from "./policy.ts";
export type { Choice, Filling, Policy } from "./policy.ts";
export type {
  BetaPosterior,
  BetaPrior,
  GaussianPosterior,
  GaussianPrior,
  LinearPosterior,
  LinearPrior,
  Posterior,
} from "./posterior.ts";
export { completeRule } from "./rule.ts";
export type { EpsilonGreedyRule, FullRule, LinUcbRule, Rule, ThompsonRule, TopTwoRule, Ucb1Rule } from "./rule.ts";
export { chooseForSession } from "./session-choice.ts";
export type { SessionChoice } from "./session-choice.ts";
export type { Tally } from "./tally.ts";
export { fade, update, withArms } from "./update.ts";
