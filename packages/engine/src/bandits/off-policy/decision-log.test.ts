import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../../errors.ts";
import { createRandom } from "../../random/index.ts";
import { uniformPolicy, type DecisionLog, type TargetPolicy } from "./decision-log.ts";
import { evaluateOffPolicy } from "./evaluate-off-policy.ts";
import { createSyntheticLog } from "./synthetic-log.ts";

const log = createSyntheticLog(60, { seed: "door", actions: 3, contextWidth: 2 });

/** A column with one entry put wrong. */
function spoiled(column: ArrayLike<number>, row: number, value: number): number[] {
  return Array.from(column, (own, index) => (index === row ? value : own));
}

const evaluate = (change: Partial<DecisionLog>, policy: TargetPolicy = uniformPolicy) =>
  evaluateOffPolicy({ ...log, ...change }, policy, { random: createRandom("door"), resamples: 2 });

describe("a log that cannot be used", () => {
  it.each<[string, Partial<DecisionLog>]>([
    ["rows[17].propensity", { propensity: spoiled(log.propensity, 17, NaN) }],
    ["rows[0].propensity", { propensity: spoiled(log.propensity, 0, 0) }],
    ["rows[1].propensity", { propensity: spoiled(log.propensity, 1, 1.1) }],
    ["rows[3].action", { action: spoiled(log.action, 3, 3) }],
    ["rows[4].reward", { reward: spoiled(log.reward, 4, Infinity) }],
    ["rows[5].position", { position: spoiled(log.action, 5, -1) }],
    ["rows[6].unit", { unit: spoiled(log.action, 6, 0.5) }],
    ["rows[7].context[1]", { context: { width: 2, values: spoiled(log.context.values, 15, NaN) } }],
    ["context.values.length", { context: { width: 3, values: log.context.values } }],
    ["reward.length", { reward: [1] }],
    ["rows", { action: [], reward: [], propensity: [] }],
  ])("is refused at %s", async (path, change) => {
    await expect(evaluate(change)).rejects.toMatchObject({ code: "invalid-input", path });
  });

  it("is told what to do about a missing propensity", async () => {
    const propensity = Array.from(log.propensity).with(17, Number(undefined));
    await expect(evaluate({ propensity })).rejects.toThrow("log it with the decision");
  });

  it("has at least one action", async () => {
    await expect(evaluate({ actions: 0 })).rejects.toThrow(InvalidOption);
  });
});

describe("a policy that cannot be used", () => {
  it("is refused where its chances do not add up to 1", async () => {
    const policy = Float64Array.from({ length: 180 }, (_, i) => (i === 51 ? 0.5 : 1 / 3));
    await expect(evaluate({}, policy)).rejects.toMatchObject({ path: "policy[17]" });
  });

  it("is refused where a chance is negative", async () => {
    const policy = Float64Array.from({ length: 180 }, (_, i) => (i === 51 ? -0.5 : 1 / 3));
    await expect(evaluate({}, policy)).rejects.toMatchObject({ path: "policy[17][0]" });
  });

  it("is refused when it is of another size", async () => {
    await expect(evaluate({}, [1, 0, 0])).rejects.toThrow(InvalidInput);
  });
});
