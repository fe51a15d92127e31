/** The merchant's rules, read once and asked at every request. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { createPlanner } from "./action-plan.ts";
import { assertRules, type RuleLimits } from "./check-rules.ts";
import type { Directives } from "./directives.ts";
import { explainRule } from "./explain-rule.ts";
import type { RuleExplanation } from "./explain.ts";
import type { Facts } from "./facts.ts";
import { createPredicateCompiler, type Predicate } from "./predicate.ts";
import { createScene, type Scene } from "./read-facts.ts";
import { resolveDirectives } from "./resolve-directives.ts";
import { byPriority, wholeCondition, type MerchandisingRule } from "./rule.ts";
import { createRuleIndex } from "./rule-index.ts";
import { createScheduleClock, shareOffsets, type ScheduleClock } from "./schedule-clock.ts";

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
  /**
   * Why a rule applies to a request, or why it does not.
   * @throws InvalidInput when no rule has this id
   */
  explain(id: string, facts: Facts): RuleExplanation;
  /**
   * Works out the products of all actions in all markets, pausing on the way, so that no request has to wait for them.
   */
  prepareInPieces(at: number): InPieces<void>;
  /**
   * The first moment after `at` at which some rule's schedule begins or ends; Infinity when none does. Answers may be kept
   * until then as far as schedules go; fields of time change more often.
   */
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

function bindRules(rules: readonly MerchandisingRule[], catalogue: Catalogue): RuleSet {
  const active = rules.filter((rule) => rule.active);
  const offsetsOf = shareOffsets();
  const compiler = createPredicateCompiler();
  const conditions = active.map(wholeCondition);
  const predicates: readonly Predicate[] = conditions.map(compiler.compile);
  const index = createRuleIndex(conditions, compiler.reading);
  const clocks = active.map(({ schedule }) => rememberSpans(createScheduleClock(schedule, offsetsOf)));
  const planner = createPlanner(active, catalogue);
  const marks = new Uint8Array(active.length);

  /** Places of the rules that apply, ascending. */
  function placesOf(scene: Scene): number[] {
    const { at } = scene.facts;
    compiler.begin(scene);
    marks.fill(0);
    index.mark(marks);
    const groups = new Set<string>();
    const places: number[] = [];
    for (let place = marks.indexOf(1); place >= 0; place = marks.indexOf(1, place + 1)) {
      const { group } = active[place];
      if (group !== undefined && groups.has(group)) continue;
      if (!clocks[place].isActive(at) || !predicates[place]()) continue;
      if (group !== undefined) groups.add(group);
      places.push(place);
    }
    return places;
  }

  const sceneOf = (facts: Facts): Scene => createScene(facts, catalogue, offsetsOf);
  const match = (facts: Facts): MerchandisingRule[] => placesOf(sceneOf(facts)).map((place) => active[place]);

  return {
    rules,
    match,
    directives(facts) {
      const scene = sceneOf(facts);
      return resolveDirectives(planner.of(scene.market, facts.at), placesOf(scene));
    },
    explain(id, facts) {
      const rule = rules.find((candidate) => candidate.id === id);
      if (!rule) throw new InvalidInput("rule", id, "the id of one of the rules");
      return explainRule(rule, match(facts), sceneOf(facts), offsetsOf);
    },
    prepareInPieces: planner.prepareInPieces,
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
