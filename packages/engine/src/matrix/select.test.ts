import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kthLargest } from "./select.ts";

describe("the k-th largest", () => {
  it("is what sorting would put in that place", () => {
    const anyValue = fc.oneof(fc.nat(5), fc.double({ noNaN: true, min: 1 }));
    const anyValues = fc.array(anyValue, { minLength: 1 });
    fc.assert(
      fc.property(anyValues, fc.nat(), (values, chance) => {
        const k = 1 + (chance % values.length);
        const sorted = Float64Array.from(values).sort().reverse();
        expect(kthLargest(Float64Array.from(values), values.length, k)).toBe(sorted[k - 1]);
      }),
    );
  });

  it("looks at the first numbers only", () => {
    expect(kthLargest(Float64Array.of(1, 2, 3, 100), 3, 1)).toBe(3);
  });

  it("keeps its pace over ascending, descending and equal numbers", () => {
    const ascending = Float64Array.from({ length: 100_000 }, (_, i) => i);
    expect(kthLargest(ascending.slice(), 100_000, 10)).toBe(99_990);
    expect(kthLargest(ascending.slice().reverse(), 100_000, 10)).toBe(99_990);
    expect(kthLargest(new Float64Array(100_000), 100_000, 10)).toBe(0);
  });
});
