/**
 * Fits the weights of the linear ranker by listwise softmax regression (the "top one" case of ListNet: Cao et al.,
 * ICML 2007): among the candidates of a question, what came next should have the largest share of
 * exp(weights . features). The loss is convex, so that the answer depends on nothing but the lists.
 *
 * Weights of a bucket are what all questions share plus what its own questions add; both are held small by a squared
 * penalty. Features are scaled by their spread within lists first: without that the search crawls.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { minimizeInPieces, type Objective } from "../statistics/lbfgs.ts";
import type { RankingList } from "./lists.ts";
import type { Weights } from "./weights.ts";

export interface FitOptions extends TrainingControls {
  /** Features a candidate. */
  readonly width: number;
  /** 1 when left out: all questions share their weights. */
  readonly bucketCount?: number;
  /** Penalty on what is shared, and on what a bucket adds, each times half the squared length. */
  readonly sharedPenalty?: number;
  readonly bucketPenalty?: number;
  readonly iterations?: number;
}

/** Lists that are worked on between two looks at the clock. */
const listsAPiece = 32;

/**
 * @returns weights for raw features, a row a bucket
 * @throws InvalidInput when there is no list, or a list does not fit `width` or `bucketCount`, or holds NaN
 * @example
 * const weights = await fitWeights(lists, { width: finder.width });
 */
export async function fitWeights(
  lists: readonly RankingList[],
  { width, bucketCount = 1, sharedPenalty = 1e-3, bucketPenalty = 1e-2, iterations = 60, ...controls }: FitOptions,
): Promise<Weights> {
  requireInteger("width", width, 1);
  requireInteger("bucketCount", bucketCount, 1);
  requireInteger("iterations", iterations, 1);
  requireNumber("sharedPenalty", sharedPenalty, 0);
  requireNumber("bucketPenalty", bucketPenalty, 0);
  checkLists(lists, width, bucketCount);
  const pace = createPacer("fitting the ranker", iterations, controls);
  const spread = await pace.through(spreadWithinLists(lists, width), 0);
  const rows = bucketCount === 1 ? 1 : bucketCount + 1;
  const problem: Problem = { lists, width, spread, bucketCount, sharedPenalty, bucketPenalty };
  let done = 0;
  const search = minimizeInPieces(softmaxLoss(problem), new Float64Array(rows * width), {
    iterations,
    onIteration: (iteration) => (done = iteration),
  });
  for (;;) {
    const piece = search.next();
    if (piece.done) {
      pace.finish();
      return { width, bucketCount, values: bucketWeights(piece.value.point, problem) };
    }
    if (pace.isDue()) await pace.rest(done);
  }
}

interface Problem {
  readonly lists: readonly RankingList[];
  readonly width: number;
  /** Spread of each feature within lists; 0 for one that never differs, whose weight stays 0. */
  readonly spread: Float64Array;
  /** Above 1, row 0 of the parameters is what all share and row 1 + b what bucket b adds. */
  readonly bucketCount: number;
  readonly sharedPenalty: number;
  readonly bucketPenalty: number;
}

function checkLists(lists: readonly RankingList[], width: number, bucketCount: number): void {
  if (lists.length === 0) throw new InvalidInput("lists", 0, "at least one list to learn from");
  for (const [l, { features, targets, standsFor, bucket }] of lists.entries()) {
    if (standsFor && !(standsFor.length === targets.length && standsFor.every((number) => number > 0))) {
      throw new InvalidInput(`lists[${l}].standsFor`, "not that", `${targets.length} numbers above 0`);
    }
    if (features.length !== targets.length * width) {
      throw new InvalidInput(
        `lists[${l}].features`,
        features.length,
        `${targets.length} candidates x ${width} features`,
      );
    }
    if (!(bucket >= 0 && bucket < bucketCount)) {
      throw new InvalidInput(`lists[${l}].bucket`, bucket, `a bucket below ${bucketCount}`);
    }
    const broken = features.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) throw new InvalidInput(`lists[${l}].features[${broken}]`, features[broken], "a finite number");
  }
}

