import { describe, expect, it } from "vitest";
import { createRandom } from "../random/generator.ts";
import { meanAreaUnderCurve, meanRecall } from "./judge.ts";
import type { RankingList } from "./lists.ts";
import { chooseWeights, choicesOf, meritsOf } from "./purchase-choice.ts";
import { namedWeights, type Weights } from "./weights.ts";

const weightsFor = (values: Readonly<Record<string, number>>): Weights => namedWeights(["told", "noise"], values);

/** Customers with one list each of ten candidates: the first feature names the one that came next, as often as given. */
function customers(count: number, truth: number, bucket = 0): RankingList[][] {
  const random = createRandom(`customers ${truth}`);
  return Array.from({ length: count }, () => {
    const target = random.integer(10);
    const told = random.next() < truth ? target : random.integer(10);
    const features = Float32Array.from({ length: 20 }, (_, i) =>
      i % 2 === 0 ? Number(i / 2 === told) : random.next(),
    );
    return [{ features, targets: Float32Array.from({ length: 10 }, (_, c) => Number(c === target)), bucket }];
  });
}

describe("choosing between fitted weights and default ones", () => {
  const options = { width: 2, sharedPenalty: 1e-4 };

  it("takes the fitted ones where they rank customers better who took no part in the fit, and says by how much", async () => {
    const { weights, choices } = await chooseWeights(
      customers(300, 0.8),
      weightsFor({ told: -1 }),
      "catalogue",
      options,
    );
    expect(choices).toMatchObject([{ chosen: "fitted", measure: "AUC" }]);
    expect(choices[0].fitted).toBeGreaterThan(choices[0].byDefault + 0.2);
    expect(weights.values[0]).toBeGreaterThan(1);
  });

  it("keeps the default ones where nothing can be learned that they do not know", async () => {
    const defaults = weightsFor({ told: 5 });
    const { weights, choices } = await chooseWeights(customers(60, 1), defaults, "catalogue", options);
    expect(choices).toMatchObject([{ chosen: "default", byDefault: 1 }]);
    expect([...weights.values]).toEqual([...defaults.values]);
  });

  it("chooses for each kind of question by itself", async () => {
    const lists = [...customers(300, 0.8), ...customers(300, 1, 1)];
    const mixed = lists.map((_, place) => lists[place % 2 === 0 ? place / 2 : 300 + (place - 1) / 2]);
    const { choices } = await chooseWeights(mixed, weightsFor({ told: 5 }), "list", { ...options, bucketCount: 2 });
    expect(choices.map(({ question, measure }) => [question, measure])).toEqual([
      ["with repeats", "recall@10"],
      ["new only", "recall@10"],
    ]);
    expect(choices[1].chosen).toBe("default");
  });

  it("serves default weights to a shop that gives no lists, and remembers its figures", async () => {
    const defaults = weightsFor({ told: 1 });
    const { weights, choices } = await chooseWeights([[], []], defaults, "list", options);
    expect(weights).toBe(defaults);
    expect(choicesOf(meritsOf(choices), "list")).toEqual(choices);
    expect(choices[0].chosen).toBe("default");
  });
});

describe("judging weights", () => {
  const features = Float32Array.of(3, 0, 2, 0, 1, 0);
  const list = { features, targets: Float32Array.of(0, 1, 0), bucket: 0 };

  it("counts the share of what came next among the first", () => {
    expect(meanRecall([list], weightsFor({ told: 1 }), 1)).toBe(0);
    expect(meanRecall([list], weightsFor({ told: 1 }), 2)).toBe(1);
    expect(meanRecall([], weightsFor({ told: 1 }), 2)).toBe(0);
  });

  it("weighs candidates by how many they stand for, and ties by half", () => {
    const standsFor = Float32Array.of(1, 1, 3);
    expect(meanAreaUnderCurve([list], weightsFor({ told: 1 }))).toBe(0.5);
    expect(meanAreaUnderCurve([{ ...list, standsFor }], weightsFor({ told: 1 }))).toBe(0.75);
    expect(meanAreaUnderCurve([list], weightsFor({}))).toBe(0.5);
  });
});
