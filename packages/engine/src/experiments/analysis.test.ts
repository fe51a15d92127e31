import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { compareStatistics } from "./adjustment.ts";
import { analyseExperiment } from "./analysis.ts";
import type { ArmOutcome, ExperimentOutcome, Metric } from "./outcome.ts";
import { CannotConclude, requireResult } from "./require-result.ts";
import type { MeanStatistic, Statistic } from "./statistic.ts";

const revenue: Metric = {
  id: "revenue",
  name: "net revenue per visitor",
  unit: { kind: "money", currency: "EUR" },
  role: "primary",
};
const returns: Metric = {
  id: "returns",
  name: "the share of visitors who return something",
  unit: { kind: "share" },
  better: "lower",
  role: "guardrail",
  margin: 0.05,
};
const clicks: Metric = { id: "clicks", name: "click-through", unit: { kind: "share" }, role: "secondary" };

/** Sums of `visitors` with a given mean and standard deviation. */
function mean(visitors: number, value: number, deviation: number): MeanStatistic {
  const sumOfSquares = deviation ** 2 * Math.max(0, visitors - 1) + visitors * value ** 2;
  return { kind: "mean", count: visitors, sum: visitors * value, sumOfSquares };
}
const share = (count: number, part: number): Statistic => ({
  kind: "proportion",
  count,
  successes: Math.round(count * part),
});

function arm(id: string, visitors: number, value: number, returned = 0.02): ArmOutcome {
  const statistics = {
    revenue: mean(visitors, value, 1200),
    returns: share(visitors, returned),
    clicks: share(visitors, 0.1),
  };
  return { id, share: 1, visitors, statistics };
}
const recommendations = (visitors: number, value: number, returned?: number): ArmOutcome => ({
  ...arm("on", visitors, value, returned),
  name: "recommendations",
});
const outcome = (...arms: ArmOutcome[]): ExperimentOutcome => ({ metrics: [revenue, returns, clicks], arms });

