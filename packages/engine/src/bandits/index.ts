export type { Situation } from "./beliefs.ts";
export { observationsOf } from "./clicks.ts";
export type { ClickModel, ObservationOptions } from "./clicks.ts";
export { countPlaces, estimateExamination } from "./examination.ts";
export type { Examination, PlaceCount } from "./examination.ts";
export { checkFrozen, freeze } from "./freeze.ts";
export type { FrozenPolicy } from "./freeze.ts";
export { createLedger, recordRewards, recordShowings, settle } from "./ledger.ts";
export type { Dropped, Ledger, Reward, SettledShowing, Showing, ShownArm } from "./ledger.ts";
export type { ArmSums, LinearStatistics } from "./linear-statistics.ts";
export { replayMarginals } from "./marginals.ts";
export type { MarginalOptions, Marginals } from "./marginals.ts";
export type { Observation } from "./observation.ts";
export { createPolicy } from "./policy.ts";
export type { Choice, Filling, Policy } from "./policy.ts";
export {
  createBetaPosterior,
  createGaussianPosterior,
  createLinearPosterior,
  fade,
  update,
  withArms,
} from "./posterior.ts";
export type {
  BetaPosterior,
  BetaPrior,
  GaussianPosterior,
  GaussianPrior,
  LinearPosterior,
  LinearPrior,
  Posterior,
  PosteriorOptions,
} from "./posterior.ts";
export { completeRule } from "./rule.ts";
export type { EpsilonGreedyRule, FullRule, LinUcbRule, Rule, ThompsonRule, TopTwoRule, Ucb1Rule } from "./rule.ts";
export { chooseForSession } from "./session-choice.ts";
export type { SessionChoice } from "./session-choice.ts";
export type { Tally } from "./tally.ts";
