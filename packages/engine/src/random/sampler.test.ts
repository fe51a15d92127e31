import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { createRandom } from "./generator.ts";
import { categorical, createSampler, shuffle } from "./sampler.ts";

const draws = 30_000;

function countsOf(size: number, draw: () => number): Float64Array {
  const counts = new Float64Array(size);
  for (let i = 0; i < draws; i++) counts[draw()]++;
  return counts;
}

/** How far the counts are from their true shares, in standard deviations; the largest of all. */
function proportionError(counts: Float64Array, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const errors = weights.map((weight, index) => {
    const difference = Math.abs(counts[index] - (draws * weight) / sum);
    return difference === 0 ? 0 : difference / Math.sqrt(draws * (weight / sum) * (1 - weight / sum));
  });
  return Math.max(...errors);
}

describe("weighted draws", () => {
  it.each([
    [[1, 2, 3, 4]],
    [[0, 1, 0, 1000, 0.5]],
    [[5]],
    [[1e-12, 1, 1e6]],
    [Array.from({ length: 50 }, (_, i) => i)],
  ])("fall by weight %j, whether prepared or not", (weights) => {
    const random = createRandom("weights");
    const sampler = createSampler(weights);
    expect(sampler.size).toBe(weights.length);
    expect(
      proportionError(
        countsOf(weights.length, () => sampler.draw(random)),
        weights,
      ),
    ).toBeLessThan(5);
    expect(
      proportionError(
        countsOf(weights.length, () => categorical(random, weights)),
        weights,
      ),
    ).toBeLessThan(5);
  });

  it("never draw what has no weight", () => {
    const someWeight = fc
      .array(fc.oneof(fc.constant(0), fc.double({ min: 1e-300, max: 1e300, noNaN: true })), { minLength: 1 })
      .filter((weights) => weights.some((weight) => weight > 0));
    fc.assert(
      fc.property(someWeight, fc.string(), (weights, seed) => {
        const random = createRandom(seed);
        const sampler = createSampler(weights);
        for (let i = 0; i < 50; i++) {
          expect(weights[sampler.draw(random)]).toBeGreaterThan(0);
          expect(weights[categorical(random, weights)]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it.each([[[]], [[0, 0]], [[1, -1]], [[1, Number.NaN]], [[Infinity]]])("refuse the weights %j", (weights) => {
    expect(() => createSampler(weights)).toThrow(InvalidInput);
    expect(() => categorical(createRandom(1), weights)).toThrow(InvalidInput);
  });
});

describe("shuffling", () => {
  it("keeps every item, in place", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const list = [...items];
        expect(shuffle(createRandom(seed), list)).toBe(list);
        expect(list.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
      }),
    );
  });

  it("makes each of the six orders of three items equally likely", () => {
    const random = createRandom("orders");
    const orders = ["012", "021", "102", "120", "201", "210"];
    const counts = countsOf(6, () => orders.indexOf(shuffle(random, Uint8Array.of(0, 1, 2)).join("")));
    expect(proportionError(counts, [1, 1, 1, 1, 1, 1])).toBeLessThan(5);
  });
});
