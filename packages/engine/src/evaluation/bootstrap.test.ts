import { describe, expect, it } from "vitest";
import { createRandom } from "../random/generator.ts";
import { bootstrapMeans } from "./bootstrap.ts";

describe("bootstrap of means", () => {
  it("comes close to the normal interval where that one holds", async () => {
    const random = createRandom("rows");
    const column = Float64Array.from({ length: 400 }, () => random.next());
    const [{ value, lower, upper }] = await bootstrapMeans([column], { random: createRandom(1), resamples: 2000 });
    const variance = column.reduce((sum, x) => sum + (x - value) ** 2, 0) / column.length;
    const half = 1.96 * Math.sqrt(variance / column.length);
    expect(Math.abs(lower - (value - half))).toBeLessThan(half * 0.15);
    expect(Math.abs(upper - (value + half))).toBeLessThan(half * 0.15);
  });

  it("holds the truth in about 95 of 100 samples", async () => {
    let held = 0;
    for (let trial = 0; trial < 200; trial++) {
      const random = createRandom(`trial ${trial}`);
      const column = Float64Array.from({ length: 60 }, () => random.next());
      const [{ lower, upper }] = await bootstrapMeans([column], { random, resamples: 300 });
      if (lower <= 0.5 && 0.5 <= upper) held++;
    }
    // Binomial(200, 0.95) stays within 178 and 200 but once in ten thousand times.
    expect(held).toBeGreaterThanOrEqual(178);
  });

  it("keeps rows together, so that a difference of two columns varies as the pair does", async () => {
    const column = Float64Array.from({ length: 50 }, (_, row) => row);
    const shifted = column.map((value) => value + 3);
    const difference = shifted.map((value, row) => value - column[row]);
    const [first, second, gap] = await bootstrapMeans([column, shifted, difference], { random: createRandom(7) });
    expect(second.lower - first.lower).toBeCloseTo(3, 10);
    expect([gap.lower, gap.value, gap.upper]).toEqual([3, 3, 3]);
  });

  it("gives the same interval for the same seed", async () => {
    const column = Float64Array.from({ length: 30 }, (_, row) => row * row);
    const run = () => bootstrapMeans([column], { random: createRandom("report") });
    expect(await run()).toEqual(await run());
  });

  it("draws the rows of one unit together, so that ten copies of a session prove no more than one", async () => {
    const sessions = Float64Array.from({ length: 40 }, (_, session) => (session * 7) % 11);
    const copies = Float64Array.from({ length: 400 }, (_, row) => sessions[Math.floor(row / 10)]);
    const unitOf = copies.map((_, row) => Math.floor(row / 10));
    const [once] = await bootstrapMeans([sessions], { random: createRandom(3) });
    const [together] = await bootstrapMeans([copies], { random: createRandom(3), unitOf });
    const [apart] = await bootstrapMeans([copies], { random: createRandom(3) });
    expect(together.lower).toBeCloseTo(once.lower, 10);
    expect(together.upper).toBeCloseTo(once.upper, 10);
    expect(apart.upper - apart.lower).toBeLessThan((once.upper - once.lower) / 2);
  });

  it("leaves rows out where a figure does not apply, and says NaN where none does", async () => {
    const columns = [Float64Array.of(1, NaN, 3), Float64Array.of(NaN, NaN, NaN)];
    const [some, none] = await bootstrapMeans(columns, { random: createRandom(5) });
    expect(some.value).toBe(2);
    expect([some.lower, some.upper]).toEqual([1, 3]);
    expect([none.value, none.lower, none.upper]).toEqual([NaN, NaN, NaN]);
  });

  it("moves the interval of a skewed figure towards its tail when asked to mend it", async () => {
    const random = createRandom("skew");
    const column = Float64Array.from({ length: 40 }, () => (-Math.log(1 - random.next())) ** 3);
    const [plain] = await bootstrapMeans([column], { random: createRandom(1) });
    const [mended] = await bootstrapMeans([column], { random: createRandom(1), interval: "bca" });
    const tail = column.reduce((sum, x) => sum + (x - plain.value) ** 3, 0);
    expect(Math.sign(mended.lower - plain.lower)).toBe(Math.sign(tail));
    expect(Math.sign(mended.upper - plain.upper)).toBe(Math.sign(tail));
  });

  it("refuses columns that do not belong together, and none at all", async () => {
    const random = createRandom(0);
    await expect(bootstrapMeans([new Float64Array(0)], { random })).rejects.toThrow(/at least 1/);
    await expect(bootstrapMeans([new Float64Array(2), new Float64Array(3)], { random })).rejects.toThrow(
      /same for all/,
    );
  });
});
