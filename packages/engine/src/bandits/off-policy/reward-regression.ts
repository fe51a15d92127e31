/**
 * A reward model that reads the context: one regression that all actions share plus what is special to each, the latter
 * held back by a ridge, so that an action with few rows behaves as the others do. Logistic where rewards are 0 or 1, linear
 * otherwise. Partial pooling: Gelman and Hill, "Data analysis using regression and multilevel/hierarchical models" (2007),
 * chapters 12 and 14; fitted by L-BFGS.
 */
import { InvalidInput, InvalidOption, requireInteger } from "../../errors.ts";
import { pieceSize, type InPieces } from "../../matrix/pieces.ts";
import { logistic, minimizeInPieces, momentsOf, softplus } from "../../statistics/index.ts";
import type { ContextMatrix, DecisionLog } from "./decision-log.ts";
import type { RewardLearner, RewardModel } from "./reward-model.ts";

export interface RewardRegressionOptions {
  /** What actions are like: actions x width, row after row. Actions alike share what is learned of them. */
  readonly actionFeatures?: ContextMatrix;
  /** Ridge on the part that all actions share; its constant is free. */
  readonly sharedRidge?: number;
  /** Ridge on the part of each action, in units of features of variance 1. */
  readonly actionRidge?: number;
  readonly iterations?: number;
}

/**
 * @throws InvalidOption when a ridge is not above 0
 * @example
 * const rewardModel = learnRewardRegression({ actionRidge: 3 });
 * const report = await evaluateOffPolicy(log, policy, { random, rewardModel });
 */
export function learnRewardRegression({
  actionFeatures,
  sharedRidge = 0.01,
  actionRidge = 1,
  iterations = 60,
}: RewardRegressionOptions = {}): RewardLearner {
  if (!(sharedRidge > 0)) throw new InvalidOption("sharedRidge", sharedRidge, "a number above 0");
  if (!(actionRidge > 0)) throw new InvalidOption("actionRidge", actionRidge, "a number above 0");
  requireInteger("iterations", iterations, 1);
  return function* (log, rows) {
    const design = yield* createDesignInPieces(log, rows, actionFeatures);
    const target = readTarget(log, rows);
    const { point } = yield* minimizeInPieces(
      (weights, gradient) => lossInPieces({ design, target, sharedRidge, actionRidge }, weights, gradient),
      new Float64Array(design.shared + log.actions * design.own),
      { iterations, tolerance: 1e-6 },
    );
    return predictBy(design, target, point, log.actions);
  };
}

/**
 * Features of a row: 1, the context, its position (1 of n), the features of its action. All of them meet the shared
 * weights, the first `own` of them those of the action as well.
 */
interface Design {
  readonly shared: number;
  readonly own: number;
  readonly rows: Uint32Array;
  /** The training rows', one after another. */
  readonly features: Float64Array;
  readonly action: Uint32Array;
  /** Writes the features of any row of the log, given an action. */
  readonly write: (row: number, action: number, into: Float64Array, at: number) => void;
}

function* createDesignInPieces(log: DecisionLog, rows: Uint32Array, actionFeatures?: ContextMatrix): InPieces<Design> {
  const width = log.context?.width ?? 0;
  const positions = log.position ? rows.reduce((most, row) => Math.max(most, (log.position?.[row] ?? 0) + 1), 0) : 0;
  const extra = actionFeatures?.width ?? 0;
  if (actionFeatures && actionFeatures.values.length !== log.actions * extra) {
    const expected = `${log.actions} actions x ${extra} = ${log.actions * extra}`;
    throw new InvalidInput("actionFeatures.values.length", actionFeatures.values.length, expected);
  }
  const own = 1 + width;
  const shared = own + positions + extra;
  const scales = scalesOf(log, rows);
  const write = (row: number, action: number, into: Float64Array, at: number): void => {
    into.fill(0, at, at + shared);
    into[at] = 1;
    for (let i = 0; i < width; i++) {
      into[at + 1 + i] = ((log.context?.values[row * width + i] ?? 0) - scales[i].mean) * scales[i].inverse;
    }
    const position = log.position?.[row] ?? positions;
    if (position < positions) into[at + own + position] = 1;
    for (let i = 0; i < extra; i++) into[at + own + positions + i] = actionFeatures?.values[action * extra + i] ?? 0;
  };
  const features = new Float64Array(rows.length * shared);
  const rest = Math.ceil(pieceSize / shared);
  for (const [index, row] of rows.entries()) {
    if (index % rest === rest - 1) yield;
    write(row, log.action[row], features, index * shared);
  }
  return { shared, own, rows, features, action: Uint32Array.from(rows, (row) => log.action[row]), write };
}

