/**
 * Which of many rules can match at all, without asking them all. A rule that cannot hold unless some text is one of a
 * few values (its placement, a market, the page's product) is looked up by it, by the rarest if there are several.
 */
import type { Condition } from "./condition.ts";
import type { Field } from "./field.ts";
import type { FieldValue } from "./leaf-test.ts";

/** A text that must be one of these values. */
interface Demand {
  readonly field: Field;
  readonly values: readonly string[];
}

export interface RuleIndex {
  /** Raises `marks` at each rule that may match. */
  mark(marks: Uint8Array): void;
}

/**
 * @param conditions one a rule
 * @param readingOf what a field is in the question at hand
 */
export function createRuleIndex(
  conditions: readonly Condition[],
  readingOf: (field: Field) => () => FieldValue | undefined,
): RuleIndex {
  const demands = conditions.map(demandsOf);
  const crowd = countCrowds(demands.flat());
  const unindexed: number[] = [];
  const buckets = new Map<Field, Map<string, number[]>>();
  for (const [rule, own] of demands.entries()) {
    const rarest = own.toSorted((one, other) => crowd(one) - crowd(other)).at(0);
    if (!rarest) unindexed.push(rule);
    else for (const value of new Set(rarest.values)) bucketOf(buckets, rarest.field, value).push(rule);
  }
  const lookups = [...buckets].map(([field, byValue]) => ({ read: readingOf(field), byValue }));
  return {
    mark(marks) {
      for (const rule of unindexed) marks[rule] = 1;
      for (const { read, byValue } of lookups) {
        const value = read();
        if (typeof value !== "string") continue;
        for (const rule of byValue.get(value) ?? []) marks[rule] = 1;
      }
    },
  };
}

/** What must hold for the condition to hold, as far as it is plain to see. */
function demandsOf(condition: Condition): readonly Demand[] {
  if ("all" in condition) return condition.all.flatMap(demandsOf);
  if ("any" in condition) return condition.any.length === 1 ? demandsOf(condition.any[0]) : [];
  if ("not" in condition) return [];
  const { field, operator, value } = condition;
  if (operator === "is" && typeof value === "string") return [{ field, values: [value] }];
  return operator === "in" ? [{ field, values: value }] : [];
}

/** @returns how many rules ask for the values of a demand */
function countCrowds(demands: readonly Demand[]): (demand: Demand) => number {
  const counts = new Map<string, number>();
  const keyOf = (field: Field, value: string): string => `${field} ${value}`;
  for (const { field, values } of demands) {
    for (const value of values) counts.set(keyOf(field, value), (counts.get(keyOf(field, value)) ?? 0) + 1);
  }
  return ({ field, values }) => values.reduce((sum, value) => sum + (counts.get(keyOf(field, value)) ?? 0), 0);
}

function bucketOf(buckets: Map<Field, Map<string, number[]>>, field: Field, value: string): number[] {
  const byValue = buckets.get(field) ?? new Map<string, number[]>();
  buckets.set(field, byValue);
  const bucket = byValue.get(value) ?? [];
  byValue.set(value, bucket);
  return bucket;
}
