import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { allocate } from "./allocation.ts";

describe("an amount split over lines", () => {
  it("gives the units left over to the largest remainders, the first of equal ones", () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(10, [5, 3, 3])).toEqual([4, 3, 3]);
    expect(allocate(5, [0, 0])).toEqual([3, 2]);
  });

  it("leaves a line without weight alone while another has some", () => {
    expect(allocate(7, [0, 2, 0])).toEqual([0, 7, 0]);
  });

  it("adds up to the last unit, each part within one unit of its exact share", () => {
    const weights = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.nat({ max: 1_000_000_000 }), weights, (amount, lines) => {
        const parts = allocate(amount, lines);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(amount);
        const total = lines.reduce((sum, weight) => sum + weight, 0);
        for (const [line, part] of parts.entries()) {
          const share = total > 0 ? (amount * lines[line]) / total : amount / lines.length;
          expect(part).toBeGreaterThanOrEqual(0);
          expect(Math.abs(part - share)).toBeLessThanOrEqual(1 + 1e-6);
        }
      }),
    );
  });

  it("says what cannot be split", () => {
    expect(() => allocate(1.5, [1])).toThrow(InvalidInput);
    expect(() => allocate(1, [1, Number.NaN])).toThrow(/weights\[1\]/);
    expect(() => allocate(1, [])).toThrow(/weights/);
    expect(allocate(0, [])).toEqual([]);
  });
});
