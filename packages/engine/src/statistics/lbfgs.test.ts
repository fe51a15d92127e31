import { describe, expect, it } from "vitest";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { minimizeInPieces, type Objective } from "./lbfgs.ts";

/** Rosenbrock's valley, as in Nocedal and Wright, "Numerical Optimization", exercise 2.1: minimum 0 at (1, 1). */
const valley: Objective = function* (point, gradient): InPieces<number> {
  yield;
  const [x, y] = point;
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
  gradient[1] = 200 * (y - x * x);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

describe("limited-memory BFGS", () => {
  it("finds the end of Rosenbrock's valley", () => {
    const { point, value } = atOnce(minimizeInPieces(valley, Float64Array.of(-1.2, 1), { iterations: 200 }));
    expect(point[0]).toBeCloseTo(1, 5);
    expect(point[1]).toBeCloseTo(1, 5);
    expect(value).toBeLessThan(1e-10);
  });

  it("never goes up, and tells of each iteration", () => {
    const values: number[] = [];
    atOnce(
      minimizeInPieces(valley, Float64Array.of(-1.2, 1), {
        iterations: 20,
        onIteration: (_, value) => values.push(value),
      }),
    );
    expect(values).toHaveLength(20);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });

  it("leaves the start as it is, and stays where there is nothing to gain", () => {
    const start = Float64Array.of(1, 1);
    const { point, iterations } = atOnce(minimizeInPieces(valley, start, { iterations: 20 }));
    expect([...start]).toEqual([1, 1]);
    expect([...point]).toEqual([1, 1]);
    expect(iterations).toBe(0);
  });
});
