import { describe, expect, it } from "vitest";
import { SignalColumns } from "../models/signal-columns.ts";
import { createPool } from "./pool.ts";
import { meanReciprocalRank } from "./judge.ts";
import { namedWeights } from "./weights.ts";

const rule = { size: 2, weights: { loud: 1, soft: 0.1 }, always: Uint32Array.of(4) };

function spoken() {
  const heard = new SignalColumns(5, 2);
  const pool = createPool({ productCount: 5, pool: rule, priors: {} }, ["loud", "soft"], heard);
  return { heard, loud: heard.columns[0], soft: heard.columns[1], pool };
}

describe("a pool", () => {
  it("takes the products that the weighed signals speak for most, in the order of the catalogue", () => {
    const { loud, soft, pool } = spoken();
    loud.add(3, 1);
    soft.add(0, 5);
    soft.add(1, 20);
    expect([...pool({ history: [] })]).toEqual([1, 3]);
  });

  it("prefers the lower product of equals, whichever came first", () => {
    const { loud, pool } = spoken();
    for (const product of [3, 2, 1]) loud.add(product, 1);
    expect([...pool({ history: [] })]).toEqual([1, 2]);
  });

  it("holds products that are always candidates, and none that may not be answered", () => {
    const { loud, pool } = spoken();
    loud.add(3, 1);
    loud.add(2, 1);
    expect([...pool({ history: [3], exclude: new Set([2]) })]).toEqual([4]);
  });

  it("is clean after a question that failed", () => {
    const { heard, loud, pool } = spoken();
    loud.add(3, 1);
    const failing = new Set<number>();
    failing.has = () => {
      throw new Error("the exclusions failed");
    };
    expect(() => pool({ history: [], exclude: failing })).toThrow("exclusions");
    heard.clear();
    expect([...pool({ history: [] })]).toEqual([4]);
  });
});

describe("the mean reciprocal rank of weights", () => {
  const weights = namedWeights(["likeness"], { likeness: 1 });

  it("counts how far ahead of all else the best target stands", () => {
    const list = (targets: number[]) => ({
      features: Float32Array.of(3, 2, 1),
      targets: Float32Array.from(targets),
      bucket: 0,
    });
    expect(meanReciprocalRank([list([1, 0, 0]), list([0, 0, 1])], weights)).toBeCloseTo((1 + 1 / 3) / 2, 12);
    expect(meanReciprocalRank([list([0, 0.5, 0.5])], weights)).toBe(1 / 2);
  });

  it("is nothing without lists", () => {
    expect(meanReciprocalRank([], weights)).toBe(0);
  });
});
