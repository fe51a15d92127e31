import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../../errors.ts";
import { createRandom } from "../../random/index.ts";
import { crossFit } from "./cross-fitting.ts";
import { uniformPolicy, type DecisionLog, type TargetPolicy } from "./decision-log.ts";
import { evaluateOffPolicy, type OffPolicyOptions } from "./evaluate-off-policy.ts";
import { learnRewardMeans } from "./reward-means.ts";
import { learnRewardRegression } from "./reward-regression.ts";
import { createSyntheticLog, createSyntheticSource, trueValue } from "./synthetic-log.ts";

const log = createSyntheticLog(2000, { seed: "report", actions: 6, contextWidth: 3, inverseTemperature: 1 });
const evaluate = (
  change: Partial<DecisionLog> = {},
  options: Partial<OffPolicyOptions> = {},
  policy: TargetPolicy = uniformPolicy,
) => evaluateOffPolicy({ ...log, ...change }, policy, { random: createRandom("report"), resamples: 200, ...options });

describe("the report on a policy", () => {
  it("is the same for the same seed, and plain data", async () => {
    const report = await evaluate();
    expect(await evaluate()).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it("covers the truth as often as its intervals promise", async () => {
    const source = createSyntheticSource({ seed: "coverage", actions: 4, contextWidth: 2, inverseTemperature: 3 });
    let [ips, dr] = [0, 0];
    for (let sample = 0; sample < 100; sample++) {
      const some = source.draw(300);
      const truth = trueValue(some, new Float64Array(1200).fill(1 / 4));
      const options = { random: createRandom(sample), resamples: 200, rewardModel: learnRewardMeans };
      const { estimates } = await evaluateOffPolicy(some, uniformPolicy, options);
      if (estimates.ips.lower <= truth && truth <= estimates.ips.upper) ips++;
      if (estimates.dr.lower <= truth && truth <= estimates.dr.upper) dr++;
    }
    // Three standard errors below 95 of 100.
    expect(ips).toBeGreaterThanOrEqual(89);
    expect(dr).toBeGreaterThanOrEqual(89);
  });

  it("says so when the policy is better, worse, or what ran", async () => {
    expect((await evaluate({}, {}, choosing(largest))).verdict).toMatchObject({
      kind: "conclusive",
      finding: "better",
    });
    expect((await evaluate({}, {}, choosing(smallest))).verdict).toMatchObject({
      kind: "conclusive",
      finding: "worse",
    });
    const { verdict, estimates, overlap } = await evaluate({}, {}, log.chances);
    expect(verdict).toMatchObject({ finding: "undecided" });
    expect(estimates.ips.gain.value).toBeCloseTo(0, 10);
    expect(overlap.effectiveSampleSize).toBeCloseTo(2000, 6);
  });

  it("has wider intervals by Bernstein, and none where the estimate is no mean of rows", async () => {
    const { estimates } = await evaluate();
    const width = ({ lower, upper }: { lower: number; upper: number }): number => upper - lower;
    for (const name of ["ips", "dm", "dr", "switchDr", "drOs"] as const) {
      const { bernstein } = estimates[name];
      expect(bernstein && width(bernstein)).toBeGreaterThan(width(estimates[name]));
    }
    expect(estimates.snips.bernstein).toBeUndefined();
    expect(estimates.sndr.bernstein).toBeUndefined();
  });

  it("draws whole visitors anew where rows of one hang together", async () => {
    // Every row four times: four times the rows, and not a bit more known.
    const copied = (column: ArrayLike<number>, width = 1): Float64Array =>
      Float64Array.from(
        { length: 4 * column.length },
        (_, i) => column[Math.floor(i / (4 * width)) * width + (i % width)],
      );
    const copies: DecisionLog = {
      actions: 6,
      action: copied(log.action),
      reward: copied(log.reward),
      propensity: copied(log.propensity),
    };
    const unit = copied(Uint32Array.from(Array.from(log.action).keys()));
    const options = { random: createRandom("units"), resamples: 300, rewardModel: learnRewardMeans };
    const together = await evaluateOffPolicy({ ...copies, unit }, uniformPolicy, options);
    const apart = await evaluateOffPolicy(copies, uniformPolicy, options);
    const width = ({ lower, upper }: { lower: number; upper: number }): number => upper - lower;
    expect(width(together.estimates.ips)).toBeGreaterThan(1.6 * width(apart.estimates.ips));
    expect(together.estimates.ips.bernstein).toBeUndefined();
  });

  it("reads rewards of any size, such as margin", async () => {
    const reward = Float64Array.from(log.reward, (value) => 250 * value - 30);
    const truth = 250 * trueValue(log, new Float64Array(12_000).fill(1 / 6)) - 30;
    const { estimates } = await evaluate({ reward });
    for (const { value } of Object.values(estimates)) expect(Math.abs(value - truth)).toBeLessThan(10);
  });
});

describe("a verdict is refused", () => {
  it("when the log is worth too few decisions of the policy", async () => {
    const { verdict, overlap } = await evaluate(first(log, 120), {}, choosing(largest));
    expect(overlap.effectiveSampleSize).toBeLessThan(100);
    expect(verdict).toMatchObject({ kind: "refused", reasons: [{ code: "thin-overlap" }, { code: "few-rewards" }] });
    expect(verdict.text).toMatch(/worth only \d+ of this policy's; at least 100 are needed/);
  });

  it("when the policy goes where the log has never been", async () => {
    const { verdict, overlap } = await evaluate({ actions: 8 }, {}, (_row, chances) => void chances.fill(1 / 8));
    expect(overlap.unsupportedActions).toEqual([6, 7]);
    expect(overlap.unsupportedShare).toBeCloseTo(0.25, 12);
    expect(verdict).toMatchObject({ kind: "refused", reasons: [{ code: "unsupported-actions" }] });
    expect(verdict.text).toContain("25 % of this policy's decisions go to actions that were never logged there (6, 7)");
  });

  it("when the policy never does what was logged, of which nothing but the model speaks", async () => {
    const never: TargetPolicy = (_row, chances) => void chances.fill(0).fill(1, 7);
    const { verdict, estimates } = await evaluate({ actions: 8 }, {}, never);
    expect(verdict.text).toContain("are worth only 0 of this policy's");
    expect(estimates.snips).toMatchObject({ value: 0, lower: 0, upper: 0 });
    expect(estimates.sndr.value).toBe(estimates.dm.value);
    expect(estimates.dr.value).toBe(estimates.dm.value);
  });

  it("when the propensities cannot be right", async () => {
    const { verdict } = await evaluate({ propensity: Array.from(log.propensity, (chance) => chance / 2) });
    expect(verdict).toMatchObject({ kind: "refused", reasons: [{ code: "doubtful-propensities" }] });
  });

  it("when one row decides", async () => {
    const propensity = Array.from(log.propensity).with(0, 1e-6);
    const { verdict } = await evaluate({ propensity });
    expect(verdict.kind).toBe("refused");
    expect(verdict.text).toContain("A single row carries");
  });

  it("when the rewarded rows are many, but worth few of the policy's own, for their weights are uneven", async () => {
    const action = Array.from({ length: 400 }, (_, row) => (row % 10 < 6 ? 0 : row % 10 < 9 ? 1 : 2));
    const chances = [0.6, 0.3, 0.1];
    const uneven: DecisionLog = {
      actions: 3,
      action,
      reward: action.map((_, row) => Number(row % 17 === 0)),
      propensity: action.map((own) => chances[own]),
    };
    const target: TargetPolicy = (_row, into) => into.set([0.2, 0.3, 0.5]);
    const { verdict } = await evaluateOffPolicy(uneven, target, { random: createRandom("uneven"), resamples: 20 });
    expect(verdict).toMatchObject({ kind: "refused", reasons: [{ code: "few-rewards" }] });
    expect(verdict.text).toContain("worth only 8 rewarded decisions");
  });

  it("when next to nothing was rewarded", async () => {
    const { verdict } = await evaluate({ reward: new Float64Array(2000) });
    expect(verdict).toMatchObject({ kind: "refused", reasons: [{ code: "few-rewards" }] });
  });

  it("by limits that can be set", async () => {
    const { verdict } = await evaluate({}, { limits: { leastSampleSize: 100_000 } });
    expect(verdict.kind).toBe("refused");
  });
});

describe("settings out of range", () => {
  it.each<[string, Partial<OffPolicyOptions>]>([
    ["resamples", { resamples: 1 }],
    ["level", { level: 1 }],
    ["folds", { folds: 1 }],
    ["rewardRange", { rewardRange: [0, 0.5] }],
    ["weightLimit", { weightLimit: 0.1 }],
    ["mostUnsupported", { limits: { mostUnsupported: 2 } }],
    ["lambdas", { tuning: { lambdas: [] } }],
  ])("are refused by name: %s", async (option, options) => {
    await expect(evaluate({}, options)).rejects.toMatchObject({ code: "invalid-option", option });
  });

  it("include ridges of nothing and features of another size", async () => {
    expect(() => learnRewardRegression({ actionRidge: 0 })).toThrow(InvalidOption);
    const rewardModel = learnRewardRegression({ actionFeatures: { width: 2, values: [1, 2] } });
    await expect(evaluate({}, { rewardModel })).rejects.toThrow(InvalidInput);
  });

  it("cannot ask for more folds than there are rows", async () => {
    await expect(evaluate(first(log, 2))).rejects.toThrow("at least 3 rows");
  });
});

describe("reward models", () => {
  it("with features of actions know what an action without rows is like", async () => {
    // Actions come in two kinds, told by their feature; the last action was never shown.
    const random = createRandom("kinds");
    const action = Uint32Array.from({ length: 2000 }, () => random.integer(5));
    const reward = Float64Array.from(action, (own) => (random.next() < (own % 2 === 0 ? 0.2 : 0.7) ? 1 : 0));
    const shown: DecisionLog = { actions: 6, action, reward, propensity: new Float64Array(2000).fill(0.2) };
    const policy: TargetPolicy = (_row, chances) => void chances.fill(0).fill(1, 5);
    const estimate = async (values?: number[]): Promise<number> => {
      const rewardModel = learnRewardRegression(values && { actionFeatures: { width: 1, values } });
      const options = { random: createRandom("kinds"), resamples: 2, rewardModel };
      return (await evaluateOffPolicy(shown, policy, options)).estimates.dm.value;
    };
    expect(await estimate([0, 1, 0, 1, 0, 1])).toBeGreaterThan(0.65);
    expect(await estimate()).toBeLessThan(0.5);
  });

  it("take the position on the page into account", async () => {
    const random = createRandom("positions");
    const position = Uint32Array.from({ length: 3000 }, () => random.integer(3));
    const reward = Float64Array.from(position, (place) => (random.next() < 0.6 - 0.25 * place ? 1 : 0));
    const action = Uint32Array.from(position, () => random.integer(2));
    const placed: DecisionLog = { actions: 2, action, reward, position, propensity: new Float64Array(3000).fill(0.5) };
    for (const rewardModel of [learnRewardMeans, learnRewardRegression()]) {
      const { foldOf, models } = await crossFit(placed, rewardModel, { folds: 3, random });
      const expected = new Float64Array(2);
      for (const place of [0, 1, 2]) {
        const row = position.indexOf(place);
        models[foldOf[row]](row, expected);
        for (const reward of expected) expect(Math.abs(reward - (0.6 - 0.25 * place))).toBeLessThan(0.06);
      }
    }
  });
});

const largest = (rewards: Float64Array): number => rewards.reduce((most, value) => Math.max(most, value));
const smallest = (rewards: Float64Array): number => rewards.reduce((least, value) => Math.min(least, value));

/** Nearly always takes the action whose true reward is the largest, or the smallest, of its row. */
function choosing(extreme: (rewards: Float64Array) => number): TargetPolicy {
  return (row, chances) => {
    const rewards = log.expectedReward.subarray(6 * row, 6 * row + 6);
    chances.fill(0.02);
    chances[rewards.indexOf(extreme(rewards))] += 0.88;
  };
}

/** The first rows of a log. */
function first({ context, ...log }: DecisionLog, rows: number): Partial<DecisionLog> {
  return {
    action: Array.from(log.action).slice(0, rows),
    reward: Array.from(log.reward).slice(0, rows),
    propensity: Array.from(log.propensity).slice(0, rows),
    ...(context && { context: { ...context, values: Array.from(context.values).slice(0, rows * context.width) } }),
  };
}
