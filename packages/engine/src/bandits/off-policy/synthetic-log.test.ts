import { describe, expect, it } from "vitest";
import { InvalidInput } from "../../errors.ts";
import { createRandom } from "../../random/index.ts";
import { evaluateOffPolicy } from "./evaluate-off-policy.ts";
import { learnPolicy } from "./learn-policy.ts";
import { createNumpyDraws, createNumpyUniform } from "./numpy-draws.ts";
import { createSyntheticLog, createSyntheticSource, trueValue } from "./synthetic-log.ts";

describe("draws of NumPy", () => {
  // numpy.random.RandomState(12345).random_sample(3), NumPy 2.4.
  it("are its uniforms", () => {
    const uniform = createNumpyUniform(12_345);
    expect([uniform(), uniform(), uniform()]).toEqual([0.9296160928171479, 0.3163755545817859, 0.18391881167709445]);
  });

  // r = RandomState(7); r.normal(size=3); r.binomial(1, [.3, .8, .5, .1])
  it("are its normals and its binomials", () => {
    const draws = createNumpyDraws(7);
    for (const expected of [1.690525703800356, -0.4659373705408328, 0.0328201636785844]) {
      expect(draws.normal()).toBeCloseTo(expected, 12);
    }
    expect([0.3, 0.8, 0.5, 0.1].map((chance) => Number(draws.happens(chance)))).toEqual([0, 1, 0, 0]);
  });
});

describe("a synthetic log", () => {
  const log = createSyntheticLog(2000, { seed: "world", actions: 6, contextWidth: 3, inverseTemperature: 2 });

  it("is the same for the same seed", () => {
    expect(createSyntheticLog(2000, { seed: "world", actions: 6, contextWidth: 3, inverseTemperature: 2 })).toEqual(
      log,
    );
  });

  it("logs the chance that each action really had", () => {
    for (const [row, action] of Array.from(log.action).entries()) {
      expect(log.propensity[row]).toBe(log.chances[6 * row + action]);
    }
  });

  it("rewards as often as it says", () => {
    const ran = Array.from(log.reward).reduce((sum, reward) => sum + reward, 0) / 2000;
    // Four standard errors.
    expect(Math.abs(ran - trueValue(log, log.chances))).toBeLessThan(4 * Math.sqrt(0.25 / 2000));
  });
});

describe("a policy learned from a log", () => {
  it("earns more on the next one than what ran", async () => {
    const source = createSyntheticSource({ seed: "learned", actions: 5, contextWidth: 3, inverseTemperature: 0 });
    const [before, after] = [source.draw(2000), source.draw(2000)];
    const policy = await learnPolicy(before, { softness: 0.05 });
    expect(trueValue(after, policy(after.context))).toBeGreaterThan(trueValue(after, after.chances) + 0.1);
  });

  it("needs contexts of one width, and rewards of at least 0", async () => {
    const log = createSyntheticLog(50, { seed: 1, contextWidth: 2 });
    const { context: _context, ...blind } = log;
    await expect(learnPolicy(blind)).rejects.toThrow(InvalidInput);
    await expect(learnPolicy({ ...log, reward: Array.from(log.reward).with(3, -1) })).rejects.toMatchObject({
      path: "rows[3].reward",
    });
    const policy = await learnPolicy(log);
    expect(() => policy({ width: 3, values: [1, 2, 3] })).toThrow("as it was learned with");
  });
});

describe("the first data set of Open Bandit Pipeline's experiment", () => {
  // Its own equations with NumPy 2.4 and scikit-learn's logistic regression, RandomState(0): 10,000 rows, 30 actions.
  it("gives what its code gives", async () => {
    const source = createSyntheticSource({
      seed: createNumpyDraws(0),
      actions: 30,
      contextWidth: 5,
      inverseTemperature: -3,
    });
    const [train, test] = [source.draw(10_000), source.draw(10_000)];
    const policy = (await learnPolicy(train))(test.context);
    const truth = trueValue(test, policy);
    expect(truth).toBeCloseTo(0.501085, 5);
    const { estimates, overlap } = await evaluateOffPolicy(test, policy, {
      random: createRandom("reference"),
      resamples: 200,
    });
    expect(estimates.ips.value).toBeCloseTo(0.504288, 5);
    expect(estimates.snips.value).toBeCloseTo(0.500359, 5);
    expect(Math.abs(overlap.effectiveSampleSize - 7799.2)).toBeLessThan(1);
    for (const { lower, upper } of [estimates.ips, estimates.snips, estimates.dr, estimates.sndr]) {
      expect(lower).toBeLessThan(truth);
      expect(upper).toBeGreaterThan(truth);
    }
    // Mean over its 20 data sets as published: .0744 for the direct method, .0062 for doubly robust.
    expect(Math.abs(estimates.dm.value / truth - 1)).toBeLessThan(0.0744);
    expect(Math.abs(estimates.dr.value / truth - 1)).toBeLessThan(0.0062);
  });
});
