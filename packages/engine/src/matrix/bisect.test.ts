import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countBelow } from "./bisect.ts";

describe("counting what is below a value", () => {
  it("agrees with looking at every entry", () => {
    const number = fc.integer({ min: 0, max: 20 });
    fc.assert(
      fc.property(fc.array(number), number, (numbers, value) => {
        const column = Uint32Array.from(numbers).sort();
        expect(countBelow(column, value)).toBe(numbers.filter((other) => other < value).length);
      }),
    );
  });

  it("takes infinite ends", () => {
    expect(countBelow([1, 2, 3], -Infinity)).toBe(0);
    expect(countBelow([1, 2, 3], Infinity)).toBe(3);
  });
});
