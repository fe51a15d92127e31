import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../random/generator.ts";
import { drawSettings } from "./search-space.ts";
import { tuningRounds } from "./tuning-rounds.ts";

describe("a search space", () => {
  it("keeps numbers within their ends, on either scale", () => {
    const range = fc.record({ from: fc.integer({ min: 1, max: 100 }), width: fc.integer({ min: 0, max: 1000 }) });
    fc.assert(
      fc.property(range, fc.constantFrom("linear", "log"), fc.nat(), ({ from, width }, scale, seed) => {
        const to = from + width;
        const [settings] = drawSettings(
          (draw) => ({ number: draw.number(from, to, scale), integer: draw.integer(from, to, scale) }),
          1,
          createRandom(seed),
        );
        for (const value of Object.values(settings)) expect(value).toBeGreaterThanOrEqual(from);
        for (const value of Object.values(settings)) expect(value).toBeLessThanOrEqual(to);
        expect(Number.isInteger(settings.integer)).toBe(true);
      }),
    );
  });

  it("draws each order of magnitude alike on the log scale", () => {
    const drawn = drawSettings((draw) => draw.number(1, 10_000, "log"), 2000, createRandom(4));
    const below100 = drawn.filter((value) => value < 100).length / drawn.length;
    // Binomial(2000, 1/2): within 0.05 but once in a hundred thousand times.
    expect(Math.abs(below100 - 0.5)).toBeLessThan(0.05);
  });

  it("draws nothing twice, and ends where it holds no more", () => {
    const drawn = drawSettings((draw) => draw.oneOf(["cosine", "lift", "count"]), 10, createRandom(1), ["count"]);
    expect(drawn[0]).toBe("count");
    expect(drawn.toSorted()).toEqual(["cosine", "count", "lift"]);
  });

  it("refuses ranges and choices that hold nothing", () => {
    const random = createRandom(1);
    expect(() => drawSettings((draw) => draw.number(2, 1), 1, random)).toThrow(/"to"/);
    expect(() => drawSettings((draw) => draw.number(0, 1, "log"), 1, random)).toThrow(/"from"/);
    expect(() => drawSettings((draw) => draw.oneOf([]), 1, random)).toThrow(/at least one value/);
  });
});

describe("rounds of successive halving", () => {
  const sizes = { trials: 9, questions: 9000, factor: 3, fewestQuestions: 200 };

  it("give a third of the settings three times as much", () => {
    expect(tuningRounds("successive-halving", sizes)).toEqual([
      { trials: 9, share: 1 / 9 },
      { trials: 3, share: 1 / 3 },
      { trials: 1, share: 1 },
    ]);
  });

  it("are fewer where there are few questions, and one for random search", () => {
    expect(tuningRounds("successive-halving", { ...sizes, questions: 900 })).toEqual([
      { trials: 9, share: 1 / 3 },
      { trials: 3, share: 1 },
    ]);
    expect(tuningRounds("random", sizes)).toEqual([{ trials: 9, share: 1 }]);
  });
});
