import { describe, expect, it } from "vitest";
import { logistic, softplus } from "./logistic.ts";

describe("log odds", () => {
  it("are chances, however far they lie", () => {
    expect(logistic(0)).toBe(0.5);
    expect(logistic(Math.log(3))).toBeCloseTo(0.75, 12);
    expect([logistic(-1e4), logistic(1e4)]).toEqual([0, 1]);
  });

  it("cost what their chance does, without overflow", () => {
    expect(softplus(Math.log(3))).toBeCloseTo(Math.log(4), 12);
    expect([softplus(-1e4), softplus(1e4)]).toEqual([0, 1e4]);
  });
});
