import { describe, expect, it } from "vitest";
import { createRandom } from "../../random/index.ts";
import type { SettledShowing } from "../ledger.ts";
import { evaluateOffPolicy } from "./evaluate-off-policy.ts";
import { evaluateSlates } from "./evaluate-slates.ts";
import { decisionLogOf, slateLogOf } from "./settled-showings.ts";

const arms = ["red", "green", "blue"];
const rates = [0.1, 0.2, 0.6];
const random = createRandom("showings");

/** Slates drawn evenly, each arm rewarded at its own rate. */
const settled = Array.from({ length: 3000 }, (_, number): SettledShowing => {
  const first = random.integer(3);
  const second = (first + 1 + random.integer(2)) % 3;
  return {
    id: `d${number}`,
    at: number,
    version: "1",
    context: [number % 2],
    slate: [
      { arm: arms[first], propensity: 1 / 3 },
      { arm: arms[second], propensity: 1 / 2 },
    ],
    rewards: [first, second].map((arm) => (random.next() < rates[arm] ? 1 : 0)),
  };
});
const firstPlaces = settled.map(({ slate, rewards, ...rest }) => ({
  ...rest,
  slate: slate.slice(0, 1),
  rewards: rewards.slice(0, 1),
}));

describe("what a bandit's ledger has settled", () => {
  it("tells what another policy would have earned", async () => {
    const log = decisionLogOf(firstPlaces, arms);
    expect(log.context?.width).toBe(1);
    const mostlyBlue = (_row: number, chances: Float64Array): void => chances.set([0.1, 0.1, 0.8]);
    const { estimates, verdict } = await evaluateOffPolicy(log, mostlyBlue, { random, resamples: 200 });
    for (const { lower, upper } of [estimates.snips, estimates.dr]) {
      expect(lower).toBeLessThan(0.51);
      expect(upper).toBeGreaterThan(0.51);
    }
    expect(verdict).toMatchObject({ finding: "better" });
  });

  it("tells what other slates would have earned", async () => {
    const log = slateLogOf(settled, arms);
    // Blue first at .8; then evenly.
    const chance = Array.from(log.item, (item, cell) => (cell % 2 === 1 ? 0.5 : item === 2 ? 0.8 : 0.1));
    const { rips } = await evaluateSlates(log, { chance }, { random, resamples: 200 });
    const truth = 0.8 * (0.6 + 0.15) + 0.1 * (0.1 + 0.4) + 0.1 * (0.2 + 0.35);
    expect(rips?.lower).toBeLessThan(truth);
    expect(rips?.upper).toBeGreaterThan(truth);
  });

  it("is refused where showings do not fit together", () => {
    expect(() => decisionLogOf(settled, arms)).toThrow("take slateLogOf for slates");
    expect(() => slateLogOf([], arms)).toThrow("at least one settled showing");
    expect(() => slateLogOf([settled[0], firstPlaces[1]], arms)).toThrow("showings[1].slate must be 2 arms");
    expect(() => slateLogOf(settled, ["red", "green"])).toThrow(/showings\[\d+\]\.slate\[\d\]\.arm/);
    expect(() => decisionLogOf([firstPlaces[0], { ...firstPlaces[1], context: [] }], arms)).toThrow(
      "showings[1].context",
    );
  });
});
