import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recentSteps } from "../models/history.ts";
import { oddsOf } from "./odds.ts";
import { againstAverage } from "./priors.ts";
import { sessionSpeakers } from "./session-speakers.ts";
import { purchaseVoices, sessionVoices, voicesOf } from "./voices.ts";

describe("what speaks for a product", () => {
  it("adds up signals of a kind with their signs, and keeps each of them", () => {
    const shares = [
      { signal: "current", amount: 3 },
      { signal: "together", amount: 1 },
      { signal: "popularity", amount: -2 },
      { signal: "owned", amount: -5 },
    ];
    expect(voicesOf(shares, purchaseVoices)).toEqual([
      { voice: "demand", share: 0.5, signals: { current: 3, popularity: -2 } },
      { voice: "same-customers", share: 0.5, signals: { together: 1 } },
      { voice: "habit", share: 0, signals: { owned: -5 } },
    ]);
  });

  it("has shares that sum to 1, or nothing that speaks at all", () => {
    const signals = [...purchaseVoices.keys(), "popularity", "thisWeek"];
    const anyShares = fc.uniqueArray(
      fc.record({ signal: fc.constantFrom(...signals), amount: fc.double({ min: -9, max: 9, noNaN: true }) }),
      { selector: ({ signal }) => signal },
    );
    fc.assert(
      fc.property(anyShares, (shares) => {
        const sum = voicesOf(shares, purchaseVoices).reduce((total, { share }) => total + share, 0);
        expect(sum === 0 || Math.abs(sum - 1) < 1e-9).toBe(true);
      }),
    );
  });

  it("belongs to the steps of the visit that each signal is heard from", () => {
    const shares = [
      { signal: "next", amount: 2 },
      { signal: "previous.skip", amount: 1 },
      { signal: "context", amount: 3 },
      { signal: "popularity", amount: 9 },
    ];
    const steps = recentSteps({ history: [4, 7] }, 20);
    expect(sessionSpeakers(steps, 9, shares)).toEqual([
      { product: 7, share: 4 / 6 },
      { product: 4, share: 2 / 6 },
    ]);
    const seen = [{ signal: "isPrevious", amount: 2 }];
    expect(sessionSpeakers(steps, 4, seen)).toEqual([{ product: 4, share: 1 }]);
    expect(sessionVoices.get("isPrevious")).toBe("revisit");
  });

  it("counts a prior by what sets the product apart", () => {
    expect([...againstAverage({ demand: Float32Array.of(1, 2, 6) })["demand"]]).toEqual([-2, -1, 3]);
  });
});

describe("odds", () => {
  it("keep the order of scores of any sign, from 1 down to something above 0", () => {
    const anyScores = fc.array(fc.double({ min: -2000, max: 2000, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(anyScores, (anyOrder) => {
        const scores = Float64Array.from(anyOrder).sort().reverse();
        const odds = oddsOf({ products: Uint32Array.from(scores.keys()), scores }).scores;
        expect(odds[0]).toBe(1);
        expect(odds.every((value) => value > 0)).toBe(true);
        expect(odds).toEqual(odds.toSorted().reverse());
      }),
    );
  });
});
