/** The merchant's rules, read once and asked at every request. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Action } from "./action.ts";
import { assertRules, type RuleLimits } from "./check-rules.ts";
import type { ProductCondition } from "./condition.ts";
import { resolveDirectives, type Directives } from "./directives.ts";
import { explainRule } from "./explain-rule.ts";
import type { RuleExplanation } from "./explain.ts";
import type { Facts } from "./facts.ts";
import { createPredicateCompiler, type Predicate } from "./predicate.ts";
import { createProductSets } from "./product-sets.ts";
import { createScene } from "./read-facts.ts";
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
    explain(id, facts) {
      const rule = rules.find((candidate) => candidate.id === id);
      if (!rule) throw new InvalidInput("rule", id, "the id of one of the rules");
      return explainRule(rule, match(facts), createScene(facts, catalogue, offsetsOf), offsetsOf);
    },
    *prepareInPieces(at) {
      for (const market of catalogue.markets) {
        for (const products of active.flatMap(({ actions }) => actions.flatMap(productsOf))) {
          sets.of(products, market, at);
          yield;
        }
      }
    },
    nextChange: (at) => clocks.reduce((next, clock) => Math.min(next, clock.nextChange(at)), Infinity),
    withCatalogue: (other) => bindRules(rules, other),
  };
}

function productsOf(action: Action): ProductCondition[] {
  return "products" in action && action.products ? [action.products] : [];
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
