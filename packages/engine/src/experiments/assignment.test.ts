import { describe, expect, it } from "vitest";
import { createAssignment, isHeldOut, type Experiment } from "./assignment.ts";

const visitors = Array.from({ length: 20_000 }, (_, index) => `visitor-${index}`);
const halves = [
  { id: "old", share: 0.5 },
  { id: "new", share: 0.5 },
];

/** The arm of every visitor, "-" for those without. */
function armsOf(...experiments: Experiment[]): string[] {
  const assign = createAssignment({ layers: [{ salt: "cart", experiments }] });
  return visitors.map((visitor) => assign(visitor).arms[0]?.arm ?? "-");
}
function shareOf<Value>(values: readonly Value[], test: (value: Value, index: number) => boolean): number {
  return values.filter(test).length / values.length;
}

/** Five standard deviations of a share among all visitors: wider than chance goes. */
const slack = 5 * Math.sqrt(0.25 / visitors.length);

describe("assignment", () => {
  it("never moves a visitor", () => {
    expect(armsOf({ id: "list", arms: halves })).toEqual(armsOf({ id: "list", arms: halves }));
  });

  it("gives arms their shares", () => {
    const arms = armsOf({
      id: "list",
      arms: [
        { id: "a", share: 0.2 },
        { id: "b", share: 0.5 },
      ],
    });
    expect(Math.abs(shareOf(arms, (arm) => arm === "a") - 0.2)).toBeLessThan(slack);
    expect(Math.abs(shareOf(arms, (arm) => arm === "b") - 0.5)).toBeLessThan(slack);
    expect(Math.abs(shareOf(arms, (arm) => arm === "-") - 0.3)).toBeLessThan(slack);
  });

  it("leaves nobody between arms whose shares sum to 1 only nearly", () => {
    const thirds = ["a", "b", "c"].map((id) => ({ id, share: 1 / 3 }));
    expect(armsOf({ id: "list", arms: thirds })).not.toContain("-");
  });

  it("moves nobody when an arm is appended or a slot is widened", () => {
    const before = armsOf({ id: "list", slot: [0.2, 0.4], arms: [{ id: "a", share: 0.4 }] });
    const after = armsOf({
      id: "list",
      slot: [0.2, 0.9],
      arms: [
        { id: "a", share: 0.4 },
        { id: "b", share: 0.6 },
      ],
    });
    expect(before.filter((arm, index) => arm === "a" && after[index] !== "a")).toEqual([]);
    expect(Math.abs(shareOf(after, (arm) => arm === "a") - 0.7 * 0.4)).toBeLessThan(slack);
  });

  it("only adds visitors when traffic is raised, and never moves one between arms", () => {
    const [some, more, all] = [0.1, 0.35, 1].map((traffic) => armsOf({ id: "list", traffic, arms: halves }));
    expect(Math.abs(shareOf(some, (arm) => arm !== "-") - 0.1)).toBeLessThan(slack);
    expect(Math.abs(shareOf(more, (arm) => arm === "new") - 0.175)).toBeLessThan(slack);
    for (const [fewer, wider] of [
      [some, more],
      [more, all],
    ]) {
      expect(fewer.filter((arm, index) => arm !== "-" && arm !== wider[index])).toEqual([]);
    }
    expect(all).toEqual(armsOf({ id: "list", arms: halves }));
  });

  it("keeps experiments of one layer apart and layers independent", () => {
    const assign = createAssignment({
      layers: [
        {
          salt: "cart",
          experiments: [
            { id: "x", slot: [0, 0.5], arms: halves },
            { id: "y", slot: [0.5, 1], arms: halves },
          ],
        },
        { salt: "page", experiments: [{ id: "z", arms: halves }] },
      ],
    });
    const assigned = visitors.map((visitor) => assign(visitor).arms);
    expect(assigned.every((arms) => arms.length === 2 && arms[1].experiment === "z")).toBe(true);
    for (const experiment of ["x", "y"]) {
      const both = shareOf(assigned, ([cart, page]) => cart.experiment === experiment && page.arm === "new");
      expect(Math.abs(both - 0.25)).toBeLessThan(slack);
    }
  });

  it("holds the same visitors out of everything, and raising the share only adds some", () => {
    const holdout = { salt: "holdout-2026", share: 0.1 };
    const assign = createAssignment({ holdout, layers: [{ salt: "cart", experiments: [{ id: "x", arms: halves }] }] });
    const heldOut = visitors.filter((visitor) => assign(visitor).heldOut);
    expect(Math.abs(heldOut.length / visitors.length - 0.1)).toBeLessThan(slack);
    expect(heldOut.every((visitor) => assign(visitor).arms.length === 0)).toBe(true);
    expect(heldOut.every((visitor) => isHeldOut({ ...holdout, share: 0.2 }, visitor))).toBe(true);
  });

  it("refuses plans that would mix visitors up", () => {
    const plan =
      (...experiments: Experiment[]) =>
      () =>
        createAssignment({ layers: [{ salt: "cart", experiments }] });
    expect(plan({ id: "x", slot: [0, 0.6], arms: halves }, { id: "y", slot: [0.5, 1], arms: halves })).toThrow(/apart/);
    expect(plan({ id: "x", slot: [0.5, 0.5], arms: halves })).toThrow(/from < to/);
    expect(plan({ id: "x", arms: [...halves, { id: "more", share: 0.1 }] })).toThrow(/sum to 1/);
    expect(plan({ id: "x", arms: [] })).toThrow(/at least one arm/);
    expect(plan({ id: "x", traffic: 0, arms: halves })).toThrow(/experiments\[0\]\.traffic/);
    expect(plan({ id: "x", arms: [{ id: "empty", share: 0 }] })).toThrow(/arms\[0\]\.share/);
    expect(plan({ id: "", arms: halves })).toThrow(/not empty/);
    expect(plan({ id: "x", slot: [0, 0.5], arms: halves }, { id: "x", slot: [0.5, 1], arms: halves })).toThrow(/twice/);
    expect(() =>
      createAssignment({ holdout: { salt: "cart", share: 0.1 }, layers: [{ salt: "cart", experiments: [] }] }),
    ).toThrow(/layers\[0\]\.salt/);
  });
});
