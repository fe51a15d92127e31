/** The merchant's rules, read once and asked at every request. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { createZoneOffsets } from "../history/time-zone.ts";
import { assertRules, type RuleLimits } from "./check-rules.ts";
import type { Condition } from "./condition.ts";
import { resolveDirectives, type Directives } from "./directives.ts";
import type { Facts } from "./facts.ts";
import { createPredicateCompiler, type Predicate } from "./predicate.ts";
import { createProductSets } from "./product-sets.ts";
import { createScene } from "./read-facts.ts";
import type { MerchandisingRule } from "./rule.ts";
import { createRuleIndex } from "./rule-index.ts";
import { createScheduleClock, type ScheduleClock, type ZoneOffset } from "./schedule-clock.ts";

/** Rules ready to be asked. They never change; what they have looked up is remembered. */
export interface RuleSet {
  /** Active or not, the first to be heeded first. */
  readonly rules: readonly MerchandisingRule[];
  /**
   * @returns the rules that apply, the first to be heeded first; of a group only its first
   * @throws InvalidInput when the facts name a market that the catalogue does not know
   */
  match(facts: Facts): readonly MerchandisingRule[];
  /** What the rules that apply want of the answer. */
  directives(facts: Facts): Directives;
  /** The first moment after `at` at which some rule's schedule begins or ends; Infinity when none does. */
  nextChange(at: number): number;
  /** The same rules over other prices and stocks. */
  withCatalogue(catalogue: Catalogue): RuleSet;
}

/**
 * @param rules checked on the way; anything that came as JSON may be given
 * @throws InvalidInput with the exact place and what to give instead: `rules[2].when.all[1].not.value`
 * @example
 * const rules = compileRules(JSON.parse(text), catalogue);
 * const { pins } = rules.directives({ at, context: { placement: "cart" }, cart: { value: 3500 } });
 */
export function compileRules(
  rules: unknown,
  catalogue: Catalogue,
  limits: Omit<RuleLimits, "catalogue"> = {},
): RuleSet {
  assertRules(rules, { ...limits, catalogue });
  return bindRules(byPriority(rules), catalogue);
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

/** Clocks by zone, each made once. */
export function shareOffsets(): (timeZone: string) => ZoneOffset {
  const clocks = new Map<string, ZoneOffset>();
  return (timeZone) => {
    const clock = clocks.get(timeZone) ?? createZoneOffsets(timeZone);
    clocks.set(timeZone, clock);
    return clock;
  };
}

function bindRules(rules: readonly MerchandisingRule[], catalogue: Catalogue): RuleSet {
  const active = rules.filter((rule) => rule.active);
  const offsetsOf = shareOffsets();
  const compiler = createPredicateCompiler();
  const conditions = active.map(wholeCondition);
  const predicates: readonly Predicate[] = conditions.map(compiler.compile);
  const index = createRuleIndex(conditions, compiler.reading);
  const clocks = active.map(({ schedule }) => rememberSpans(createScheduleClock(schedule, offsetsOf)));
  const sets = createProductSets(catalogue);
  const marks = new Uint8Array(active.length);

  function match(facts: Facts): readonly MerchandisingRule[] {
    compiler.begin(createScene(facts, catalogue, offsetsOf));
    marks.fill(0);
    index.mark(marks);
    const groups = new Set<string>();
    return active.filter((rule, place) => {
      if (marks[place] === 0 || (rule.group !== undefined && groups.has(rule.group))) return false;
      if (!clocks[place].isActive(facts.at) || !predicates[place]()) return false;
      if (rule.group !== undefined) groups.add(rule.group);
      return true;
    });
  }

  return {
    rules,
    match,
    directives(facts) {
      const { market } = createScene(facts, catalogue, offsetsOf);
      return resolveDirectives(match(facts), { catalogue, sets, market, at: facts.at });
    },
    nextChange: (at) => clocks.reduce((next, clock) => Math.min(next, clock.nextChange(at)), Infinity),
    withCatalogue: (other) => bindRules(rules, other),
  };
}

/** Asks a clock only when the span is over within which its last answers hold. */
function rememberSpans(clock: ScheduleClock): ScheduleClock {
  let from = Infinity;
  let until = -Infinity;
  let isActive = false;
  function look(at: number): void {
    if (at >= from && at < until) return;
    isActive = clock.isActive(at);
    from = at;
    until = clock.nextChange(at);
  }
  return {
    isActive(at) {
      look(at);
      return isActive;
    },
    nextChange(at) {
      look(at);
      return until;
    },
  };
}
