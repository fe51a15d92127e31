import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { chiSquareUpperTail } from "../statistics/chi-square.ts";
import {
  createBetaPosterior,
  createGaussianPosterior,
  createLinearPosterior,
  createPolicy,
  fade,
  freeze,
  update,
  type Observation,
  type Policy,
  type Posterior,
  type Rule,
  type Situation,
} from "./index.ts";

const noon = Date.UTC(2026, 5, 1, 12);
const arms = ["bestsellers", "similar", "new", "bundle"];

/** `views` looks at an arm, of which `clicks` were rewarded. */
function seen(arm: string, views: number, clicks: number): Observation[] {
  return Array.from({ length: views }, (_, i) => ({ arm, reward: Number(i < clicks), at: noon }));
}

const history = [
  ...seen("bestsellers", 40, 8),
  ...seen("similar", 30, 7),
  ...seen("new", 5, 1),
  ...seen("bundle", 20, 2),
];

const alone: readonly Posterior[] = [
  update(createBetaPosterior(arms), history, noon),
  update(createGaussianPosterior(arms, { prior: { mean: 0.2, deviation: 0.4 } }), history, noon),
];
const linear = update(
  createLinearPosterior(arms, { contextSize: 2, attributesSize: 2 }),
  history.map((one, i) => ({ ...one, context: [1, i % 3], attributes: [one.arm.length / 10, (i % 2) - 0.5] })),
  noon,
);
const situation: Situation = {
  context: [1, 0.5],
  attributes: { bestsellers: [1, 0], similar: [0, 1], new: [0.4, 0.4], bundle: [0.5, 1] },
};

const draws = 300;
const rulesForAll: readonly Rule[] = [
  { kind: "thompson", draws },
  { kind: "top-two", draws },
  { kind: "epsilon-greedy" },
];
const cases: readonly (readonly [name: string, Policy, Situation])[] = [
  ...alone.flatMap((posterior) =>
    [...rulesForAll, { kind: "ucb1", floor: 0.06 } as const].map((rule) => caseOf(posterior, rule, {})),
  ),
  ...[...rulesForAll, { kind: "lin-ucb", floor: 0.06 } as const].map((rule) => caseOf(linear, rule, situation)),
];

function caseOf(posterior: Posterior, rule: Rule, at: Situation): readonly [string, Policy, Situation] {
  return [`${rule.kind} on a ${posterior.kind} posterior`, createPolicy(freeze(posterior, rule, noon)), at];
}

/** Chance of counts at least this far from `chances`; arms without a chance must have none. */
function fitOf(counts: Float64Array, chances: Float64Array): number {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let possible = 0;
  for (const [arm, chance] of chances.entries()) {
    if (chance === 0) expect(counts[arm]).toBe(0);
    else {
      statistic += (counts[arm] - draws * chance) ** 2 / (draws * chance);
      possible++;
    }
  }
  return possible < 2 ? 1 : chiSquareUpperTail(statistic, possible - 1);
}

