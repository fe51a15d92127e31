import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { categorical } from "../random/sampler.ts";
import { chiSquareUpperTail } from "../statistics/chi-square.ts";
import { betaBeliefs } from "./beliefs.ts";
import {
  createBetaPosterior,
  createPolicy,
  freeze,
  replayMarginals,
  update,
  type BetaPosterior,
  type Observation,
  type Policy,
  type Rule,
} from "./index.ts";

const now = Date.UTC(2026, 0, 1);
const arms = ["a", "b", "c", "d"];

/** Successes and failures by arm. */
function posteriorOf(counts: readonly (readonly [number, number])[]): BetaPosterior {
  const observations = counts.flatMap(([successes, failures], arm) =>
    Array.from({ length: successes + failures }, (_, i): Observation => ({
      arm: arms[arm],
      reward: Number(i < successes),
      at: now,
    })),
  );
  const posterior = update(createBetaPosterior(arms.slice(0, counts.length)), observations, now);
  if (posterior.kind !== "beta") throw new Error("A Beta posterior stays one.");
  return posterior;
}

function policyOf(rule: Rule, at = now): Policy {
  const counts = [
    [5, 20],
    [8, 20],
    [2, 12],
    [9, 30],
  ] as const;
  return createPolicy(freeze(posteriorOf(counts), rule, at));
}

/** Every slate of `length` places with its probability, by multiplying conditional propensities. */
function enumerate(policy: Policy, length: number): Map<string, number> {
  let slates: string[][] = [[]];
  for (let place = 0; place < length; place++) {
    slates = slates.flatMap((slate) => arms.filter((arm) => !slate.includes(arm)).map((arm) => [...slate, arm]));
  }
  return new Map(slates.map((slate) => [slate.join(), policy.propensities(slate).reduce((all, one) => all * one, 1)]));
}

