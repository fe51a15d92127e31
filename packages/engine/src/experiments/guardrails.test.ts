import { describe, expect, it } from "vitest";
import { checkGuardrail } from "./guardrails.ts";
import { momentsOfShare } from "./metrics.ts";

/** Returned orders: the lower, the better. */
const returns = { better: "lower", margin: 0.1 } as const;

describe("a guard-rail", () => {
  it("stops an arm whose returns rose by more than is put up with", () => {
    const { state, recommendation } = checkGuardrail(
      momentsOfShare(20_000, 1000),
      momentsOfShare(20_000, 1500),
      returns,
    );
    expect({ state, recommendation }).toEqual({ state: "harmed", recommendation: "stop" });
  });

  it("does not stop for a loss within the margin, however sure it is", () => {
    const { state, effect } = checkGuardrail(momentsOfShare(4e6, 200_000), momentsOfShare(4e6, 210_000), returns);
    expect(effect?.lower).toBeGreaterThan(0);
    expect(state).toBe("safe");
  });

  it("stays open while too little is known", () => {
    expect(checkGuardrail(momentsOfShare(500, 25), momentsOfShare(500, 30), returns).state).toBe("open");
  });

  it("watches conversion from the other side", () => {
    const conversion = { better: "higher", margin: 0.02 } as const;
    expect(checkGuardrail(momentsOfShare(50_000, 2000), momentsOfShare(50_000, 1500), conversion).state).toBe("harmed");
    expect(checkGuardrail(momentsOfShare(50_000, 1500), momentsOfShare(50_000, 2000), conversion).state).toBe("safe");
  });

  it("is harder to break when many are watched", () => {
    const arms = [momentsOfShare(6000, 300), momentsOfShare(6000, 410)] as const;
    expect(checkGuardrail(...arms, { better: "lower", margin: 0 }).state).toBe("harmed");
    expect(checkGuardrail(...arms, { better: "lower", margin: 0 }, { watched: 100 }).state).toBe("open");
  });

  it("refuses a margin below zero", () => {
    const arms = [momentsOfShare(10, 3), momentsOfShare(10, 3)] as const;
    expect(() => checkGuardrail(...arms, { better: "lower", margin: -0.1 })).toThrow("margin");
  });

  it("watches a margin of a control that loses money: a larger loss is harm", () => {
    const [loss, larger] = [-100, -150].map((mean) => ({ count: 10_000, mean, variance: 400 }));
    expect(checkGuardrail(loss, larger, { better: "higher", margin: 0.1 }).state).toBe("harmed");
    expect(checkGuardrail(larger, loss, { better: "higher", margin: 0.1 }).state).toBe("safe");
  });

  it("stays open where the control cannot be told from zero", () => {
    const arms = [momentsOfShare(1000, 0), momentsOfShare(1000, 30)] as const;
    expect(checkGuardrail(...arms, returns)).toEqual({ state: "open", recommendation: "continue", effect: undefined });
  });
});