describe.each(cases)("%s", (_, policy, at) => {
  it("shows each arm as often as the propensity it logs says", () => {
    const random = createRandom("choices");
    const counts = new Float64Array(arms.length);
    const chances = policy.probabilities(at);
    for (let draw = 0; draw < 2000; draw++) {
      const { arm, propensity } = policy.choose(random, at);
      counts[arms.indexOf(arm)]++;
      expect(propensity).toBe(chances[arms.indexOf(arm)]);
    }
    expect(fitOf(counts, chances)).toBeGreaterThan(1e-4);
  });

  it("shows each arm in the second place as often as the conditional propensity says", () => {
    const random = createRandom("slates");
    const counts = new Map<string, Float64Array>();
    for (let draw = 0; draw < 2000; draw++) {
      const [first, second] = policy.chooseSlate(random, 2, at);
      const row = counts.get(first.arm) ?? new Float64Array(arms.length);
      row[arms.indexOf(second.arm)]++;
      counts.set(first.arm, row);
    }
    for (const [first, row] of counts) {
      const chances = arms.map((arm) => (arm === first ? 0 : policy.propensities([first, arm], at)[1]));
      expect(fitOf(row, Float64Array.from(chances))).toBeGreaterThan(1e-5);
    }
  });

  it("gives chances that sum to 1 among the eligible, and none to the others", () => {
    fc.assert(
      fc.property(fc.subarray(arms, { minLength: 1 }), (eligible) => {
        const chances = policy.probabilities({ ...at, eligible });
        expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
        for (const [arm, chance] of chances.entries()) {
          if (eligible.includes(arms[arm])) expect(chance).toBeGreaterThan(0);
          else expect(chance).toBe(0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("fills a slate with every eligible arm once, and can say its propensities again", () => {
    const eligible = ["similar", "new", "bundle"];
    const slate = policy.chooseSlate(createRandom("slate"), 9, { ...at, eligible });
    expect(slate.map(({ arm }) => arm).sort()).toEqual(eligible.toSorted());
    const again = policy.propensities(
      slate.map(({ arm }) => arm),
      { ...at, eligible },
    );
    expect(again).toEqual(slate.map(({ propensity }) => propensity));
    expect(again.at(-1)).toBeCloseTo(1, 12);
  });
});

describe("a policy", () => {
  const posterior = alone[0];

  it("is the same on every replica that was sent its frozen version", () => {
    const frozen = freeze(posterior, { kind: "thompson" }, noon);
    const sent: typeof frozen = JSON.parse(JSON.stringify(frozen));
    expect(createPolicy(sent).probabilities()).toEqual(createPolicy(frozen).probabilities());
  });

  it("keeps its version for a minute and draws anew in the next", () => {
    const rule: Rule = { kind: "thompson" };
    const first = freeze(posterior, rule, noon + 1);
    expect(freeze(posterior, rule, noon + 59_999)).toEqual(first);
    const second = freeze(posterior, rule, noon + 60_000);
    expect(second.version).not.toBe(first.version);
    expect(createPolicy(second).probabilities()).not.toEqual(createPolicy(first).probabilities());
  });

  it("is refused when somebody altered it on its way", () => {
    const frozen = freeze(posterior, { kind: "thompson" }, noon);
    const tampered = { ...frozen, posterior: { ...frozen.posterior, at: 0 } };
    expect(() => createPolicy(tampered)).toThrow(expect.objectContaining({ path: "posterior.version" }));
    expect(() => createPolicy({ ...frozen, frozenAt: 0 })).toThrow(expect.objectContaining({ path: "version" }));
  });

  it("leaves every arm its floor, and takes floors from the rest in proportion", () => {
    const bare = createPolicy(freeze(posterior, { kind: "ucb1", floor: 0 }, noon)).probabilities();
    const floored = createPolicy(freeze(posterior, { kind: "ucb1", floor: 0.02 }, noon)).probabilities();
    expect(Array.from(floored)).toEqual(Array.from(bare, (chance) => expect.closeTo(0.02 + 0.92 * chance, 12)));
  });

  it("never spends more than a tenth of all showings on floors, unless told to", () => {
    const many = createBetaPosterior(Array.from({ length: 200 }, (_, i) => `arm ${i}`));
    const { rule } = freeze(many, { kind: "thompson" }, noon);
    expect(rule).toMatchObject({ floor: 0.1 / 200 });
  });

  it.each<[string, () => unknown, string]>([
    ["no arms", () => createBetaPosterior([]), "arms"],
    ["an arm named twice", () => createBetaPosterior(["a", "a"]), "arms[1]"],
    [
      "nobody eligible",
      () => createPolicy(freeze(posterior, { kind: "thompson" }, noon)).probabilities({ eligible: [] }),
      "eligible",
    ],
    ["an unknown arm eligible", () => cases[0][1].probabilities({ eligible: ["new", "sun hats"] }), "eligible[1]"],
    ["an arm twice in a slate", () => cases[0][1].propensities(["new", "new"]), "slate[1]"],
    ["floors over 1", () => freeze(posterior, { kind: "thompson", floor: 0.3 }, noon), "rule.floor"],
    ["half a draw", () => freeze(posterior, { kind: "thompson", draws: 0.5 }, noon), "rule.draws"],
    ["a leader never shown", () => freeze(posterior, { kind: "top-two", leader: 0 }, noon), "rule.leader"],
    ["an epsilon over 1", () => freeze(posterior, { kind: "epsilon-greedy", epsilon: 2 }, noon), "rule.epsilon"],
    ["LinUCB without features", () => freeze(posterior, { kind: "lin-ucb" }, noon), "rule.kind"],
    ["UCB1 with features", () => freeze(linear, { kind: "ucb1" }, noon), "rule.kind"],
    ["no context", () => createPolicy(freeze(linear, { kind: "thompson" }, noon)).probabilities(), "context"],
    [
      "attributes of the wrong size",
      () =>
        createPolicy(freeze(linear, { kind: "thompson" }, noon)).probabilities({
          context: [1, 1],
          attributes: { ...situation.attributes, new: [1] },
        }),
      "attributes.new",
    ],
    [
      "a context that is no number",
      () =>
        createPolicy(freeze(linear, { kind: "lin-ucb" }, noon)).probabilities({
          ...situation,
          context: [1, Number.NaN],
        }),
      "context[1]",
    ],
  ])("says where the mistake is when there is %s", (_, act, path) => {
    expect(act).toThrow(InvalidInput);
    expect(act).toThrow(expect.objectContaining({ path }));
  });
});

it("UCB looks at all arms alike once everything it knew has faded", () => {
  const day = 86_400_000;
  const learnt = update(
    createBetaPosterior(arms, { retention: 0.5 }),
    arms.flatMap((arm, index) => seen(arm, 100, 10 * index)),
    noon,
  );
  const chancesAfter = (days: number) =>
    createPolicy(
      freeze(fade(learnt, noon + days * day), { kind: "ucb1", floor: 0 }, noon + days * day),
    ).probabilities();
  expect(Math.max(...chancesAfter(1))).toBe(1);
  expect(Array.from(chancesAfter(30))).toEqual(arms.map(() => 1 / arms.length));
});
