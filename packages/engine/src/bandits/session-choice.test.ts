import { describe, expect, it } from "vitest";
import { chooseForSession, createBetaPosterior, createPolicy, freeze, type Policy } from "./index.ts";

const arms = ["bestsellers", "similar", "bundles"];

function policyAt(minute: number): Policy {
  return createPolicy(freeze(createBetaPosterior(arms), { kind: "thompson" }, minute * 60_000));
}

const sessions = Array.from({ length: 200 }, (_, i) => `session ${i}`);

describe("a session", () => {
  it("keeps its strategy, and the chance it was chosen with, while policies change", () => {
    for (const session of sessions) {
      const first = chooseForSession(policyAt(0), session);
      expect(chooseForSession(policyAt(1), session, first)).toBe(first);
    }
  });

  it("is given the same by every replica before anything is stored", () => {
    for (const session of sessions) {
      expect(chooseForSession(policyAt(0), session)).toEqual(chooseForSession(policyAt(0), session));
    }
  });

  it("chooses again when its strategy may no longer be shown", () => {
    const held = { arm: "bundles", propensity: 0.4, version: "5f0c" };
    const eligible = ["bestsellers", "similar"];
    const choice = chooseForSession(policyAt(0), "session", held, { eligible });
    expect(eligible).toContain(choice.arm);
    expect(choice.version).toBe(policyAt(0).version);
    expect(chooseForSession(policyAt(0), "session", { ...held, arm: "gone" }).arm).not.toBe("gone");
  });

  it("spreads over all strategies with others", () => {
    const chosen = new Set(sessions.map((session) => chooseForSession(policyAt(0), session).arm));
    expect(Array.from(chosen).sort()).toEqual(arms.toSorted());
  });
});
