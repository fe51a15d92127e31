/** Policies at work in seeded shops: what each loses against always showing the best arm. */
import { describe, expect, it } from "vitest";
import { normal } from "../random/distributions.ts";
import { createRandom, type Random } from "../random/generator.ts";
import { categorical } from "../random/sampler.ts";
import {
  createBetaPosterior,
  createGaussianPosterior,
  createLinearPosterior,
  createPolicy,
  freeze,
  update,
  type Observation,
  type Posterior,
  type Rule,
} from "./index.ts";

const minute = 60_000;

/** A shop with known answers. */
interface Shop {
  readonly arms: readonly string[];
  /** What comes with a shopper; undefined in a shop where all are alike. */
  readonly contextOf?: (random: Random) => number[];
  /** Expected reward. */
  readonly valueOf: (arm: number, context: readonly number[], round: number) => number;
  readonly rewardOf: (value: number, random: Random) => number;
}

interface Play {
  readonly shop: Shop;
  readonly prior: Posterior;
  readonly rule: Rule;
  readonly batches: number;
  /** Shoppers between two frozen versions. */
  readonly batch?: number;
  /** Time between them. */
  readonly pause?: number;
  readonly seed: string;
}

/** Expected regret of each batch: chances times what each arm falls short of the best. */
function play({ shop, prior, rule, batches, batch = 100, pause = minute, seed }: Play): number[] {
  const random = createRandom(seed);
  const regrets: number[] = [];
  let posterior = prior;
  for (let round = 0; round < batches; round++) {
    const now = (round + 1) * pause;
    const policy = createPolicy(freeze(posterior, rule, now));
    const observations: Observation[] = [];
    let regret = 0;
    const sameForAll = shop.contextOf ? undefined : policy.probabilities();
    for (let visit = 0; visit < batch; visit++) {
      const context = shop.contextOf?.(random) ?? [];
      const values = shop.arms.map((_, arm) => shop.valueOf(arm, context, round));
      const chances = sameForAll ?? policy.probabilities({ context });
      const best = Math.max(...values);
      regret += values.reduce((sum, value, arm) => sum + chances[arm] * (best - value), 0);
      const arm = categorical(random, chances);
      observations.push({ arm: shop.arms[arm], reward: shop.rewardOf(values[arm], random), at: now, context });
    }
    posterior = update(posterior, observations, now);
    regrets.push(regret);
  }
  return regrets;
}

/** The same over seeds, averaged. */
function playAll(plan: Omit<Play, "seed">, seeds = 4): number[] {
  const plays = Array.from({ length: seeds }, (_, seed) => play({ ...plan, seed: `shop ${seed}` }));
  return plays[0].map((_, round) => plays.reduce((sum, regrets) => sum + regrets[round], 0) / seeds);
}

function sumOf(values: readonly number[], from = 0, to = values.length): number {
  return values.slice(from, to).reduce((sum, value) => sum + value, 0);
}

const arms = ["a", "b", "c", "d", "e"];
const rates = [0.1, 0.14, 0.12, 0.3, 0.16];
const clicks: Shop = {
  arms,
  valueOf: (arm) => rates[arm],
  rewardOf: (value, random) => Number(random.next() < value),
};
const spending: Shop = {
  arms,
  valueOf: (arm) => 1000 * rates[arm],
  rewardOf: (value, random) => value + 200 * normal(random),
};
/** Each arm is right for some shoppers: coefficients by arm for a constant and two features. */
const coefficients = [
  [0.5, 0.6, 0],
  [0.5, -0.6, 0],
  [0.5, 0, 0.6],
  [0.5, 0, -0.6],
];
const tastes: Shop = {
  arms: arms.slice(0, 4),
  contextOf: (random) => [1, normal(random), normal(random)],
  valueOf: (arm, context) => coefficients[arm].reduce((sum, weight, i) => sum + weight * context[i], 0),
  rewardOf: (value, random) => value + 0.5 * normal(random),
};

