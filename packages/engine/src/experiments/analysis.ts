/**
 * The whole judgement of an experiment, from its sums: whether its figures can be believed (sizes of arms, visitors in
 * several arms), what each metric says, whether a guard-rail is broken, which arm is best, what to do, and a verdict in plain
 * words. It may be asked for at every look, also while a small holdout has but a handful of buyers (`compare-arms.ts`).
 */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { chancesToBeBest } from "./best-arm.ts";
import { compareArms, steadyArms } from "./compare-arms.ts";
import type { Effect } from "./effects.ts";
import { checkExposure } from "./exposure.ts";
import { checkGuardrail } from "./guardrails.ts";
import { adjustPValues } from "./multiplicity.ts";
import { checkOutcome, type ArmOutcome, type ExperimentOutcome, type Metric } from "./outcome.ts";
import { posteriorOf, type Posterior } from "./posterior.ts";
import { momentsOrProblem, unrelated, type Problem } from "./problem.ts";
import type { AnalysisOptions, ExperimentReport, GuardrailResult, MetricResult } from "./report.ts";
import { checkSampleRatio } from "./sample-ratio.ts";
import { verdictOf } from "./verdict.ts";

/**
 * @throws InvalidInput when the outcome is malformed: fewer than two arms, no primary metric, sums that no column can have,
 * units that are not the arm's visitors. An arm that is well described but empty is no error: its results say so.
 * @throws InvalidOption when a setting is out of range
 * @example
 * const { action, verdict } = analyseExperiment({ metrics: [netRevenue, returns], arms: [holdout, recommendations] });
 */
export function analyseExperiment(outcome: ExperimentOutcome, options: AnalysisOptions = {}): ExperimentReport {
  const settings = settingsOf(options);
  checkOutcome(outcome);
  const { arms, metrics, inSeveralArms = 0 } = outcome;
  const visitors = arms.map((arm) => arm.visitors);
  const evidence = {
    sampleRatio: checkSampleRatio(
      visitors,
      arms.map(({ share }) => share),
    ),
    exposure: checkExposure(
      visitors.reduce((sum, count) => sum + count, 0),
      inSeveralArms,
    ),
    results: resultsOf(arms, metrics, settings),
    guardrails: guardrailsOf(arms, metrics, settings),
    chances: chancesOf(arms, primaryOf(metrics), settings),
  };
  const decision = decide(evidence, primaryOf(metrics));
  return { ...evidence, ...decision, verdict: verdictOf(outcome, { ...evidence, ...decision }, settings) };
}

type Settings = Required<AnalysisOptions>;

function settingsOf({
  interval = "sequential",
  level = 0.95,
  tunedFor = 5000,
  fewestVisitors = 100,
  locale = "en",
}: AnalysisOptions): Settings {
  requireInteger("fewestVisitors", fewestVisitors, 2);
  requireNumber("level", level, 0.5, 1 - Number.EPSILON);
  requireNumber("tunedFor", tunedFor, 1);
  if (interval !== "fixed" && interval !== "sequential") {
    throw new InvalidOption("interval", interval, '"fixed" or "sequential"');
  }
  return { interval, level, tunedFor, fewestVisitors, locale };
}

function primaryOf(metrics: readonly Metric[]): Metric {
  return metrics.find(({ role }) => role === "primary") ?? metrics[0];
}

type Draft =
  | { metric: Metric; arm: string; problem: Problem }
  | { metric: Metric; arm: string; absolute: Effect; relative: Effect | undefined; posterior: Posterior };

/** One p-value a metric and arm enters its family, also where it could not be computed: it was planned. */
function resultsOf(arms: readonly ArmOutcome[], metrics: readonly Metric[], settings: Settings): MetricResult[] {
  const drafts = metrics.flatMap((metric) => treatments(arms, (index) => draftOf(arms, index, metric, settings)));
  const adjusted = new Map([
    ...familyOf(drafts, (role) => role === "primary" || role === "goal", "holm", settings.level),
    ...familyOf(drafts, (role) => role === "secondary", "benjamini-hochberg", settings.level),
  ]);
  return drafts.map((draft) => {
    const place = { metric: draft.metric.id, arm: draft.arm };
    if ("problem" in draft) return { ...place, conclusive: false, problem: draft.problem };
    const { absolute, relative, posterior } = draft;
    const { pValue: adjustedPValue = absolute.pValue, isClaimed: isProven = false } = adjusted.get(draft) ?? {};
    return { ...place, conclusive: true, absolute, relative, posterior, adjustedPValue, isProven };
  });
}

