/** What a rule asks of a frozen posterior, whatever its kind; and the answer for arms that are looked at alone. */
import { beta, normal } from "../random/distributions.ts";
import { createRandom, type Random } from "../random/generator.ts";
import type { BetaPosterior, GaussianPosterior } from "./posterior.ts";
import { spreadOf, type Tally } from "./tally.ts";

/** What a choice may depend on. */
export interface Situation {
  /** The arms that may be shown now. Left out: all. */
  readonly eligible?: readonly string[];
  /** Linear posteriors: numbers that describe shopper and moment. */
  readonly context?: ArrayLike<number>;
  /** Linear posteriors: numbers that describe each eligible arm, by its name. */
  readonly attributes?: Readonly<Record<string, ArrayLike<number>>>;
}

/** Figures by arm; those of arms that are not open (0) mean nothing. */
export interface Beliefs {
  /** Expected rewards. */
  means(situation: Situation, open: Uint8Array): Float64Array;
  /** Optimistic rewards; `scale` is the rule's range or width. */
  bounds(scale: number, situation: Situation, open: Uint8Array): Float64Array;
  /** Worlds drawn from the posterior, the same at every call. */
  draws(situation: Situation, open: Uint8Array): Draws;
}

/** What arms earn in worlds that the posterior holds possible. */
export interface Draws {
  /** arms x draws, arm after arm. */
  readonly rewards: Float64Array;
  /** The best of all arms in each draw, where it was known beforehand: no situation changes it. */
  readonly leaders?: Uint32Array;
}

/** How a posterior is drawn from. */
export interface DrawPlan {
  readonly count: number;
  readonly seed: string;
}

/** Beliefs about rates. */
export function betaBeliefs({ prior, tally }: BetaPosterior, plan: DrawPlan): Beliefs {
  const alphas = tally.rewards.map((sum) => prior.alpha + sum);
  // A partly looked-at success counts as one success in less than one trial: failures may not fall below zero.
  const betas = tally.rewards.map((sum, arm) => prior.beta + Math.max(0, tally.exposure[arm] - sum));
  const means = Float64Array.from(alphas, (alpha, arm) => alpha / (alpha + betas[arm]));
  return armBeliefs(tally, means, plan, (random, arm) => beta(random, alphas[arm], betas[arm]));
}

/** Beliefs about means, their noise pooled over arms. */
export function gaussianBeliefs({ prior, tally }: GaussianPosterior, plan: DrawPlan): Beliefs {
  const { sum, freedom } = spreadOf(tally);
  const { strength, deviation, deviationStrength } = prior;
  const noise = Math.sqrt((deviationStrength * deviation ** 2 + sum) / (deviationStrength + freedom));
  const weights = tally.exposure.map((exposure) => strength + exposure);
  const means = Float64Array.from(weights, (weight, arm) => (strength * prior.mean + tally.rewards[arm]) / weight);
  return armBeliefs(
    tally,
    means,
    plan,
    (random, arm) => means[arm] + (noise / Math.sqrt(weights[arm])) * normal(random),
  );
}

type DrawArm = (random: Random, arm: number) => number;

/** Figures that no situation changes are made once, when first asked for. */
function armBeliefs(tally: Tally, means: Float64Array, { count, seed }: DrawPlan, drawArm: DrawArm): Beliefs {
  let draws: Draws | undefined;
  return {
    means: () => means,
    bounds: (range) => upperBounds(tally, range),
    draws: () => (draws ??= drawArms(createRandom(seed), count, means.length, drawArm)),
  };
}

function drawArms(random: Random, count: number, arms: number, drawArm: DrawArm): Required<Draws> {
  const rewards = new Float64Array(arms * count);
  for (let cell = 0; cell < rewards.length; cell++) rewards[cell] = drawArm(random, Math.floor(cell / count));
  return { rewards, leaders: leadersOf(rewards, new Uint8Array(arms).fill(1)) };
}

/** The open arm with the largest reward in each draw, the first of equal ones. At least one arm is open. */
export function leadersOf(rewards: Float64Array, open: Uint8Array): Uint32Array {
  const count = rewards.length / open.length;
  const leaders = new Uint32Array(count);
  const best = new Float64Array(count).fill(-Infinity);
  for (let arm = 0; arm < open.length; arm++) {
    if (open[arm] === 0) continue;
    for (let draw = 0, cell = arm * count; draw < count; draw++, cell++) {
      if (rewards[cell] <= best[draw]) continue;
      best[draw] = rewards[cell];
      leaders[draw] = arm;
    }
  }
  return leaders;
}

/**
 * Auer et al. 2002, figure 1. An arm that nobody saw comes before all others; where less than one showing is left of all
 * together, the rest of what was seen has faded and nothing is known of any of them.
 */
function upperBounds({ exposure, rewards }: Tally, range: number): Float64Array {
  const all = exposure.reduce((sum, seen) => sum + seen, 0);
  if (all < 1) return new Float64Array(exposure.length).fill(Infinity);
  const width = range * Math.sqrt(2 * Math.log(all));
  return Float64Array.from(exposure, (seen, arm) =>
    seen > 0 ? rewards[arm] / seen + width / Math.sqrt(seen) : Infinity,
  );
}
