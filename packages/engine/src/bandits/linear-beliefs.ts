/**
 * Beliefs of a linear posterior: Thompson sampling as in Agrawal and Goyal, "Thompson sampling for contextual bandits
 * with linear payoffs", ICML 2013, and the bounds of LinUCB, Li et al., WWW 2010, algorithm 2, in whose names:
 * own coefficients given the shared ones ~ N(A_a^-1 (b_a - B_a beta), v^2 A_a^-1), shared ones ~ N(beta, v^2 A_0^-1).
 * With u = A_a^-1 x and r = z - B_a' u, an arm's reward is u . b_a + r . beta + v sqrt(x . u) e, with e ~ N(0, 1):
 * so a request costs one small system an arm, and draws only touch what arms share.
 */
import { factorCholesky, solveCholesky } from "../matrix/cholesky.ts";
import { normal } from "../random/distributions.ts";
import { createRandom, type Random } from "../random/generator.ts";
import type { Beliefs, DrawPlan, Situation } from "./beliefs.ts";
import type { ArmSums } from "./linear-statistics.ts";
import { checkFeatures } from "./observation.ts";
import type { LinearPosterior } from "./posterior.ts";

/** What is known of one arm, ready to be asked. */
interface ArmSystem {
  /** Cholesky factor of A_a, context x context. */
  readonly factor: Float64Array;
  readonly sums: ArmSums;
}

/** Cholesky factor of A_0 and its solution. */
interface SharedSystem {
  readonly factor: Float64Array;
  readonly beta: Float64Array;
}

/** The reward of one arm in one situation is `mean + rest . (drawn beta - beta) + noise x alone x e`. */
interface Prediction {
  readonly mean: number;
  /** The r of the header. */
  readonly rest: Float64Array;
  /** sqrt(x . u): uncertainty of the arm's own coefficients, in units of the noise. */
  readonly alone: number;
}

/** Beliefs about rewards that depend on features. O(arms x size^3) to make. */
export function linearBeliefs(posterior: LinearPosterior, plan: DrawPlan): Beliefs {
  const { arms } = posterior;
  const systems = posterior.statistics.arms.map((sums) => armSystem(sums, posterior));
  const shared = sharedSystem(posterior, systems);
  const noise = noiseOf(posterior, systems, shared);
  let worlds: Worlds | undefined;
  const predict = (situation: Situation, open: Uint8Array): (Prediction | undefined)[] => {
    const context = checkFeatures(situation.context, posterior.contextSize, "context");
    return systems.map((system, arm) => {
      if (open[arm] === 0) return undefined;
      const attributes = situation.attributes?.[arms[arm]];
      const checked = checkFeatures(attributes, posterior.attributesSize, `attributes.${arms[arm]}`);
      return predictArm(system, shared, context, checked);
    });
  };
  return {
    means: (situation, open) => Float64Array.from(predict(situation, open), (prediction) => prediction?.mean ?? 0),
    bounds: (width, situation, open) =>
      Float64Array.from(predict(situation, open), (prediction) =>
        prediction ? prediction.mean + width * noise * uncertainty(prediction, shared) : 0,
      ),
    draws(situation, open) {
      worlds ??= drawWorlds(
        createRandom(plan.seed),
        plan.count,
        posterior.contextSize > 0 ? arms.length : 0,
        shared,
        noise,
      );
      return { rewards: rewardsIn(worlds, predict(situation, open)) };
    },
  };
}

function armSystem(sums: ArmSums, { contextSize, prior }: LinearPosterior): ArmSystem {
  const factor = ridge(sums.gram, contextSize, prior.precision);
  factorCholesky(factor, contextSize);
  return { factor, sums };
}

/** Takes what the arms' own coefficients explain out of the shared sums (lines 5 and 6 of the algorithm). */
function sharedSystem({ statistics, prior }: LinearPosterior, systems: readonly ArmSystem[]): SharedSystem {
  const size = statistics.moments.length;
  const factor = ridge(statistics.gram, size, prior.precision);
  const beta = Float64Array.from(statistics.moments);
  for (const { factor: own, sums } of systems) {
    for (let column = 0; column < size; column++) {
      const solved = Float64Array.from(sums.moments, (_, row) => sums.cross[row * size + column]);
      solveCholesky(own, solved.length, solved);
      for (let row = 0; row < solved.length; row++) {
        beta[column] -= solved[row] * sums.moments[row];
        for (let other = 0; other < size; other++) {
          factor[other * size + column] -= sums.cross[row * size + other] * solved[row];
        }
      }
    }
  }
  factorCholesky(factor, size);
  solveCholesky(factor, size, beta);
  return { factor, beta };
}

