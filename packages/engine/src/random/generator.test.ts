import { describe, expect, it } from "vitest";
import { createRandom, sfc32 } from "./generator.ts";

describe("the seeded generator", () => {
  it("is sfc32 as others publish it", () => {
    // maloquacious/prng, sfc32_test.go: SFC32(0, 12345, 0, 1), whose first 12 values are thrown away.
    const bits = sfc32(0, 12345, 0);
    for (let i = 0; i < 12; i++) bits();
    expect(Array.from({ length: 10 }, bits)).toEqual([
      235160590, 2967261163, 116171463, 2882324903, 362604721, 4227106926, 1933307004, 1608300071, 2256615412,
      2701957640,
    ]);
  });

  it("gives the stream of its seed in every runtime", () => {
    // Computed with an independent Python implementation of MurmurHash3 and sfc32 with 15 values thrown away.
    const random = createRandom("demo-shop");
    expect(Array.from({ length: 5 }, () => random.next())).toEqual([
      0.22772770402433662, 0.0011981825572843219, 0.9504282024371682, 0.1973194306184175, 0.44456155465848657,
    ]);
  });

  it("takes a number and its digits for the same seed", () => {
    expect(createRandom(42).next()).toBe(createRandom("42").next());
    expect(createRandom(42).next()).not.toBe(createRandom(43).next());
  });

  it("draws every integer below the bound, about equally often", () => {
    const random = createRandom("die");
    const counts = new Uint32Array(6);
    for (let i = 0; i < 60_000; i++) counts[random.integer(6)]++;
    // Five standard deviations of a binomial count.
    for (const count of counts)
      expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(60_000 * (1 / 6) * (5 / 6)));
  });

  it("forks streams that do not depend on what the parent drew", () => {
    const fresh = createRandom("shop");
    const used = createRandom("shop");
    used.next();
    expect(used.fork("orders").next()).toBe(fresh.fork("orders").next());
    expect(fresh.fork("orders").next()).not.toBe(fresh.fork("visits").next());
    expect(fresh.fork("orders").next()).not.toBe(createRandom("shop").next());
  });
});
