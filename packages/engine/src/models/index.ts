export { forbidden } from "./recommender.ts";
export type { Contribution, Query, Recommender } from "./recommender.ts";
export { createPacer } from "./training.ts";
export type { Pacer, Progress, TrainingControls } from "./training.ts";
