export { recentSteps, requireHistory } from "./history.ts";
export type { HistoryStep } from "./history.ts";
export { columnOf, indicesOf, integerSetting, numberSetting, requireKind, rowsOf } from "./model-columns.ts";
export { forbidden } from "./recommender.ts";
export type { Contribution, Query, Recommender } from "./recommender.ts";
export { rankScores } from "./scoring.ts";
export { sharesOf } from "./shares.ts";
export { createPacer, paced } from "./training.ts";
export type { Pacer, Progress, TrainingControls } from "./training.ts";
