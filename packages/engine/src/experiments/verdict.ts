/** What an experiment says, in sentences that a merchant can act on. */
import type { ArmOutcome, ExperimentOutcome, Metric } from "./outcome.ts";
import type { AnalysisOptions, ExperimentReport, GuardrailResult, MetricResult } from "./report.ts";
import { wordingOf, type Wording } from "./wording.ts";

/** @returns one sentence for each broken guard-rail, or else one or two for each arm other than the control */
export function verdictOf(
  { arms, metrics }: ExperimentOutcome,
  report: Omit<ExperimentReport, "verdict">,
  { locale }: Pick<AnalysisOptions, "locale">,
): string {
  const doubt = doubtOf(report, wordingOf({ kind: "share" }, locale));
  if (doubt) return doubt;
  const nameOf = (id: string): string => nameOfArm(arms.find((arm) => arm.id === id));
  const metricOf = new Map(metrics.map((metric) => [metric.id, metric]));
  const sentences: string[] = [];
  for (const guardrail of report.guardrails) {
    const metric = metricOf.get(guardrail.metric);
    if (metric) sentences.push(...harmOf(guardrail, nameOf(guardrail.arm), metric, wordingOf(metric.unit, locale)));
  }
  for (const result of report.results) {
    const metric = metricOf.get(result.metric);
    if (metric?.role !== "primary") continue;
    sentences.push(sentenceOf(result, nameOf(result.arm), metric, wordingOf(metric.unit, locale)));
  }
  if (report.winner !== undefined && arms.length > 2) sentences.push(`Ship ${nameOf(report.winner)}.`);
  sentences.push(...openOf(report, metricOf));
  return sentences.join(" ");
}

function nameOfArm(arm: ArmOutcome | undefined): string {
  return arm?.name ?? `"${arm?.id ?? ""}"`;
}

function doubtOf(
  { sampleRatio, exposure }: Pick<ExperimentReport, "sampleRatio" | "exposure">,
  { percent }: Wording,
): string | undefined {
  if (sampleRatio.alarm) {
    return "Do not trust these figures: the sizes of the arms cannot be chance. Check that all arms load alike and that every visitor keeps their id.";
  }
  if (exposure.alarm) {
    return `Do not trust these figures: ${percent(exposure.share)} of visitors met several arms. Check that every visitor keeps their id, and that all places assign by one plan.`;
  }
  return undefined;
}

function harmOf(guardrail: GuardrailResult, arm: string, metric: Metric, { percent }: Wording): string[] {
  if (!guardrail.conclusive || guardrail.state !== "harmed" || !guardrail.effect) return [];
  const { lower, upper } = guardrail.effect;
  const isHigherBetter = metric.better !== "lower";
  const least = percent(isHigherBetter ? -upper : lower);
  const direction = isHigherBetter ? "lower" : "higher";
  return [
    `Stop: with ${arm}, ${metric.name} is at least ${least} ${direction}, more than the ${percent(metric.margin ?? 0)} put up with.`,
  ];
}

function sentenceOf(
  result: MetricResult,
  arm: string,
  metric: Metric,
  { amount, signed, chance, interval }: Wording,
): string {
  if (!result.conclusive) return result.problem.message;
  const { absolute, posterior, isProven } = result;
  const { value, lower, upper } = absolute;
  const chances = `Chance of being better: ${chance(posterior.chanceToWin)}.`;
  if (!isProven) {
    const doubt = lower > 0 || upper < 0 ? "chance could bring among so many comparisons" : "chance alone could bring";
    return `Not yet: with ${arm}, ${metric.name} differs by ${signed(value)} (${interval(absolute)}), which ${doubt}. ${chances}`;
  }
  const direction = value > 0 ? "higher" : "lower";
  return `With ${arm}, ${metric.name} is ${amount(Math.abs(value))} ${direction} (${interval(absolute)}). ${chances}`;
}

/** What is shipped although nobody can say yet that it does no harm. */
function openOf(
  { guardrails, winner }: Pick<ExperimentReport, "guardrails" | "winner">,
  metrics: ReadonlyMap<string, Metric>,
): string[] {
  const open = guardrails.filter(({ arm, ...one }) => arm === winner && !(one.conclusive && one.state === "safe"));
  if (open.length === 0) return [];
  return [
    `Keep watching: not yet proven to stay within its margin: ${open.map(({ metric }) => metrics.get(metric)?.name ?? metric).join(", ")}.`,
  ];
}