/**
 * Deviation of rewards from the line: what is left of their squares after the fit, pooled over arms, with the prior's
 * as so many observations (the normal-inverse-gamma posterior's).
 */
function noiseOf(
  { statistics, prior, tally }: LinearPosterior,
  systems: readonly ArmSystem[],
  shared: SharedSystem,
): number {
  let left = 0;
  let seen = 0;
  let sharedMoments = Float64Array.from(statistics.moments);
  const size = sharedMoments.length;
  for (const [arm, { factor, sums }] of systems.entries()) {
    const solved = Float64Array.from(sums.moments);
    solveCholesky(factor, solved.length, solved);
    left += tally.squares[arm] - dot(solved, sums.moments);
    seen += tally.exposure[arm];
    sharedMoments = sharedMoments.map((sum, column) => sum - columnDot(sums.cross, size, column, solved));
  }
  left -= dot(shared.beta, sharedMoments);
  const { deviation, deviationStrength } = prior;
  return Math.sqrt((deviationStrength * deviation ** 2 + Math.max(0, left)) / (deviationStrength + seen));
}

function predictArm(
  { factor, sums }: ArmSystem,
  { beta }: SharedSystem,
  context: ArrayLike<number>,
  attributes: ArrayLike<number>,
): Prediction {
  const solved = Float64Array.from(context);
  solveCholesky(factor, solved.length, solved);
  const size = beta.length;
  const rest = Float64Array.from(attributes, (value, column) => value - columnDot(sums.cross, size, column, solved));
  const alone = Math.sqrt(Math.max(0, dot(solved, context)));
  return { mean: dot(solved, sums.moments) + dot(rest, beta), rest, alone };
}

/** Standard deviation of a prediction, in units of the noise: the s of the algorithm's line 17. */
function uncertainty({ rest, alone }: Prediction, { factor }: SharedSystem): number {
  const solved = rest.slice();
  solveCholesky(factor, solved.length, solved);
  return Math.sqrt(alone ** 2 + Math.max(0, dot(solved, rest)));
}

/** Chance of one version, drawn once: draws x attributes and draws x arms, row after row. */
interface Worlds {
  readonly count: number;
  /** Drawn beta - beta. */
  readonly shared: Float64Array;
  /** Noise x e; empty when arms have no coefficients of their own. */
  readonly own: Float64Array;
}

function drawWorlds(
  random: Random,
  count: number,
  arms: number,
  { factor, beta }: SharedSystem,
  noise: number,
): Worlds {
  const size = beta.length;
  const shared = new Float64Array(count * size);
  for (let world = 0; world < count; world++) {
    const row = shared.subarray(world * size, (world + 1) * size);
    for (let i = 0; i < size; i++) row[i] = noise * normal(random);
    solveTransposed(factor, row);
  }
  const own = new Float64Array(count * arms);
  for (let cell = 0; cell < own.length; cell++) own[cell] = noise * normal(random);
  return { count, shared, own };
}

function rewardsIn({ count, shared, own }: Worlds, predictions: readonly (Prediction | undefined)[]): Float64Array {
  const arms = predictions.length;
  const rewards = new Float64Array(count * arms);
  for (const [arm, prediction] of predictions.entries()) {
    if (!prediction) continue;
    const { mean, rest, alone } = prediction;
    for (let world = 0; world < count; world++) {
      let reward = alone === 0 ? mean : mean + alone * own[world * arms + arm];
      const row = world * rest.length;
      for (let i = 0; i < rest.length; i++) reward += rest[i] * shared[row + i];
      rewards[world * arms + arm] = reward;
    }
  }
  return rewards;
}

/** Solves L' y = vector in place: standard normals become draws of covariance (L L')^-1. */
function solveTransposed(factor: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let row = size - 1; row >= 0; row--) {
    vector[row] /= factor[row * size + row];
    for (let k = 0; k < row; k++) vector[k] -= factor[row * size + k] * vector[row];
  }
}

function ridge(gram: readonly number[], size: number, precision: number): Float64Array {
  const matrix = Float64Array.from(gram);
  for (let i = 0; i < size; i++) matrix[i * size + i] += precision;
  return matrix;
}

function dot(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

/** One column of a matrix (row after row, `width` wide) times a vector. */
function columnDot(matrix: readonly number[], width: number, column: number, vector: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < vector.length; row++) sum += matrix[row * width + column] * vector[row];
  return sum;
}
