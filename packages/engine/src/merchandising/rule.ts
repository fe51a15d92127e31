/** A merchant's rule as plain JSON: when it applies, for how long, and what it does. */
import type { Action } from "./action.ts";
import type { Condition } from "./condition.ts";
import type { Schedule } from "./schedule.ts";

export interface MerchandisingRule {
  /** Unique among the rules. */
  readonly id: string;
  readonly name: string;
  /** The greater number comes first; of equal ones the rule that stands first. */
  readonly priority: number;
  readonly when: Condition;
  /** Always, when left out. */
  readonly schedule?: Schedule;
  /** Everywhere, when left out. */
  readonly placements?: readonly string[];
  /** Of the rules of one group, only the first that matches acts. */
  readonly group?: string;
  /** At least one. */
  readonly actions: readonly Action[];
  readonly active: boolean;
}

/** @returns the rules in the order in which they are heeded */
export function byPriority(rules: readonly MerchandisingRule[]): readonly MerchandisingRule[] {
  return rules.toSorted((one, other) => other.priority - one.priority);
}

/** A rule's whole condition: what it says, where it stands. */
export function wholeCondition({ when, placements }: MerchandisingRule): Condition {
  if (!placements) return when;
  return { all: [{ field: "context.placement", operator: "in", value: placements }, when] };
}
