import fc from "fast-check";
import { expect, it } from "vitest";
import { spread } from "./spread.ts";

it("shares a sum out to the cent, never more than a line brought in", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(fc.nat(100_000), { minLength: 1, maxLength: 20 }), (total, weights) => {
      const shares = spread(total, weights);
      const sum = weights.reduce((a, b) => a + b, 0);
      expect(shares.reduce((a, b) => a + b, 0)).toBe(Math.min(total, sum));
      for (const [index, share] of shares.entries()) expect(share >= 0 && share <= weights[index]).toBe(true);
    }),
  );
});
