/** A plan in words: how long the shop needs, what the holdout costs, and what can be had sooner. */
import type { HoldoutPlan } from "./power.ts";
import { wordingOf } from "./wording.ts";

const numerals = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

export interface PlanWordsOptions {
  /** ISO 4217, of the money in the plan. */
  readonly currency: string;
  readonly locale?: string;
  /** Weeks after which waiting is no plan any more: seasons and the shop itself change. */
  readonly patience?: number;
}

/**
 * @param plan of `planHoldout` or `planDuration`; weeks are rounded up to whole ones, since weekdays differ
 * @throws InvalidInput when the currency is no ISO 4217 code
 * @example
 * planInWords(planHoldout({ ...traffic, minimumDetectableLift: 0.05 }), { currency: "EUR" });
 * // "Your shop needs seven weeks (140,000 visitors) to prove a gain of 5% in revenue per visitor. Until then ..."
 */
export function planInWords(plan: HoldoutPlan, { currency, locale = "en", patience = 26 }: PlanWordsOptions): string {
  const { amount, percent, whole } = wordingOf({ kind: "money", currency }, locale);
  const weeks = weeksInWords(plan.weeks, whole);
  const needs = `Your shop needs ${weeks} (${whole(plan.visitorsNeeded)} visitors) to prove a gain of ${percent(plan.minimumDetectableLift)} in revenue per visitor.`;
  const costs = `Until then the holdout of ${percent(plan.holdoutShare)} forgoes ${amount(plan.costIfReal)} if the gain is real.`;
  if (plan.weeks <= patience) return `${needs} ${costs}`;
  const within = weeksInWords(plan.withinWeeks, whole);
  return `${needs} That is too long to wait: within ${within} it can prove a gain of ${percent(plan.liftWithin)} or more. ${costs}`;
}

function weeksInWords(weeks: number, whole: (count: number) => string): string {
  const count = Math.max(1, Math.ceil(weeks));
  return `${numerals[count] ?? whole(count)} ${count === 1 ? "week" : "weeks"}`;
}
