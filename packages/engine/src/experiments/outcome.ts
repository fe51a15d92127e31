/** What came out of an experiment, as its sums: the input of `analyseExperiment`, and the check of it. */
import { currencyExponent } from "../catalogue/money.ts";
import { InvalidInput } from "../errors.ts";
import { checkStatistic, type Statistic } from "./statistic.ts";
import type { Unit } from "./wording.ts";

/** A figure that is compared between arms. */
export interface Metric {
  readonly id: string;
  /** As it stands in a sentence: "net revenue per visitor". */
  readonly name: string;
  readonly unit: Unit;
  /** Which direction is good; higher when left out. */
  readonly better?: "higher" | "lower";
  /**
   * `primary` decides, and there is one of it. A `goal` decides along with it, a `secondary` one explains, a `guardrail` must
   * not suffer.
   */
  readonly role: "primary" | "goal" | "secondary" | "guardrail";
  /** For guard-rails: the relative loss that is put up with, 0.02 for 2 %. */
  readonly margin?: number;
}

/** One arm of a running or finished experiment. */
export interface ArmOutcome {
  readonly id: string;
  /** As it stands in a sentence after "with": "recommendations". The id when left out. */
  readonly name?: string;
  /** What the arm was meant to have, relative to the others. */
  readonly share: number;
  /** Assigned, whatever they did. */
  readonly visitors: number;
  /** By metric id; the units of all of them are the visitors. */
  readonly statistics: Readonly<Record<string, Statistic>>;
}

/** Everything that is known of an experiment. */
export interface ExperimentOutcome {
  readonly metrics: readonly Metric[];
  /** The first one is the control. */
  readonly arms: readonly ArmOutcome[];
  /** Visitors who met several arms and are counted in none (`countExposures`). */
  readonly inSeveralArms?: number;
}

/**
 * Bad input is refused here; an arm that nobody came to is not bad input but a finding, which the analysis reports.
 * @throws InvalidInput naming the first thing that is wrong
 */
export function checkOutcome({ metrics, arms, inSeveralArms = 0 }: ExperimentOutcome): void {
  requireUnique(metrics, "metrics");
  for (const [index, metric] of metrics.entries()) checkMetric(metric, `metrics[${index}]`);
  requireUnique(arms, "arms");
  if (arms.length < 2) throw new InvalidInput("arms", `${arms.length} arms`, "a control and at least one other arm");
  const primaries = metrics.filter(({ role }) => role === "primary").length;
  if (primaries !== 1)
    throw new InvalidInput("metrics", `${primaries} primary metrics`, "metrics of which one is primary");
  if (!Number.isInteger(inSeveralArms) || inSeveralArms < 0) {
    throw new InvalidInput("inSeveralArms", inSeveralArms, "visitors, zero or more");
  }
  for (const [index, arm] of arms.entries()) checkArm(arm, metrics, arms[0], `arms[${index}]`);
}

const roles: readonly string[] = ["primary", "goal", "secondary", "guardrail"];
const units: readonly unknown[] = ["money", "share", "number"];

function checkMetric({ role, margin, unit, better = "higher" }: Metric, path: string): void {
  if (!roles.includes(role)) throw new InvalidInput(`${path}.role`, role, `one of ${roles.join(", ")}`);
  if (!units.includes(unit?.kind))
    throw new InvalidInput(`${path}.unit`, unit, "money of a currency, a share or a number");
  if (better !== "higher" && better !== "lower") {
    throw new InvalidInput(`${path}.better`, better, '"higher" or "lower"');
  }
  if (unit.kind === "money") currencyExponent(unit.currency, `${path}.unit.currency`);
  if (role === "guardrail" ? !(margin !== undefined && margin >= 0) : margin !== undefined) {
    const expected = role === "guardrail" ? "the relative loss that is put up with, such as 0.02" : "left out";
    throw new InvalidInput(`${path}.margin`, margin, expected);
  }
}

function checkArm(arm: ArmOutcome, metrics: readonly Metric[], control: ArmOutcome, path: string): void {
  if (!Number.isSafeInteger(arm.visitors) || arm.visitors < 0) {
    throw new InvalidInput(`${path}.visitors`, arm.visitors, "visitors, zero or more");
  }
  if (!(arm.share > 0 && arm.share < Infinity))
    throw new InvalidInput(`${path}.share`, arm.share, "a share above zero");
  for (const { id } of metrics) {
    const at = `${path}.statistics.${id}`;
    if (!Object.hasOwn(arm.statistics ?? {}, id)) throw new InvalidInput(at, undefined, "the sums of this metric");
    const statistic = arm.statistics[id];
    checkStatistic(statistic, at);
    if (statistic.kind !== control.statistics[id].kind) {
      throw new InvalidInput(`${at}.kind`, statistic.kind, `"${control.statistics[id].kind}", as in the control`);
    }
    if (statistic.count !== arm.visitors) {
      throw new InvalidInput(
        `${at}.count`,
        statistic.count,
        `the arm's visitors (${arm.visitors}): they are the units`,
      );
    }
  }
}

function requireUnique(entries: readonly { readonly id: string }[], path: string): void {
  const known = new Set<string>();
  for (const [index, { id }] of entries.entries()) {
    if (!id || known.has(id)) throw new InvalidInput(`${path}[${index}].id`, id, "a name not empty and not used twice");
    known.add(id);
  }
}