/** Mean and reciprocal deviation of each column of the context; 0 where it never changes. */
function scalesOf({ context }: DecisionLog, rows: Uint32Array): { mean: number; inverse: number }[] {
  return Array.from({ length: context?.width ?? 0 }, (_, column) => {
    const { mean, variance } = momentsOf(
      Float64Array.from(rows, (row) => context?.values[row * context.width + column] ?? 0),
    );
    return { mean, inverse: variance > 0 ? 1 / Math.sqrt(variance) : 0 };
  });
}

/** Rewards as the regression sees them: 0 and 1, or standardised. */
interface Target {
  readonly isLogistic: boolean;
  readonly values: Float64Array;
  readonly mean: number;
  readonly deviation: number;
  /** Rewards seen: none beyond them is ever expected. */
  readonly least: number;
  readonly most: number;
}

function readTarget({ reward }: DecisionLog, rows: Uint32Array): Target {
  const values = Float64Array.from(rows, (row) => reward[row]);
  const least = values.reduce((lowest, value) => Math.min(lowest, value), Infinity);
  const most = values.reduce((highest, value) => Math.max(highest, value), -Infinity);
  const isLogistic = values.every((value) => value === 0 || value === 1);
  if (isLogistic) return { isLogistic, values, mean: 0, deviation: 1, least: 0, most: 1 };
  const { mean, variance } = momentsOf(values);
  const deviation = variance > 0 ? Math.sqrt(variance) : 1;
  return { isLogistic, values: values.map((value) => (value - mean) / deviation), mean, deviation, least, most };
}

interface Problem {
  readonly design: Design;
  readonly target: Target;
  readonly sharedRidge: number;
  readonly actionRidge: number;
}

/** Mean loss and its gradient: negative log likelihood, or half the square, plus half the ridge. */
function* lossInPieces(
  { design, target, sharedRidge, actionRidge }: Problem,
  weights: Float64Array,
  gradient: Float64Array,
): InPieces<number> {
  const { shared, own, features, action } = design;
  const { isLogistic, values } = target;
  const count = values.length;
  gradient.fill(0);
  let loss = 0;
  const rest = Math.ceil(pieceSize / shared);
  for (let row = 0; row < count; row++) {
    if (row % rest === rest - 1) yield;
    const at = row * shared;
    const special = shared + action[row] * own;
    let score = 0;
    for (let i = 0; i < shared; i++) score += weights[i] * features[at + i];
    for (let i = 0; i < own; i++) score += weights[special + i] * features[at + i];
    const residual = (isLogistic ? logistic(score) : score) - values[row];
    loss += isLogistic ? softplus(score) - values[row] * score : (residual * residual) / 2;
    for (let i = 0; i < shared; i++) gradient[i] += residual * features[at + i];
    for (let i = 0; i < own; i++) gradient[special + i] += residual * features[at + i];
  }
  for (let i = 1; i < weights.length; i++) {
    const ridge = i < shared ? sharedRidge : actionRidge;
    loss += (ridge * weights[i] * weights[i]) / 2;
    gradient[i] += ridge * weights[i];
  }
  for (let i = 0; i < gradient.length; i++) gradient[i] /= count;
  return loss / count;
}

function predictBy(
  design: Design,
  { isLogistic, mean, deviation, least, most }: Target,
  point: Float64Array,
  actions: number,
): RewardModel {
  const { shared, own, write } = design;
  const features = new Float64Array(shared);
  return (row, rewards) => {
    for (let action = 0; action < actions; action++) {
      write(row, action, features, 0);
      let score = 0;
      for (let i = 0; i < shared; i++) score += point[i] * features[i];
      for (let i = 0; i < own; i++) score += point[shared + action * own + i] * features[i];
      rewards[action] = isLogistic ? logistic(score) : Math.min(most, Math.max(least, mean + deviation * score));
    }
  };
}
