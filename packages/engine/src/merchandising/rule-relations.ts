/** Which of two rules match together: always, sometimes, or not as far as can be told. */
import { isImpossible, follows } from "./satisfiable.ts";
import { covers, meetingOf } from "./schedule-overlap.ts";
import type { Condition } from "./condition.ts";
import type { Field } from "./field.ts";
import { wholeCondition, type MerchandisingRule } from "./rule.ts";
import { createScheduleClock, type ScheduleClock, type ZoneOffset } from "./schedule-clock.ts";

/** A rule with what the comparison of rules needs of it, worked out once. */
export interface RuleProfile {
  readonly rule: MerchandisingRule;
  readonly condition: Condition;
  readonly clock: ScheduleClock;
  readonly fields: ReadonlySet<Field>;
}

export function profileOf(rule: MerchandisingRule, offsetsOf: (timeZone: string) => ZoneOffset): RuleProfile {
  const condition = wholeCondition(rule);
  return { rule, condition, clock: createScheduleClock(rule.schedule, offsetsOf), fields: fieldsOf(condition) };
}

/** @returns true only when `other` matches whenever `one` does */
export function entails(one: RuleProfile, other: RuleProfile, from: number): boolean {
  return covers(other.rule.schedule, one.rule.schedule) && follows(one.condition, other.condition, from);
}

/**
 * @returns true only when some request from then on matches both. Seen only where fields cannot get in one another's way:
 * at most one of the cart, one of the customer and so on, and none that the catalogue or the clock decides
 */
export function canMeet(one: RuleProfile, other: RuleProfile, from: number): boolean {
  const fields = new Set([...one.fields, ...other.fields]);
  const subjects = [...fields].map(subjectOf);
  if (subjects.includes(undefined) || new Set(subjects).size < subjects.length) return false;
  if (isImpossible([one.condition, other.condition], from)) return false;
  return isExact(one.condition) && isExact(other.condition) && meetingOf(one.clock, other.clock, from) !== undefined;
}

function fieldsOf(condition: Condition): Set<Field> {
  if ("all" in condition || "any" in condition) {
    const parts = "all" in condition ? condition.all : condition.any;
    return new Set(parts.flatMap((part) => [...fieldsOf(part)]));
  }
  return "not" in condition ? fieldsOf(condition.not) : new Set([condition.field]);
}

/** Fields that say nothing of one another though they are of one subject. */
const independent: ReadonlySet<Field> = new Set<Field>([
  "context.placement",
  "context.device",
  "context.consented",
  "session.search",
  "session.referrer",
  "session.campaign",
]);

/** Of what a field tells; fields of one subject may exclude one another. Undefined when the shop's data decide. */
function subjectOf(field: Field): string | undefined {
  const [subject, name] = field.split(".");
  if (independent.has(field)) return field;
  if (subject === "product" || subject === "time") return undefined;
  if (name === "brands" || name === "categories" || name === "market" || name === "currency") return undefined;
  return subject;
}

/**
 * Whether "not impossible" means "possible". An amount that is only ruled out may be left with a currency that no market
 * has; sets are not judged exactly; days back from now depend on when it is asked.
 */
function isExact(condition: Condition, positive = true): boolean {
  if ("all" in condition) return condition.all.every((part) => isExact(part, positive));
  if ("any" in condition) return condition.any.every((part) => isExact(part, positive));
  if ("not" in condition) return isExact(condition.not, !positive);
  const { operator } = condition;
  if ("currency" in condition) return positive && operator !== "isNot";
  return !operator.startsWith("has") && !operator.endsWith("Days");
}