function treatments<Result>(arms: readonly ArmOutcome[], map: (index: number) => Result): Result[] {
  return Array.from({ length: arms.length - 1 }, (_, index) => map(index + 1));
}

function draftOf(arms: readonly ArmOutcome[], index: number, metric: Metric, settings: Settings): Draft {
  const place = { metric, arm: arms[index].id };
  const found = momentsOrProblem(arms, [0, index], metric.id, settings.fewestVisitors);
  if ("problem" in found) return { ...place, problem: found.problem };
  const [control, treatment] = found.moments;
  const { interval, level, tunedFor } = settings;
  const [steadyControl, steadyTreatment] = steadyArms(found.moments);
  return {
    ...place,
    ...compareArms(control, treatment, { interval, level, tunedFor }),
    posterior: posteriorOf(steadyControl, steadyTreatment, {
      difference: "absolute",
      level,
      better: metric.better ?? "higher",
    }),
  };
}

function familyOf(
  drafts: readonly Draft[],
  belongs: (role: Metric["role"]) => boolean,
  rule: "holm" | "benjamini-hochberg",
  level: number,
): [Draft, { readonly pValue: number; readonly isClaimed: boolean }][] {
  const family = drafts.filter(({ metric }) => belongs(metric.role));
  const pValues = family.map((draft) => ("problem" in draft ? 1 : draft.absolute.pValue));
  return adjustPValues(pValues, rule, level).map((adjusted, index) => [family[index], adjusted]);
}

function guardrailsOf(
  arms: readonly ArmOutcome[],
  metrics: readonly Metric[],
  { level, tunedFor, fewestVisitors }: Settings,
): GuardrailResult[] {
  const guarded = metrics.filter(({ role }) => role === "guardrail");
  const watched = guarded.length * (arms.length - 1);
  return guarded.flatMap(({ id, better = "higher", margin = 0 }) =>
    treatments(arms, (index): GuardrailResult => {
      const place = { metric: id, arm: arms[index].id };
      const found = momentsOrProblem(arms, [0, index], id, fewestVisitors);
      if ("problem" in found) return { ...place, conclusive: false, problem: found.problem };
      const [control, treatment] = found.moments;
      const verdict = checkGuardrail(control, treatment, { better, margin }, { level, tunedFor, watched });
      if (!verdict.effect) return { ...place, conclusive: false, problem: unrelated(id) };
      return { ...place, conclusive: true, ...verdict };
    }),
  );
}

function chancesOf(arms: readonly ArmOutcome[], primary: Metric, settings: Settings): ExperimentReport["chances"] {
  const found = momentsOrProblem(arms, Array.from(arms.keys()), primary.id, settings.fewestVisitors);
  if ("problem" in found) return undefined;
  const chances = chancesToBeBest(steadyArms(found.moments), primary.better);
  return arms.map(({ id }, index) => ({ arm: id, ...chances[index] }));
}

type Evidence = Omit<ExperimentReport, "action" | "winner" | "verdict">;

/**
 * Doubt first, harm second, gain third. An arm is shipped when it is proven better than the control on the primary metric and
 * breaks no guard-rail; of several, the one that is best most likely.
 */
function decide(
  { sampleRatio, exposure, results, guardrails, chances }: Evidence,
  primary: Metric,
): Pick<ExperimentReport, "action" | "winner"> {
  if (sampleRatio.alarm || exposure.alarm) return { action: "investigate", winner: undefined };
  const harmed = new Set(guardrails.flatMap((one) => (one.conclusive && one.state === "harmed" ? [one.arm] : [])));
  const judged = results.filter(({ metric }) => metric === primary.id);
  const sign = primary.better === "lower" ? -1 : 1;
  const directionOf = (one: MetricResult): number =>
    one.conclusive && one.isProven ? sign * Math.sign(one.absolute.value) : 0;
  const better = judged.filter((one) => directionOf(one) > 0 && !harmed.has(one.arm)).map(({ arm }) => arm);
  const chanceOf = (arm: string): number => chances?.find((one) => one.arm === arm)?.chanceToBeBest ?? 0;
  const winner = better.toSorted((a, b) => chanceOf(b) - chanceOf(a))[0];
  // An arm that must stop does so at once, also while another one wins: its visitors are losing.
  if (harmed.size > 0) return { action: "stop", winner };
  if (winner !== undefined) return { action: "ship", winner };
  return { action: judged.every((one) => directionOf(one) < 0) ? "stop" : "continue", winner: undefined };
}