describe("marginal chances", () => {
  it.each<Rule>([{ kind: "thompson" }, { kind: "top-two" }, { kind: "ucb1" }])(
    "by replay of $kind agree with every order of arms counted out",
    (rule) => {
      const policy = policyOf(rule);
      const slates = enumerate(policy, 3);
      expect(Array.from(slates.values()).reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
      const { byPlace, anywhere, errors } = replayMarginals(policy, 3, { replays: 2000 });
      for (const [arm, name] of arms.entries()) {
        const shareOf = (holds: (slate: string[]) => boolean): number =>
          Array.from(slates).reduce((sum, [slate, chance]) => sum + (holds(slate.split(",")) ? chance : 0), 0);
        expect(Math.abs(anywhere[arm] - shareOf((slate) => slate.includes(name)))).toBeLessThan(5 * errors[arm] + 1e-9);
        for (const [place, chances] of byPlace.entries()) {
          expect(chances[arm]).toBeCloseTo(
            shareOf((slate) => slate[place] === name),
            1,
          );
        }
      }
      expect(Array.from(byPlace[0])).toEqual(Array.from(policy.probabilities(), (chance) => expect.closeTo(chance, 9)));
    },
  );

  it("agree with how often slates were shown", () => {
    const policy = policyOf({ kind: "thompson" });
    const random = createRandom("shown");
    const counts = new Map<string, number>();
    const draws = 5000;
    for (let draw = 0; draw < draws; draw++) {
      const slate = policy
        .chooseSlate(random, 2)
        .map(({ arm }) => arm)
        .join();
      counts.set(slate, (counts.get(slate) ?? 0) + 1);
    }
    let statistic = 0;
    const slates = enumerate(policy, 2);
    for (const [slate, chance] of slates)
      statistic += ((counts.get(slate) ?? 0) - draws * chance) ** 2 / (draws * chance);
    expect(chiSquareUpperTail(statistic, slates.size - 1)).toBeGreaterThan(1e-4);
  });

  it("are certain for a slate that takes all arms", () => {
    const { byPlace, anywhere } = replayMarginals(policyOf({ kind: "thompson" }), 10, { replays: 50 });
    expect(byPlace).toHaveLength(4);
    expect(Array.from(anywhere)).toEqual(arms.map(() => expect.closeTo(1, 9)));
  });

  it("need at least one replay", () => {
    expect(() => replayMarginals(policyOf({ kind: "thompson" }), 2, { replays: 0 })).toThrow(InvalidOption);
  });
});

describe("Thompson sampling over its versions", () => {
  it("shows an arm as often as it is the better one in the posterior", () => {
    // Miller, "Formulas for Bayesian A/B testing", 2014, equation 6.
    const exact = probabilityThatSecondIsBetter(4, 17, 7, 14);
    const posterior = posteriorOf([
      [3, 16],
      [6, 13],
    ]);
    const versions = 60;
    const draws = 500;
    let sum = 0;
    for (let version = 0; version < versions; version++) {
      const frozen = freeze(posterior, { kind: "thompson", floor: 0, draws }, now + version * 60_000);
      sum += createPolicy(frozen).probabilities()[1];
    }
    const error = Math.sqrt((exact * (1 - exact)) / (versions * draws));
    expect(Math.abs(sum / versions - exact)).toBeLessThan(4 * error);
  });
});

describe("top-two sampling", () => {
  it("shows arms as often as drawing until another arm is best does", () => {
    const frozen = freeze(
      posteriorOf([
        [5, 20],
        [8, 20],
        [2, 12],
        [9, 30],
      ]),
      { kind: "top-two", floor: 0, leader: 0.6 },
      now,
    );
    if (frozen.posterior.kind !== "beta" || frozen.rule.kind !== "top-two") throw new Error("Frozen as it was.");
    const chances = createPolicy(frozen).probabilities();
    const { draws: count } = frozen.rule;
    const { leaders = [] } = betaBeliefs(frozen.posterior, { count, seed: frozen.version }).draws(
      {},
      new Uint8Array(4),
    );
    const random = createRandom("resampling");
    const counts = new Float64Array(4);
    const tries = 20_000;
    for (let i = 0; i < tries; i++) {
      const first = leaders[random.integer(count)];
      let shown = first;
      if (random.next() >= 0.6) while (shown === first) shown = leaders[random.integer(count)];
      counts[shown]++;
    }
    const statistic = chances.reduce(
      (sum, chance, arm) => sum + (counts[arm] - tries * chance) ** 2 / (tries * chance),
      0,
    );
    expect(chiSquareUpperTail(statistic, 3)).toBeGreaterThan(1e-4);
  });

  it("challenges an arm that is best for certain with the second best", () => {
    const policy = createPolicy(
      freeze(
        posteriorOf([
          [400, 1],
          [1, 40],
          [30, 40],
        ]),
        { kind: "top-two", floor: 0 },
        now,
      ),
    );
    expect(Array.from(policy.probabilities())).toEqual([0.5, 0, 0.5]);
    expect(policy.chooseSlate(createRandom("all"), 3)).toHaveLength(3);
  });

  it("looks at the runner-up more than Thompson sampling does, to be sure sooner", () => {
    const rates = [0.5, 0.44, 0.1, 0.1];
    const runnerUpSeen = (rule: Rule): number => {
      let posterior = posteriorOf([
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ]);
      const random = createRandom("two arms");
      for (let round = 0; round < 40; round++) {
        const chances = createPolicy(freeze(posterior, rule, now + round * 60_000)).probabilities();
        const observations = Array.from({ length: 50 }, (): Observation => {
          const arm = categorical(random, chances);
          return { arm: arms[arm], reward: Number(random.next() < rates[arm]), at: now };
        });
        const next = update(posterior, observations, now + round * 60_000);
        if (next.kind === "beta") posterior = next;
      }
      return Math.min(posterior.tally.exposure[0], posterior.tally.exposure[1]);
    };
    expect(runnerUpSeen({ kind: "top-two" })).toBeGreaterThan(2 * runnerUpSeen({ kind: "thompson" }));
  });
});

/** Miller's equation 6, factorials by logarithms of running products. */
function probabilityThatSecondIsBetter(a: number, b: number, c: number, d: number): number {
  const logFactorial = (n: number): number =>
    Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((x, y) => x + y, 0);
  const logBeta = (x: number, y: number): number => logFactorial(x - 1) + logFactorial(y - 1) - logFactorial(x + y - 1);
  let sum = 0;
  for (let i = 0; i < c; i++) {
    sum += Math.exp(logBeta(a + i, b + d) - Math.log(d + i) - logBeta(1 + i, d) - logBeta(a, b));
  }
  return sum;
}
