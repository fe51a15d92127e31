/** Slate estimators against the truth of worlds in which they hold, and in which they do not. */
import { beforeAll, describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../../errors.ts";
import { createRandom } from "../../random/index.ts";
import { momentsOf } from "../../statistics/index.ts";
import { evaluateSlates, type SlateEstimatorName } from "./evaluate-slates.ts";
import { independentSlotWeights, pseudoinverseTable } from "./pseudoinverse.ts";
import type { SlateLog, SlateTarget } from "./slate-log.ts";
import { createSyntheticSlateSource, type SlateWorld } from "./synthetic-slates.ts";

const names: readonly SlateEstimatorName[] = ["ips", "rips", "iips", "pi", "cascadeDr"];

/** Errors over many logs of one world, by estimator. */
async function errorsIn(world: SlateWorld): Promise<Map<SlateEstimatorName, number[]>> {
  const errors = new Map(names.map((name): [SlateEstimatorName, number[]] => [name, []]));
  const source = createSyntheticSlateSource({ seed: "shop", world });
  for (let sample = 0; sample < 200; sample++) {
    const { log, target, truth } = source.draw(300);
    const estimates = await evaluateSlates(log, target, { random: createRandom(sample), resamples: 2 });
    for (const [name, list] of errors) list.push((estimates[name]?.value ?? NaN) - truth);
  }
  return errors;
}

describe.each<[SlateWorld, readonly SlateEstimatorName[], readonly SlateEstimatorName[]]>([
  ["independent", ["ips", "rips", "iips", "pi", "cascadeDr"], []],
  ["cascade", ["ips", "rips", "cascadeDr"], ["iips"]],
  ["whole", ["ips"], ["iips"]],
])("where clicks are of the kind %s", (world, holding, failing) => {
  let errors = new Map<SlateEstimatorName, number[]>();
  beforeAll(async () => {
    errors = await errorsIn(world);
  });
  const of = (name: SlateEstimatorName) => momentsOf(errors.get(name) ?? []);

  it.each(holding)("%s is right on average", (name) => {
    const { mean, variance, count } = of(name);
    expect(Math.abs(mean)).toBeLessThan(3.5 * Math.sqrt(variance / count));
  });

  it.each(failing)("%s, which looks at one item alone, is not", (name) => {
    const { mean, variance, count } = of(name);
    expect(Math.abs(mean)).toBeGreaterThan(5 * Math.sqrt(variance / count));
  });

  it("what is taken for granted pays in precision", () => {
    expect(of("rips").variance).toBeLessThan(of("ips").variance);
    expect(of("iips").variance).toBeLessThan(of("rips").variance);
    expect(of("cascadeDr").variance).toBeLessThan(of("rips").variance);
    expect(of("pi").variance).toBeLessThan(of("ips").variance);
  });
});

describe("a report on slates", () => {
  const { log, target, truth } = createSyntheticSlateSource({ seed: "report", world: "cascade" }).draw(2000);

  it("covers the truth, and is the same for the same seed", async () => {
    const evaluate = () => evaluateSlates(log, target, { random: createRandom("slates"), resamples: 200 });
    const report = await evaluate();
    for (const name of ["ips", "rips", "cascadeDr"] as const) {
      expect(report[name]?.lower).toBeLessThan(truth);
      expect(report[name]?.upper).toBeGreaterThan(truth);
      expect(report[name]?.refusal).toBeUndefined();
    }
    expect(await evaluate()).toEqual(report);
  });

  it("leaves out what the columns do not allow", async () => {
    const { positions, items, item, reward, propensity } = log;
    const bare: SlateLog = { positions, items, item, reward, propensity };
    const report = await evaluateSlates(bare, { chance: target.chance }, { random: createRandom(1), resamples: 2 });
    expect(Object.keys(report)).toEqual(["ips", "rips"]);
  });

  it("refuses where the log is worth too few slates", async () => {
    const few = createSyntheticSlateSource({ seed: "few", world: "cascade", targetSharpness: 3 }).draw(40);
    const report = await evaluateSlates(few.log, few.target, { random: createRandom(1), resamples: 2 });
    expect(report.ips?.refusal).toMatch(/^The 40 logged slates are worth only \d+ of this policy's; at least 100/);
  });

  it.each<[string, Partial<SlateLog>, Partial<SlateTarget>]>([
    ["slates[1].propensity[2]", { propensity: log.propensity.with(5, 0) }, {}],
    ["slates[0].marginal[1]", { marginal: log.marginal.with(1, NaN) }, {}],
    ["slates[0].item[0]", { item: log.item.with(0, 5) }, {}],
    ["slates[0].reward[1]", { reward: log.reward.with(1, NaN) }, {}],
    ["slates[2].target.chance[0]", {}, { chance: log.propensity.with(6, 1.5) }],
    ["target.additiveWeight.length", {}, { additiveWeight: [1] }],
    ["item.length", { positions: 7 }, {}],
  ])("refuses columns that are wrong at %s", async (path, wrongLog, wrongTarget) => {
    const options = { random: createRandom(1), resamples: 2 };
    await expect(evaluateSlates({ ...log, ...wrongLog }, { ...target, ...wrongTarget }, options)).rejects.toMatchObject(
      { code: "invalid-input", path },
    );
  });

  it("refuses worlds too large to go through", () => {
    expect(() => createSyntheticSlateSource({ seed: 1, world: "whole", items: 9 })).toThrow(InvalidOption);
  });
});

describe("the pseudoinverse", () => {
  it("of independent slots is the sum of their weights", () => {
    // Two slots, two items each, drawn with chances .25/.75 and .5/.5; judged: .5/.5 and .9/.1.
    const logged = [0.25, 0.75, 0.5, 0.5];
    const pairs = new Float64Array(16);
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        const sameSlot = i >> 1 === j >> 1;
        pairs[4 * i + j] = i === j ? logged[i] : sameSlot ? 0 : logged[i] * logged[j];
      }
    }
    const table = pseudoinverseTable(pairs, Float64Array.of(0.5, 0.5, 0.9, 0.1));
    const log = { positions: 2, items: 2, item: [0, 1], reward: [0, 0], propensity: [0.25, 0.5] };
    const [weight] = independentSlotWeights(log, { chance: [0.5, 0.1] });
    expect(weight).toBeCloseTo(2 + 0.2 - 1, 12);
    expect(table[0] + table[3]).toBeCloseTo(weight, 10);
  });

  it("knows nothing of items that were never in a slot", () => {
    const pairs = Float64Array.of(1, 0, 0, 0);
    expect(() => pseudoinverseTable(pairs, Float64Array.of(0.5, 0.5))).toThrow(InvalidInput);
    expect(() => pseudoinverseTable(pairs, Float64Array.of(1))).toThrow(InvalidInput);
  });
});

