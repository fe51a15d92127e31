import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { benjaminiHochbergLog, holmLog } from "./index.ts";

describe("Holm's procedure", () => {
  it("adjusts as its definition does by hand", () => {
    // 4 * 0.005, 3 * 0.01, 2 * 0.03, and 0.04 which may not fall below the one before it.
    const { qValues, rejected, rejections } = holmLog([0.01, 0.04, 0.03, 0.005].map(Math.log));
    for (const [i, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(Math.exp(qValues[i])).toBeCloseTo(p, 12);
    expect([...rejected]).toEqual([1, 0, 0, 1]);
    expect(rejections).toBe(2);
  });

  it("counts hypotheses that were never computed as certain nulls", () => {
    const few = holmLog([-9, -5], { familySize: 100 });
    const all = holmLog([-9, -5, ...Array.from({ length: 98 }, () => 0)]);
    expect(few.qValues).toEqual(all.qValues.slice(0, 2));
  });

  it("goes on where floats end, and never adjusts above one", () => {
    const { qValues } = holmLog([-5000, -Infinity, -0.1], { familySize: 1e9 });
    expect([qValues[1], qValues[2]]).toEqual([-Infinity, 0]);
    expect(qValues[0]).toBeCloseTo(-5000 + Math.log(1e9 - 1), 9);
  });

  it("never rejects what Benjamini-Hochberg keeps, and keeps the order of the evidence", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -30, max: 0, noNaN: true }), { maxLength: 30 }), (logs) => {
        const holm = holmLog(logs);
        const discoveries = benjaminiHochbergLog(logs);
        for (const [i, log] of logs.entries()) {
          expect(holm.qValues[i]).toBeGreaterThanOrEqual(discoveries.qValues[i] - 1e-9);
          for (const [j, other] of logs.entries()) {
            if (log <= other) expect(holm.qValues[i]).toBeLessThanOrEqual(holm.qValues[j]);
          }
        }
      }),
    );
  });

  it("refuses what is no p-value and families that are too small", () => {
    expect(() => holmLog([0.1])).toThrow(InvalidInput);
    expect(() => holmLog([NaN])).toThrow(InvalidInput);
    expect(() => holmLog([-1, -2], { familySize: 1 })).toThrow(InvalidOption);
    expect(() => holmLog([-1], { level: 2 })).toThrow(InvalidOption);
    expect(holmLog([]).rejections).toBe(0);
  });
});