/** Root of the mean variance within lists, a feature. */
function* spreadWithinLists(lists: readonly RankingList[], width: number): InPieces<Float64Array> {
  const variance = new Float64Array(width);
  const sum = new Float64Array(width);
  const squares = new Float64Array(width);
  for (const [l, { features, targets }] of lists.entries()) {
    if (l % listsAPiece === 0) yield;
    sum.fill(0);
    squares.fill(0);
    for (let c = 0, i = 0; c < targets.length; c++) {
      for (let f = 0; f < width; f++, i++) {
        sum[f] += features[i];
        squares[f] += features[i] * features[i];
      }
    }
    const count = targets.length;
    for (let f = 0; f < width; f++) variance[f] += Math.max(0, squares[f] / count - (sum[f] / count) ** 2);
  }
  return variance.map((total) => Math.sqrt(total / lists.length)).map((spread) => (spread > 1e-9 ? spread : 0));
}

/** Mean loss over the lists plus the penalties, in parameters for features of spread 1. */
function softmaxLoss(problem: Problem): Objective {
  const { lists, width, bucketCount, sharedPenalty, bucketPenalty } = problem;
  const longest = lists.reduce((most, { targets }) => Math.max(most, targets.length), 0);
  const scores = new Float64Array(longest);
  const slopes = new Float64Array(bucketCount * width);
  return function* (point, gradient) {
    const weights = bucketWeights(point, problem);
    slopes.fill(0);
    let loss = 0;
    for (const [l, list] of lists.entries()) {
      if (l % listsAPiece === 0) yield;
      const begin = list.bucket * width;
      const end = begin + width;
      loss += listLoss(list, weights.subarray(begin, end), scores, slopes.subarray(begin, end));
    }
    spreadSlopes(slopes, problem, gradient);
    return loss / lists.length + penalize(point, gradient, width, sharedPenalty, bucketPenalty);
  };
}

/** What each bucket's questions weigh raw features with: what all share, plus what the bucket adds. */
function bucketWeights(point: Float64Array, { width, bucketCount, spread }: Problem): Float64Array {
  const weights = new Float64Array(bucketCount * width);
  for (let i = 0; i < weights.length; i++) {
    const f = i % width;
    const parameter = bucketCount === 1 ? point[f] : point[f] + point[width + i];
    weights[i] = spread[f] === 0 ? 0 : parameter / spread[f];
  }
  return weights;
}

/** The other way round: from slopes by bucket to those of the parameters. */
function spreadSlopes(slopes: Float64Array, { lists, width, bucketCount, spread }: Problem, into: Float64Array): void {
  into.fill(0);
  for (let i = 0; i < slopes.length; i++) {
    const f = i % width;
    if (spread[f] === 0) continue;
    const slope = slopes[i] / spread[f] / lists.length;
    into[f] += slope;
    if (bucketCount > 1) into[width + i] += slope;
  }
}

/** Cross-entropy of one list; adds its gradient to `slope`. */
function listLoss(
  { features, targets, standsFor }: RankingList,
  weights: Float64Array,
  scores: Float64Array,
  slope: Float64Array,
): number {
  const width = weights.length;
  let most = -Infinity;
  let weight = 0;
  let reached = 0;
  for (let c = 0, i = 0; c < targets.length; c++) {
    let score = 0;
    for (let f = 0; f < width; f++, i++) score += weights[f] * features[i];
    weight += targets[c];
    reached += targets[c] * score;
    scores[c] = standsFor ? score + Math.log(standsFor[c]) : score;
    most = Math.max(most, scores[c]);
  }
  let total = 0;
  for (let c = 0; c < targets.length; c++) total += Math.exp(scores[c] - most);
  for (let c = 0, i = 0; c < targets.length; c++) {
    const error = (weight * Math.exp(scores[c] - most)) / total - targets[c];
    for (let f = 0; f < width; f++, i++) slope[f] += error * features[i];
  }
  return weight * (most + Math.log(total)) - reached;
}

function penalize(
  point: Float64Array,
  gradient: Float64Array,
  width: number,
  sharedPenalty: number,
  bucketPenalty: number,
): number {
  let penalty = 0;
  for (let i = 0; i < point.length; i++) {
    const strength = i < width ? sharedPenalty : bucketPenalty;
    penalty += 0.5 * strength * point[i] * point[i];
    gradient[i] += strength * point[i];
  }
  return penalty;
}
