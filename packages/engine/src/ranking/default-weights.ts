/**
 * Weights for shops with too few sessions to fit their own. Those of the full build were fitted on the last sessions of
 * Yoochoose's training part (RecSys Challenge 2015, 1/64); the light ones on RSC15's. Click logs lend each other weights
 * at a loss of about .002 of hit rate; a shop whose visitors come back to what they saw more, or less, must fit its own.
 */
import type { SessionBuild } from "./session-settings.ts";

/**
 * @param names features of the plan
 * @returns the weights of those among them that have a default
 */
export function defaultSessionWeights(names: readonly string[], build: SessionBuild): Record<string, number> {
  const weights = build === "light" ? light : full;
  return Object.fromEntries(Object.entries(weights).filter(([name]) => names.includes(name)));
}

const full: Readonly<Record<string, number>> = {
  "next@0.0001": -0.017,
  "next@0.01": 0.333,
  "next@0.2": 0.846,
  "skip@0.0001": -0.01,
  "skip@0.01": 0.358,
  "skip@0.2": 0.263,
  "back@0.0001": 0.026,
  "back@0.01": -0.089,
  "back@0.2": 0.492,
  "previous.next@0.0001": 0.043,
  "previous.next@0.01": 0.036,
  "previous.next@0.2": -1.665,
  "previous.skip@0.0001": 0.01,
  "previous.skip@0.01": 0.237,
  "previous.skip@0.2": 1.993,
  "older.skip@0.0001": 0.082,
  "older.skip@0.01": 0.124,
  "older.skip@0.2": 0.042,
  "older.back@0.0001": 0.052,
  "older.back@0.01": -0.321,
  "older.back@0.2": 0.482,
  "neighbours.after@0.0001": -0.02,
  "neighbours.after@0.01": 0.465,
  "neighbours.after@0.2": -1.328,
  "neighbours.before@0.0001": 0.137,
  "neighbours.before@0.01": -0.097,
  "neighbours.before@0.2": 0.804,
  "context@0.0001": 0.051,
  "context@0.01": -0.035,
  "context@0.2": 0.535,
  "walk@0.0001": 0.233,
  "walk@0.01": 0.386,
  "walk@0.2": -2.111,
  "previous.walk@0.0001": 0.06,
  "previous.walk@0.01": -0.159,
  "previous.walk@0.2": -0.906,
  popularity: -0.328,
  recentPopularity: 0.032,
  latestPopularity: 0.178,
  unseen: 0.411,
  isNewest: 2.709,
  isPrevious: 1.494,
  isThird: 1.553,
  isOlder: 1.789,
  nearness: -0.467,
  repetition: 0.579,
  newestTwice: 0.366,
  returns: -0.634,
  lengthAndSeen: -0.218,
};

const light: Readonly<Record<string, number>> = {
  next: 1.75,
  skip: 0.58,
  back: 0.5,
  "previous.next": -0.03,
  "previous.skip": 0.52,
  "older.skip": 0.5,
  "neighbours.before": 1.03,
  context: 0.32,
  walk: 1.5,
  "previous.walk": 0.34,
  recentShare: 0.175,
  isNewest: 0.03,
  nearness: 0.051,
};
