/**
 * Beliefs of a linear posterior: Thompson sampling as in Agrawal and Goyal, "Thompson sampling for contextual bandits
 * with linear payoffs", ICML 2013, and the bounds of LinUCB, Li et al., WWW 2010, algorithm 2, in whose names:
 * own coefficients given the shared ones ~ N(A_a^-1 (b_a - B_a beta), v^2 A_a^-1), shared ones ~ N(beta, v^2 A_0^-1).
 * With u = A_a^-1 x and r = z - B_a' u, an arm's reward is u . b_a + r . beta + v sqrt(x . u) e, with e ~ N(0, 1):
 * so a request costs one small system an arm, and draws only touch what arms share.
 */
import { factorCholesky, solveCholesky, solveTransposed } from "../matrix/cholesky.ts";
import { normal } from "../random/distributions.ts";
import { createRandom, type Random } from "../random/generator.ts";
import { columnDot, dot, ridge, solveArm, type ArmSolution, type ArmSums } from "./arm-solution.ts";
import type { Beliefs, DrawPlan, Situation } from "./beliefs.ts";
import { checkFeatures } from "./observation.ts";
import type { LinearPosterior } from "./posterior.ts";

/** What is known of one arm, ready to be asked. */
interface ArmSystem {
  readonly sums: ArmSums;
  readonly own: ArmSolution;
}

/** The coefficients that arms share. */
interface SharedSystem {
  /** Cholesky factor of A_0. */
  readonly factor: Float64Array;
  readonly beta: Float64Array;
  /** Deviation of rewards from the line: v. */
  readonly noise: number;
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
  const systems = posterior.statistics.arms.map((sums) => ({
    sums,
    own: solveArm(sums, posterior.prior.precision, posterior.attributesSize),
  }));
  const shared = solveShared(
    posterior,
    systems.map(({ own }) => own),
  );
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
        prediction ? prediction.mean + width * shared.noise * uncertainty(prediction, shared) : 0,
      ),
    draws(situation, open) {
      worlds ??= drawWorlds(createRandom(plan.seed), plan.count, posterior.contextSize > 0 ? arms.length : 0, shared);
      return { rewards: rewardsIn(worlds, predict(situation, open)) };
    },
  };
}

/**
 * Solves for what arms share in what their own coefficients leave over. So does the noise: it is what is left of the
 * squares of rewards after both, with the prior's as so many observations (as in the normal-inverse-gamma posterior).
 */
function solveShared({ statistics, prior }: LinearPosterior, arms: readonly ArmSolution[]): SharedSystem {
  const size = statistics.moments.length;
  const factor = ridge(statistics.gram, size, prior.precision);
  const moments = Float64Array.from(statistics.moments);
  let left = statistics.squares;
  for (const own of arms) {
    for (let i = 0; i < factor.length; i++) factor[i] -= own.gram[i];
    for (let i = 0; i < size; i++) moments[i] -= own.moments[i];
    left -= own.squares;
  }
  factorCholesky(factor, size);
  const beta = moments.slice();
  solveCholesky(factor, size, beta);
  left -= dot(beta, moments);
  const { deviation, deviationStrength } = prior;
  const squares = deviationStrength * deviation ** 2 + Math.max(0, left);
  return { factor, beta, noise: Math.sqrt(squares / (deviationStrength + statistics.exposure)) };
}

function predictArm(
  { sums, own }: ArmSystem,
  { beta }: SharedSystem,
  context: ArrayLike<number>,
  attributes: ArrayLike<number>,
): Prediction {
  const solved = Float64Array.from(context);
  solveCholesky(own.factor, solved.length, solved);
  const size = beta.length;
  const rest = Float64Array.from(attributes, (value, column) => value - columnDot(sums.cross, size, column, solved));
  const alone = Math.sqrt(Math.max(0, dot(solved, context)));
  return { mean: dot(solved, sums.moments) + dot(rest, beta), rest, alone };
}

/** Standard deviation of a prediction, in units of the noise: the s of the algorithm. */
function uncertainty({ rest, alone }: Prediction, { factor }: SharedSystem): number {
  const solved = rest.slice();
  solveCholesky(factor, solved.length, solved);
  return Math.sqrt(alone ** 2 + Math.max(0, dot(solved, rest)));
}

/** Chance of one version, drawn once; both row after row, so that the draws of one row lie side by side. */
interface Worlds {
  readonly count: number;
  /** Drawn beta - beta: attributes x draws. */
  readonly shared: Float64Array;
  /** Noise x e: arms x draws; empty when arms have no coefficients of their own. */
  readonly own: Float64Array;
}

function drawWorlds(random: Random, count: number, arms: number, { factor, beta, noise }: SharedSystem): Worlds {
  const size = beta.length;
  const shared = new Float64Array(size * count);
  const drawn = new Float64Array(size);
  for (let world = 0; world < count; world++) {
    for (let i = 0; i < size; i++) drawn[i] = noise * normal(random);
    solveTransposed(factor, size, drawn);
    for (let i = 0; i < size; i++) shared[i * count + world] = drawn[i];
  }
  const own = new Float64Array(arms * count);
  for (let cell = 0; cell < own.length; cell++) own[cell] = noise * normal(random);
  return { count, shared, own };
}

function rewardsIn({ count, shared, own }: Worlds, predictions: readonly (Prediction | undefined)[]): Float64Array {
  const rewards = new Float64Array(predictions.length * count);
  for (const [arm, prediction] of predictions.entries()) {
    if (!prediction) continue;
    const row = rewards.subarray(arm * count, (arm + 1) * count).fill(prediction.mean);
    if (prediction.alone > 0) addRow(row, own, arm, prediction.alone);
    for (let i = 0; i < prediction.rest.length; i++) addRow(row, shared, i, prediction.rest[i]);
  }
  return rewards;
}

/** Adds a multiple of one row of a matrix whose rows are as long as `sums`. */
function addRow(sums: Float64Array, matrix: Float64Array, row: number, factor: number): void {
  const from = row * sums.length;
  for (let i = 0; i < sums.length; i++) sums[i] += factor * matrix[from + i];
}
