import { describe, expect, it } from "vitest";
import { createVoteSplitter } from "./vote-splitter.ts";

describe("a vote splitter", () => {
  it("gives each step what the sessions that hold it add to every product", () => {
    const split = createVoteSplitter(5);
    const steps = [
      { product: 0, stepsBack: 0, weight: 2 },
      { product: 1, stepsBack: 1, weight: 1 },
    ];
    const neighbours = {
      count: 2,
      offsets: Uint32Array.of(0, 3, 5),
      products: Uint32Array.of(0, 1, 3, 1, 4),
      worth: Float64Array.of(1, 0.5),
    };
    const [ofNewest, ofPrevious] = split(steps, neighbours);
    expect([...ofNewest]).toEqual([2, 2, 0, 2, 0]);
    expect([...ofPrevious]).toEqual([1, 1.5, 0, 1, 0.5]);
    const [alone] = split(steps.slice(1), { ...neighbours, count: 1 });
    expect([...alone], "and afresh at the next question").toEqual([1, 1, 0, 1, 0]);
  });
});
