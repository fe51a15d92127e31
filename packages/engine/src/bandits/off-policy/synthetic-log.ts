/**
 * Logged decisions whose truth is known, by the equations of Open Bandit Pipeline's synthetic data: Saito, Aihara,
 * Matsutani and Narita, "Open Bandit Dataset and Pipeline", NeurIPS 2021 (datasets and benchmarks), release of January
 * 2022, `logistic_reward_function` of degree 1. With x a standard normal context, and actions told apart by number:
 *
 *   z(x, a) = u (1, x) + v_0 + v_a + (1, x) (M_0 + M_a)      coefficients uniform in [-1, 1]
 *   q(x, a) = sigmoid of z, standardised over all rows and actions of the log
 *   logged with chances softmax over a of (inverse temperature x q(x, a)), rewarded with 1 at the chance q
 */
import { InvalidOption, requireInteger } from "../../errors.ts";
import { createRandom, normal } from "../../random/index.ts";
import { momentsOf } from "../../statistics/index.ts";
import type { ContextMatrix, DecisionLog } from "./decision-log.ts";
import { softmax } from "./softmax.ts";

/** What chance decides in a synthetic log. */
export interface SyntheticDraws {
  /** A stream of uniforms in [0, 1) for the coefficients; the same at every call. */
  coefficients(): () => number;
  /** A stream of uniforms in [0, 1) for the actions of one log. */
  actions(): () => number;
  /** Standard normal, for contexts. */
  normal(): number;
  /** True with a chance, for rewards. */
  happens(chance: number): boolean;
}

export interface SyntheticOptions {
  /** A seed, or the draws themselves. */
  readonly seed: string | number | SyntheticDraws;
  readonly actions?: number;
  readonly contextWidth?: number;
  /** How much the logging policy prefers good actions; below 0 it prefers bad ones, at 0 it has no preference. */
  readonly inverseTemperature?: number;
}

/** A log with what is behind it. */
export interface SyntheticLog extends DecisionLog {
  readonly context: ContextMatrix;
  /** Expected reward of every action, rows x actions. */
  readonly expectedReward: Float64Array;
  /** Chance of every action under the policy that logged, rows x actions. */
  readonly chances: Float64Array;
}

/** A world with fixed coefficients that writes logs. */
export interface SyntheticSource {
  draw(rows: number): SyntheticLog;
}

/**
 * One log of a world.
 * @example
 * const log = createSyntheticLog(10_000, { seed: "spring", actions: 30, contextWidth: 5, inverseTemperature: -3 });
 */
export function createSyntheticLog(rows: number, options: SyntheticOptions): SyntheticLog {
  return createSyntheticSource(options).draw(rows);
}

/**
 * A world to draw several logs from, for example one to learn a policy and one to judge it.
 * @throws InvalidOption when a number is out of range
 */
export function createSyntheticSource({
  seed,
  actions = 10,
  contextWidth = 5,
  inverseTemperature = 1,
}: SyntheticOptions): SyntheticSource {
  requireInteger("actions", actions, 2);
  requireInteger("contextWidth", contextWidth, 1);
  if (!Number.isFinite(inverseTemperature)) {
    throw new InvalidOption("inverseTemperature", inverseTemperature, "a finite number");
  }
  const draws = typeof seed === "object" ? seed : seededDraws(seed);
  const coefficients = drawCoefficients(draws.coefficients(), actions, contextWidth + 1);
  return {
    draw(rows) {
      requireInteger("rows", rows, 2);
      const values = Float64Array.from({ length: rows * contextWidth }, () => draws.normal());
      const expectedReward = rewardsOf(coefficients, values, contextWidth, actions);
      const chances = expectedReward.map((reward) => inverseTemperature * reward);
      for (let row = 0; row < rows; row++) softmax(chances.subarray(row * actions, (row + 1) * actions));
      const uniform = draws.actions();
      const action = Uint32Array.from({ length: rows }, (_, row) => pick(chances, row * actions, actions, uniform()));
      const propensity = Float64Array.from(action, (taken, row) => chances[row * actions + taken]);
      const reward = Float64Array.from(action, (taken, row) =>
        draws.happens(expectedReward[row * actions + taken]) ? 1 : 0,
      );
      const context = { width: contextWidth, values };
      return { actions, action, reward, propensity, context, expectedReward, chances };
    },
  };
}

/**
 * What a policy truly brings a decision on the contexts of a synthetic log.
 * @param chances of every action, rows x actions
 */
export function trueValue({ expectedReward, action }: SyntheticLog, chances: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < expectedReward.length; i++) sum += chances[i] * expectedReward[i];
  return sum / action.length;
}

/** Weights of (1, x) for every action, row after row: all parts of z added up. */
function drawCoefficients(uniform: () => number, actions: number, width: number): Float64Array {
  const draw = (length: number): Float64Array => Float64Array.from({ length }, () => 2 * uniform() - 1);
  const ofContext = draw(width);
  const ofAction = draw(1 + actions);
  const ofBoth = draw(width * (1 + actions));
  const weights = new Float64Array(actions * width);
  for (let action = 0; action < actions; action++) {
    for (let i = 0; i < width; i++) {
      const begin = i * (1 + actions);
      weights[action * width + i] = ofContext[i] + ofBoth[begin] + ofBoth[begin + 1 + action];
    }
    weights[action * width] += ofAction[0] + ofAction[1 + action];
  }
  return weights;
}

function rewardsOf(weights: Float64Array, context: Float64Array, contextWidth: number, actions: number): Float64Array {
  const rows = context.length / contextWidth;
  const scores = new Float64Array(rows * actions);
  for (let cell = 0; cell < scores.length; cell++) {
    const begin = Math.floor(cell / actions) * contextWidth;
    const own = (cell % actions) * (contextWidth + 1);
    scores[cell] = weights[own];
    for (let i = 0; i < contextWidth; i++) scores[cell] += weights[own + 1 + i] * context[begin + i];
  }
  const { mean, variance, count } = momentsOf(scores);
  const deviation = Math.sqrt((variance * (count - 1)) / count);
  return scores.map((score) => 1 / (1 + Math.exp(-(score - mean) / deviation)));
}

/** The first action whose cumulative chance exceeds the uniform. */
function pick(chances: Float64Array, begin: number, actions: number, uniform: number): number {
  let sum = 0;
  for (let action = 0; action < actions; action++) {
    sum += chances[begin + action];
    if (sum > uniform) return action;
  }
  return actions - 1;
}

function seededDraws(seed: string | number): SyntheticDraws {
  const random = createRandom(seed);
  const [contexts, actions, rewards] = ["contexts", "actions", "rewards"].map((label) => random.fork(label));
  return {
    coefficients: () => random.fork("coefficients").next,
    actions: () => actions.next,
    normal: () => normal(contexts),
    happens: (chance) => rewards.next() < chance,
  };
}
