import { describe, expect, it } from "vitest";
import { createRandom, normal, type Random } from "../random/index.ts";
import { compareStatistics } from "./adjustment.ts";
import { checkGuardrail } from "./guardrails.ts";
import { momentsOfShare } from "./metrics.ts";
import { adjustedStatistic, mergeStatistics, meanStatistic, type Statistic } from "./statistic.ts";

const experiments = 400;
const looks = 25;
/** Three standard deviations of a share of one in twenty. */
const margin = 3 * Math.sqrt((0.05 * 0.95) / experiments);

/** Net revenue of a visitor in minor units: most buy nothing, a few buy much. */
function revenue(random: Random): number {
  return random.next() < 0.06 ? Math.round(Math.exp(8 + 0.8 * normal(random))) : 0;
}

/** Calls `look` after every batch, with the sums of a holdout and of a treatment four times as large that do the same. */
function runNull(seed: string, look: (holdout: Statistic, treatment: Statistic) => void): void {
  const random = createRandom(seed);
  const batch = (size: number) => meanStatistic(Float64Array.from({ length: size }, () => revenue(random)));
  let holdout = batch(200);
  let treatment = batch(800);
  for (let count = 0; count < looks; count++) {
    look(holdout, treatment);
    holdout = mergeStatistics(holdout, batch(50));
    treatment = mergeStatistics(treatment, batch(200));
  }
}

describe("an experiment without effect, looked at after every batch", () => {
  it("raises a false alarm at most one time in twenty; the interval for one look would far more often", () => {
    const alarms = { sequential: 0, fixed: 0 };
    for (let experiment = 0; experiment < experiments; experiment++) {
      const alarmed = { sequential: false, fixed: false };
      runNull(`null ${experiment}`, (holdout, treatment) => {
        for (const interval of ["sequential", "fixed"] as const) {
          const { lower, upper } = compareStatistics(holdout, treatment, { interval, difference: "absolute" });
          alarmed[interval] ||= lower > 0 || upper < 0;
        }
      });
      alarms.sequential += Number(alarmed.sequential);
      alarms.fixed += Number(alarmed.fixed);
    }
    expect(alarms.sequential / experiments).toBeLessThanOrEqual(0.05);
    expect(alarms.fixed / experiments).toBeGreaterThan(0.05 + margin);
  });

  it("raises few when revenue is adjusted for what was bought before", () => {
    let alarms = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const random = createRandom(`adjusted ${experiment}`);
      // Who bought before buys again, and about as much.
      const batch = (size: number) => {
        const before = Float64Array.from({ length: size }, () => revenue(random));
        return adjustedStatistic(
          before.map((spent) => (spent > 0 ? spent * (0.5 + random.next()) : revenue(random))),
          before,
        );
      };
      let arms = [batch(200), batch(200)];
      let isAlarmed = false;
      for (let look = 0; look < looks; look++) {
        const { lower, upper } = compareStatistics(arms[0], arms[1]);
        isAlarmed ||= lower > 0 || upper < 0;
        arms = arms.map((arm) => mergeStatistics(arm, batch(100)));
      }
      alarms += Number(isAlarmed);
    }
    expect(alarms / experiments).toBeLessThanOrEqual(0.05);
  });

  it("stops at a guard-rail without cause at most one time in twenty, also with four of them", () => {
    const guardrail = { better: "lower", margin: 0 } as const;
    let stops = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const random = createRandom(`guard-rails ${experiment}`);
      const returns = Array.from({ length: 4 }, () => [0, 0]);
      let isStopped = false;
      for (let visitors = 200; visitors <= 3000; visitors += 200) {
        for (const arms of returns) {
          for (const arm of [0, 1]) for (let i = 0; i < 200; i++) arms[arm] += Number(random.next() < 0.1);
          const [control, treatment] = arms.map((count) => momentsOfShare(visitors, count));
          isStopped ||= checkGuardrail(control, treatment, guardrail, { watched: 4 }).state === "harmed";
        }
      }
      stops += Number(isStopped);
    }
    expect(stops / experiments).toBeLessThanOrEqual(0.05);
  });
});