const beta = createBetaPosterior(arms);
const gaussian = createGaussianPosterior(arms, { prior: { mean: 150, deviation: 200 } });
const linear = createLinearPosterior(tastes.arms, { contextSize: 3 });
const draws = 100;

const plans: readonly (readonly [string, Omit<Play, "seed">])[] = [
  ["Beta Thompson sampling", { shop: clicks, prior: beta, rule: { kind: "thompson", floor: 0, draws }, batches: 120 }],
  [
    "Gaussian Thompson sampling",
    { shop: spending, prior: gaussian, rule: { kind: "thompson", floor: 0, draws }, batches: 120 },
  ],
  ["UCB1 on clicks", { shop: clicks, prior: beta, rule: { kind: "ucb1", floor: 0 }, batches: 400 }],
  ["UCB1 on revenue", { shop: spending, prior: gaussian, rule: { kind: "ucb1", floor: 0, range: 800 }, batches: 400 }],
  [
    "linear Thompson sampling",
    { shop: tastes, prior: linear, rule: { kind: "thompson", floor: 0, draws }, batches: 80, batch: 20 },
  ],
  ["LinUCB", { shop: tastes, prior: linear, rule: { kind: "lin-ucb", floor: 0 }, batches: 80, batch: 20 }],
];

describe("regret", () => {
  it.each(plans)("of %s grows ever slower and stays far below epsilon-greedy's and chance's", (_, plan) => {
    const own = playAll(plan);
    const greedy = playAll({ ...plan, rule: { kind: "epsilon-greedy" } });
    const uniform = playAll({ ...plan, rule: { kind: "epsilon-greedy", epsilon: 1 } }, 1);
    const half = plan.batches / 2;
    expect(sumOf(own, half)).toBeLessThan(sumOf(own, 0, half) / 3);
    expect(sumOf(own, half)).toBeLessThan(sumOf(greedy, half) / 3);
    // UCB1 tries long before it is sure: over the whole time it is the closest of all to epsilon-greedy, at .79 of it.
    expect(sumOf(own)).toBeLessThan(sumOf(greedy) * 0.9);
    expect(sumOf(own)).toBeLessThan(sumOf(uniform) * 0.15);
  });
});

describe("when taste turns", () => {
  const day = 86_400_000;
  const half = 60;
  /** The best arm becomes the worst, the worst the best. */
  const turning: Shop = {
    ...clicks,
    valueOf: (arm, _, round) => rates.toSorted((a, b) => a - b)[round < half ? arm : arms.length - 1 - arm],
  };
  const rule: Rule = { kind: "thompson", draws };
  const plan = { shop: turning, rule, batches: 2 * half, batch: 200, pause: day };

  it("a policy that forgets finds the new best arm soon, one that does not keeps to the old", () => {
    const forgetful = playAll({ ...plan, prior: createBetaPosterior(arms, { retention: 0.9 }) });
    const faithful = playAll({ ...plan, prior: beta });
    const recovered = half + 30;
    expect(sumOf(forgetful, recovered)).toBeLessThan(sumOf(faithful, recovered) / 3);
    // As good as before the turn, once it has recovered.
    expect(sumOf(forgetful, recovered)).toBeLessThan(sumOf(forgetful, half - 30, half) * 1.5);
  });
});

describe("the default floor", () => {
  it("costs what it says and no more", () => {
    const plan: Omit<Play, "seed"> = { shop: clicks, prior: beta, rule: { kind: "thompson", draws }, batches: 120 };
    const floored = playAll(plan);
    const bare = playAll({ ...plan, rule: { kind: "thompson", draws, floor: 0 } });
    const gaps = rates.reduce((sum, rate) => sum + Math.max(...rates) - rate, 0);
    const cost = 0.01 * gaps * 100 * 60;
    expect(sumOf(floored, 60)).toBeLessThan(sumOf(bare, 60) + cost * 1.1);
    expect(sumOf(floored, 60)).toBeGreaterThan(cost * 0.9);
  });
});
