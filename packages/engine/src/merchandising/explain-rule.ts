/** Why a rule applies to a request, or what stands in its way: its switch, hours, condition, or another of its group. */
import { blame, explainCondition, type RuleExplanation } from "./explain.ts";
import type { Scene } from "./read-facts.ts";
import { wholeCondition, type MerchandisingRule } from "./rule.ts";
import { createScheduleClock, type ZoneOffset } from "./schedule-clock.ts";
import { scheduleWords } from "./words.ts";

/** @param matched the rules that apply to the request */
export function explainRule(
  rule: MerchandisingRule,
  matched: readonly MerchandisingRule[],
  scene: Scene,
  offsetsOf: (timeZone: string) => ZoneOffset,
): RuleExplanation {
  const condition = explainCondition(wholeCondition(rule), scene);
  const reasons = [...blame(condition)];
  if (!rule.active) reasons.unshift("The rule is switched off.");
  const hours = blameSchedule(rule, scene.facts.at, offsetsOf);
  if (hours !== undefined) reasons.push(hours);
  const first = matched.find(({ group, id }) => group !== undefined && group === rule.group && id !== rule.id);
  if (first && reasons.length === 0) {
    reasons.push(`The rule ${first.id} of the same group, ${first.group}, comes first and applies.`);
  }
  return { rule: rule.id, applies: reasons.length === 0, reasons, condition };
}

function blameSchedule(
  { schedule }: MerchandisingRule,
  at: number,
  offsetsOf: (timeZone: string) => ZoneOffset,
): string | undefined {
  const clock = createScheduleClock(schedule, offsetsOf);
  if (!schedule || clock.isActive(at)) return undefined;
  const next = clock.nextChange(at);
  const opening = next === Infinity ? "and not again" : `next at ${new Date(next).toISOString()}`;
  return `The rule holds ${scheduleWords(schedule)}; not now, ${opening}.`;
}
