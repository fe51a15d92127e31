/**
 * A policy learned from a log: a multinomial logistic regression of the logged action on the context, each row weighing
 * reward / propensity, which makes the actions likely that paid. Dudik, Erhan, Langford and Li, "Doubly robust policy
 * evaluation and optimization", Statistical Science 29 (2014), section 4; `IPWLearner` of Open Bandit Pipeline.
 */
import { InvalidInput, InvalidOption, requireInteger, requireNumber } from "../../errors.ts";
import { pieceSize, type InPieces } from "../../matrix/pieces.ts";
import { paced, type TrainingControls } from "../../models/training.ts";
import { minimizeInPieces } from "../../statistics/index.ts";
import { requireContext, requireDecisionLog, type ContextMatrix, type DecisionLog } from "./decision-log.ts";
import { softmax } from "./softmax.ts";

export interface LearnPolicyOptions extends TrainingControls {
  /** Ridge on all weights but the constants. */
  readonly ridge?: number;
  /** The chances are softmax(classifier's chances / softness): near 0 the likeliest action always, large ones evenly. */
  readonly softness?: number;
  readonly iterations?: number;
}

/** @returns the chance of every action in every row of a context matrix, rows x actions */
export type LearnedPolicy = (context: ContextMatrix) => Float64Array;

/**
 * @throws InvalidInput when the log has no context, or a reward is below 0
 * @example
 * const policy = await learnPolicy(lastMonth);
 * const report = await evaluateOffPolicy(thisMonth, policy(thisMonth.context), { random });
 */
export async function learnPolicy(
  log: DecisionLog,
  { ridge = 0.01, softness = 1, iterations = 200, ...controls }: LearnPolicyOptions = {},
): Promise<LearnedPolicy> {
  requireNumber("ridge", ridge, 0);
  if (!(softness > 0)) throw new InvalidOption("softness", softness, "a number above 0");
  requireInteger("iterations", iterations, 1);
  requireDecisionLog(log);
  if (!log.context) throw new InvalidInput("context", undefined, "given: the policy is learned from it");
  const problem = { ...readLessons(log, log.context), ridge };
  const { actions } = log;
  const { width } = log.context;
  const search = minimizeInPieces(
    (weights, gradient) => lossInPieces(problem, weights, gradient),
    new Float64Array(actions * (width + 1)),
    { iterations, tolerance: 1e-6 },
  );
  const { point } = await paced("learning a policy", search, controls);
  return (context) => chancesBy(point, context, { actions, width, softness });
}

/** Rows that were rewarded, the only ones to learn from. */
interface Lessons {
  readonly actions: number;
  readonly width: number;
  /** 1 and the context, row after row. */
  readonly features: Float64Array;
  readonly action: Uint32Array;
  readonly weight: Float64Array;
}

function readLessons({ actions, action, reward, propensity }: DecisionLog, { width, values }: ContextMatrix): Lessons {
  const rows: number[] = [];
  for (let row = 0; row < action.length; row++) {
    if (reward[row] < 0) throw new InvalidInput(`rows[${row}].reward`, reward[row], "0 or more to learn a policy from");
    if (reward[row] > 0) rows.push(row);
  }
  const features = new Float64Array(rows.length * (width + 1)).fill(1);
  for (const [index, row] of rows.entries()) {
    for (let i = 0; i < width; i++) features[index * (width + 1) + 1 + i] = values[row * width + i];
  }
  return {
    actions,
    width: width + 1,
    features,
    action: Uint32Array.from(rows, (row) => action[row]),
    weight: Float64Array.from(rows, (row) => reward[row] / propensity[row]),
  };
}

/** Weighted mean of the negative log likelihood, and its gradient. */
function* lossInPieces(
  { actions, width, features, action, weight, ridge }: Lessons & { readonly ridge: number },
  weights: Float64Array,
  gradient: Float64Array,
): InPieces<number> {
  gradient.fill(0);
  const chances = new Float64Array(actions);
  let loss = 0;
  let total = 0;
  const rest = Math.ceil(pieceSize / weights.length);
  for (const [row, chosen] of action.entries()) {
    if (row % rest === rest - 1) yield;
    const begin = row * width;
    scoresAt(weights, features, begin, width, chances);
    softmax(chances);
    loss -= weight[row] * Math.log(Math.max(chances[chosen], Number.MIN_VALUE));
    total += weight[row];
    for (let a = 0; a < actions; a++) {
      const slope = weight[row] * (chances[a] - (a === chosen ? 1 : 0));
      for (let i = 0; i < width; i++) gradient[a * width + i] += slope * features[begin + i];
    }
  }
  for (let i = 0; i < weights.length; i++) {
    if (i % width === 0) continue;
    loss += (ridge * weights[i] ** 2) / 2;
    gradient[i] += ridge * weights[i];
  }
  const scale = total > 0 ? 1 / total : 1;
  for (let i = 0; i < gradient.length; i++) gradient[i] *= scale;
  return loss * scale;
}

function scoresAt(
  weights: Float64Array,
  features: Float64Array,
  begin: number,
  width: number,
  into: Float64Array,
): void {
  for (let a = 0; a < into.length; a++) {
    let score = 0;
    for (let i = 0; i < width; i++) score += weights[a * width + i] * features[begin + i];
    into[a] = score;
  }
}

function chancesBy(
  weights: Float64Array,
  context: ContextMatrix,
  { actions, width, softness }: { readonly actions: number; readonly width: number; readonly softness: number },
): Float64Array {
  if (context.width !== width)
    throw new InvalidInput("context.width", context.width, `${width}, as it was learned with`);
  const rows = context.values.length / width;
  requireContext(context, Math.floor(rows));
  const all = new Float64Array(rows * actions);
  const features = new Float64Array(width + 1).fill(1);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) features[1 + i] = context.values[row * width + i];
    const chances = all.subarray(row * actions, (row + 1) * actions);
    scoresAt(weights, features, 0, width + 1, chances);
    softmax(chances);
    for (let a = 0; a < actions; a++) chances[a] /= softness;
    softmax(chances);
  }
  return all;
}
