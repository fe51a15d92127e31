import { describe, expect, it } from "vitest";
import { acceleratedInterval, jackknifeInfluence, percentileInterval } from "./bootstrap-interval.ts";

/** The squares of 1 to 99. */
const resampled = Float64Array.from({ length: 99 }, (_, i) => (i + 1) ** 2);

describe("the ends of an interval", () => {
  it("leave the same share out on either side", () => {
    expect(percentileInterval([1, 2, 3, 4, 5], 0.5)).toEqual({ lower: 2, upper: 4 });
  });

  it("are those of eq. 14.9 to 14.15 when mended", () => {
    // Computed from the equations with Python's statistics.NormalDist: z0 = -.13971, a = -.06403.
    const { lower, upper } = acceleratedInterval(
      { value: 2000, resampled, influence: jackknifeInfluence(Float64Array.of(1, 2, 4, 9)) },
      0.9,
    );
    expect(lower).toBeCloseTo(6.643967741105, 6);
    expect(upper).toBeCloseTo(7804.346504553446, 5);
  });

  it("are percentiles where there is neither bias nor skew", () => {
    const even = Float64Array.of(1, 2, 3);
    const mended = acceleratedInterval({ value: 2500, resampled, influence: even }, 0.9);
    const plain = percentileInterval(resampled, 0.9);
    expect(mended.lower).toBeCloseTo(plain.lower, 9);
    expect(mended.upper).toBeCloseTo(plain.upper, 9);
  });

  it("leave draws without a value out, and say nothing where there is no other", () => {
    const influence = Float64Array.of(1, 2, 3);
    const some = Float64Array.of(1, NaN, 2, 3);
    expect(acceleratedInterval({ value: 2, resampled: some, influence }, 0.9)).toEqual(
      acceleratedInterval({ value: 2, resampled: Float64Array.of(1, 2, 3), influence }, 0.9),
    );
    expect(acceleratedInterval({ value: 2, resampled: Float64Array.of(NaN), influence }, 0.9).lower).toBeNaN();
  });

  it("meet where all resamples agree", () => {
    const same = new Float64Array(20).fill(3);
    expect(acceleratedInterval({ value: 3, resampled: same, influence: same }, 0.95)).toEqual({ lower: 3, upper: 3 });
  });
});