describe("columns that no slates can have", () => {
  const log: SlateLog = {
    positions: 2,
    items: 2,
    item: [0, 1, 1, 0],
    reward: [0, 1, 1, 0],
    propensity: [0.5, 1, 0.5, 1],
  };
  const target: SlateTarget = { chance: [0.5, 1, 0.5, 1] };
  const evaluate = (some: Partial<SlateLog>, other: Partial<SlateTarget>) =>
    evaluateSlates(
      { ...log, ...some },
      { ...target, ...other },
      { random: createRandom("bad"), folds: 2, resamples: 2 },
    );

  it.each<[string, Partial<SlateLog>, Partial<SlateTarget>]>([
    ["slates[1].segment", { segment: [0, NaN] }, {}],
    ["slates[0].segment", { segment: [1e9, 0] }, {}],
    ["target.distribution[2]", {}, { distribution: [0.5, 0.5, NaN, 1, 0.5, 0.5, 0, 1] }],
    ["target.additiveWeight[1]", {}, { additiveWeight: [1, Infinity] }],
    ["slates[0].reward[1]", { reward: [0, 1e200, 1, 0] }, {}],
  ])("are refused by name: %s", async (path, some, other) => {
    await expect(evaluate(some, other)).rejects.toThrow(expect.objectContaining({ path }));
  });

  it("are refused of the pseudoinverse's tables and weights", () => {
    expect(() => independentSlotWeights({ ...log, propensity: [0, 1, 1, 1] }, target)).toThrow(/propensity/);
    expect(() => pseudoinverseTable(Float64Array.of(1, 0, 0, 1), Float64Array.of(NaN, 0.5))).toThrow(/targetChances/);
  });
});
