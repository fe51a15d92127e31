/** What may be concluded, in words; and when nothing may, why. */
import { requireNumber } from "../../errors.ts";
import type { Interval } from "../../statistics/index.ts";
import type { Overlap } from "./overlap.ts";

/** When a log is too thin to conclude from. */
export interface OverlapLimits {
  /** Decisions of the policy itself that the log must be worth. */
  readonly leastSampleSize?: number;
  /** Share of the policy's decisions that may go to actions the log never shows. */
  readonly mostUnsupported?: number;
  /** Share of all weight that a single row may have. */
  readonly mostByOneRow?: number;
  /** Of the decisions of the policy itself that the log is worth, those with a reward other than 0 that there must be. */
  readonly leastRewarded?: number;
  /** Standard errors that the mean weight may lie from 1. */
  readonly mostWeightErrors?: number;
}

/** Why nothing is concluded. */
export interface Refusal {
  readonly code: "thin-overlap" | "unsupported-actions" | "one-row-decides" | "few-rewards" | "doubtful-propensities";
  readonly text: string;
}

export type Verdict =
  | { readonly kind: "refused"; readonly reasons: readonly Refusal[]; readonly text: string }
  | { readonly kind: "conclusive"; readonly finding: "better" | "worse" | "undecided"; readonly text: string };

/** @throws InvalidOption when a limit is out of range */
export function completeLimits({
  leastSampleSize = 100,
  mostUnsupported = 0.01,
  mostByOneRow = 0.1,
  leastRewarded = 10,
  mostWeightErrors = 4,
}: OverlapLimits = {}): Required<OverlapLimits> {
  requireNumber("leastSampleSize", leastSampleSize, 0);
  requireNumber("mostUnsupported", mostUnsupported, 0, 1);
  requireNumber("mostByOneRow", mostByOneRow, 0, 1);
  requireNumber("leastRewarded", leastRewarded, 0);
  requireNumber("mostWeightErrors", mostWeightErrors, 0);
  return { leastSampleSize, mostUnsupported, mostByOneRow, leastRewarded, mostWeightErrors };
}

/**
 * Everything that speaks against concluding.
 * @param rewarded decisions of the policy itself that the log is worth and that were rewarded
 */
export function refusalsOf(overlap: Overlap, rewarded: number, limits: Required<OverlapLimits>): Refusal[] {
  const { leastSampleSize, mostUnsupported, mostByOneRow, leastRewarded, mostWeightErrors } = limits;
  const refusals: Refusal[] = [];
  if (overlap.effectiveSampleSize === 0 || overlap.effectiveSampleSize < leastSampleSize) {
    const worth = Math.floor(overlap.effectiveSampleSize);
    refusals.push({
      code: "thin-overlap",
      text: `The ${overlap.rows} logged decisions are worth only ${worth} of this policy's; at least ${leastSampleSize} are needed. Log more, or judge a policy closer to the one that logged.`,
    });
  }
  if (overlap.unsupportedShare > mostUnsupported) {
    const actions = overlap.unsupportedActions.slice(0, 5).join(", ");
    const more = overlap.unsupportedActions.length > 5 ? ", ..." : "";
    refusals.push({
      code: "unsupported-actions",
      text: `${percent(overlap.unsupportedShare)} of this policy's decisions go to actions that were never logged there (${actions}${more}): nothing is known of what they bring. Let the logging policy try them now and then.`,
    });
  }
  if (overlap.largestShare > mostByOneRow) {
    refusals.push({
      code: "one-row-decides",
      text: `A single row carries ${percent(overlap.largestShare)} of all weight: the estimate is what happened to come of it.`,
    });
  }
  if (rewarded < leastRewarded) {
    refusals.push({
      code: "few-rewards",
      text: `The log is worth only ${Math.floor(rewarded)} rewarded decisions of this policy; at least ${leastRewarded} are needed. Log more.`,
    });
  }
  // What is known to be unsupported is missing from the mean and is told above.
  const deviation = Math.abs(overlap.meanWeight + overlap.unsupportedShare - 1);
  if (deviation > Math.max(mostWeightErrors * overlap.meanWeightError, 1e-6)) {
    refusals.push({
      code: "doubtful-propensities",
      text: `The weights average ${overlap.meanWeight.toFixed(3)} where 1 is due, beyond chance: the logged propensities are not those the actions were drawn with, or some actions had no chance.`,
    });
  }
  return refusals;
}

/** @param gain interval of the policy's value less that of the policy that logged */
export function verdictOf(refusals: readonly Refusal[], gain: Interval): Verdict {
  if (refusals.length > 0) {
    return { kind: "refused", reasons: refusals, text: refusals.map(({ text }) => text).join(" ") };
  }
  const range = `${figure(gain.lower)} to ${figure(gain.upper)} a decision`;
  if (gain.lower > 0) {
    return { kind: "conclusive", finding: "better", text: `The policy brings more than what ran: ${range}.` };
  }
  if (gain.upper < 0) {
    return { kind: "conclusive", finding: "worse", text: `The policy brings less than what ran: ${range}.` };
  }
  const text = `No difference to what ran can be told from chance: ${range}.`;
  return { kind: "conclusive", finding: "undecided", text };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function figure(value: number): string {
  return `${value > 0 ? "+" : ""}${Number(value.toPrecision(3))}`;
}