describe("an experiment", () => {
  it("says in plain words what was earned", () => {
    const arms = [arm("off", 100_000, 180), recommendations(100_000, 222)];
    const report = analyseExperiment({ metrics: [revenue], arms });
    expect(report.action).toBe("ship");
    expect(report.winner).toBe("on");
    expect(report.verdict).toBe(
      "With recommendations, net revenue per visitor is €0.42 higher (95% interval +€0.24 to +€0.60). Chance of being better: over 99.9%.",
    );
  });

  it("says so while chance alone could bring the difference", () => {
    const { action, verdict } = analyseExperiment(outcome(arm("off", 3000, 180), recommendations(3000, 222)));
    expect(action).toBe("continue");
    expect(verdict).toMatch(/^Not yet: with recommendations, .* \+€0\.42 \(95% interval -€0\.\d+ to \+€1\.\d+\)/);
  });

  it("stops what loses", () => {
    const { action, verdict } = analyseExperiment(outcome(arm("off", 100_000, 222), recommendations(100_000, 180)));
    expect(action).toBe("stop");
    expect(verdict).toContain("€0.42 lower");
    expect(verdict).toContain("under 0.1%");
  });

  it("stops at a broken guard-rail, whatever is earned", () => {
    const report = analyseExperiment(outcome(arm("off", 100_000, 180), recommendations(100_000, 222, 0.03)));
    expect(report.action).toBe("stop");
    expect(report.winner).toBeUndefined();
    expect(report.verdict).toMatch(
      /^Stop: with recommendations, the share of visitors who return something is at least \d\d(\.\d)?% higher, more than the 5% put up with\./,
    );
  });

  it("is not believed when the sizes of its arms cannot be chance", () => {
    const { action, verdict } = analyseExperiment(outcome(arm("off", 90_000, 180), recommendations(100_000, 222)));
    expect(action).toBe("investigate");
    expect(verdict).toMatch(/^Do not trust these figures: the sizes/);
  });

  it("is not believed when visitors met several arms", () => {
    const arms = [arm("off", 100_000, 180), recommendations(100_000, 222)];
    const { action, verdict } = analyseExperiment({ ...outcome(...arms), inSeveralArms: 10_000 });
    expect(action).toBe("investigate");
    expect(verdict).toContain("4.76% of visitors met several arms");
  });

  it("cannot conclude from an empty arm, and says which one and where", () => {
    const report = analyseExperiment(outcome(arm("off", 7, 180), recommendations(0, 0)));
    expect(report.action).toBe("continue");
    expect(report.chances).toBeUndefined();
    const { results, guardrails } = analyseExperiment(outcome(arm("off", 500, 180), recommendations(0, 0)), {});
    for (const result of [...results, ...guardrails]) {
      expect(result).toMatchObject({
        conclusive: false,
        problem: { code: "no-visitors", path: "arms[1].visitors" },
      });
    }
    expect(report.verdict).toBe(
      'Cannot conclude yet: arm "off" has 7 of the 100 visitors that a comparison takes. Wait for more.',
    );
  });

  it("throws what is wrong at those who need a figure, with its place", () => {
    const report = analyseExperiment(outcome(arm("off", 7, 180), recommendations(0, 0)), { fewestVisitors: 5 });
    const need = () => requireResult(report, "revenue", "on");
    expect(need).toThrow(CannotConclude);
    expect(need).toThrow('arm "on" has no visitors. Check that it is switched on');
    expect(() => requireResult(report, "revenue", "nowhere")).toThrow(InvalidInput);
    const [control, treatment] = [mean(7, 180, 20), mean(0, 0, 0)];
    expect(() => compareStatistics(control, treatment)).toThrow("treatment.count must be at least two units");
  });

  it("names guard-rails that are still open when it ships", () => {
    const { action, verdict } = analyseExperiment(outcome(arm("off", 100_000, 180), recommendations(100_000, 222)), {});
    expect(action).toBe("ship");
    expect(verdict).toMatch(/Keep watching: .*: the share of visitors who return something\.$/);
  });

  it("blames the sizes of the arms when one stays empty while the other fills", () => {
    const { action } = analyseExperiment(outcome(arm("off", 500, 180), recommendations(0, 0)));
    expect(action).toBe("investigate");
  });

  it("cannot conclude while nobody bought", () => {
    const nobody = { ...arm("off", 1000, 0), statistics: { revenue: mean(1000, 0, 0) } };
    const { results, verdict } = analyseExperiment({ metrics: [revenue], arms: [nobody, { ...nobody, id: "on" }] });
    expect(results[0]).toMatchObject({ conclusive: false, problem: { code: "no-spread" } });
    expect(verdict).toContain("Wait for orders");
  });

  it("claims fewer metrics the more of them are planned", () => {
    const goals = Array.from({ length: 20 }, (_, index) => ({
      ...revenue,
      id: `goal ${index}`,
      role: "goal" as const,
    }));
    const withGoals = (one: ArmOutcome): ArmOutcome => ({
      ...one,
      statistics: {
        revenue: one.statistics.revenue,
        ...Object.fromEntries(goals.map(({ id }) => [id, mean(one.visitors, 200, 1200)])),
      },
    });
    const arms = [arm("off", 20_000, 180), arm("on", 20_000, 225)];
    const alone = analyseExperiment({ metrics: [revenue], arms }).results[0];
    const among = analyseExperiment({ metrics: [revenue, ...goals], arms: arms.map(withGoals) }).results[0];
    expect(alone).toMatchObject({ isProven: true });
    expect(among).toMatchObject({ isProven: false });
    expect(analyseExperiment({ metrics: [revenue, ...goals], arms: arms.map(withGoals) }).verdict).toContain(
      "which chance could bring among so many comparisons",
    );
  });

  it("stops the arm that does harm while another one wins", () => {
    const { action, winner, verdict } = analyseExperiment(
      outcome(arm("off", 100_000, 180), arm("four", 100_000, 222), arm("eight", 100_000, 240, 0.03)),
    );
    expect({ action, winner }).toEqual({ action: "stop", winner: "four" });
    expect(verdict).toMatch(/^Stop: with "eight", .*Ship "four"\./);
  });

  it("ships the likeliest of several arms", () => {
    const { winner, chances, verdict } = analyseExperiment(
      outcome(arm("off", 100_000, 180), arm("four", 100_000, 222), arm("eight", 100_000, 240)),
    );
    expect(winner).toBe("eight");
    expect(chances?.map(({ arm }) => arm)).toEqual(["off", "four", "eight"]);
    expect(chances?.reduce((sum, { chanceToBeBest }) => sum + chanceToBeBest, 0)).toBeCloseTo(1, 12);
    expect(verdict).toContain('Ship "eight".');
  });

  it("is plain data", () => {
    const report = analyseExperiment(outcome(arm("off", 1000, 180), recommendations(1000, 222)));
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ action: report.action, verdict: report.verdict });
  });

  const control = arm("off", 1000, 180);
  it.each<[string, ExperimentOutcome]>([
    ["arms", outcome(control)],
    ["arms[1].id", outcome(control, control)],
    ["metrics", { metrics: [clicks], arms: [control, arm("on", 1000, 1)] }],
    ["metrics[1].margin", { metrics: [revenue, { ...clicks, role: "guardrail" }], arms: [control, arm("on", 1, 1)] }],
    [
      "metrics[0].unit.currency",
      { metrics: [{ ...revenue, unit: { kind: "money", currency: "euro" } }], arms: [control, arm("on", 1, 1)] },
    ],
    ["arms[1].share", outcome(control, { ...arm("on", 1000, 1), share: 0 })],
    ["arms[1].statistics.revenue", outcome(control, { ...arm("on", 1000, 1), statistics: {} })],
    ["arms[1].statistics.revenue.count", outcome(control, { ...arm("on", 1000, 1), visitors: 900 })],
    [
      "arms[1].statistics.clicks.kind",
      outcome(control, {
        ...control,
        id: "on",
        statistics: { ...control.statistics, clicks: mean(1000, 1, 1) },
      }),
    ],
  ])("is refused where %s is wrong", (path, input) => {
    expect(() => analyseExperiment(input)).toThrow(InvalidInput);
    expect(() => analyseExperiment(input)).toThrow(`${path} must be`);
  });

  it.each([
    ["metrics[0].role", { role: "main" }],
    ["metrics[0].better", { better: "up" }],
    ["metrics[0].unit", { unit: { kind: "euros" } }],
  ])("is refused where %s is a word it does not know", (path, change) => {
    const input = outcome(control, { ...control, id: "on" });
    const [first, ...rest] = input.metrics;
    const wrong = { ...input, metrics: [{ ...first, ...change } as Metric, ...rest] };
    expect(() => analyseExperiment(wrong)).toThrow(expect.objectContaining({ path }));
  });
});
