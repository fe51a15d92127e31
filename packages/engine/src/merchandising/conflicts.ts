/**
 * Looks for rules that cannot do what they say. Whatever is reported is so: a report may be missing (fields are judged one
 * by one, and a search through very many branches is given up), never wrong.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import type { Action } from "./action.ts";
import { assertRules } from "./check-rules.ts";
import { clashOf, isLost, isSameWish } from "./clashes.ts";
import type { Conflict } from "./conflict.ts";
import { createProductSets, type ProductSets } from "./product-sets.ts";
import { byPriority, type MerchandisingRule } from "./rule.ts";
import { canMeet, entails, profileOf, type RuleProfile } from "./rule-relations.ts";
import { isImpossible } from "./satisfiable.ts";
import { shareOffsets } from "./schedule-clock.ts";

export interface ConflictOptions {
  /** Says which products actions are about. */
  readonly catalogue: Catalogue;
  /** Now, in milliseconds since 1970, UTC: what is over by then is never reached. */
  readonly at: number;
}

interface Survey extends ConflictOptions {
  readonly sets: ProductSets;
  /** Rules that can match at all, the first to be heeded first. */
  readonly profiles: readonly RuleProfile[];
}

/**
 * @param rules checked on the way; those that are off are left out
 * @returns one entry for each quarrel, with the rules' ids, what is wrong and what to do
 * @throws InvalidInput as `compileRules` does
 * @example
 * for (const { words, advice } of findConflicts(rules, { catalogue, at })) console.warn(words, advice);
 */
export function findConflicts(rules: unknown, options: ConflictOptions): readonly Conflict[] {
  return atOnce(findConflictsInPieces(rules, options));
}

/**
 * The same, pausing on the way: 1,000 rules have half a million pairs.
 * @example
 * const conflicts = await paced("comparing rules", findConflictsInPieces(rules, { catalogue, at }), controls);
 */
export function* findConflictsInPieces(rules: unknown, options: ConflictOptions): InPieces<readonly Conflict[]> {
  assertRules(rules, { catalogue: options.catalogue });
  const offsetsOf = shareOffsets();
  const active = byPriority(rules).filter((rule) => rule.active);
  const found: Conflict[] = [];
  const profiles: RuleProfile[] = [];
  for (const rule of active) {
    const profile = profileOf(rule, offsetsOf);
    const dead = unreachable(profile, options.at);
    if (dead.length === 0) profiles.push(profile);
    found.push(...dead);
    yield;
  }
  const sets = createProductSets(options.catalogue);
  yield* fillSets(sets, profiles, options);
  const survey: Survey = { ...options, profiles, sets };
  for (const [place, later] of profiles.entries()) {
    found.push(...withoutEffect(later, options.at), ...quarrelsWithin(later, survey));
    for (const earlier of profiles.slice(0, place)) {
      found.push(...quarrelsBetween(earlier, later, survey));
      yield;
    }
  }
  return found;
}

/** Works out which products actions are about, so that no pair of rules takes long. */
function* fillSets(
  sets: ProductSets,
  profiles: readonly RuleProfile[],
  { catalogue, at }: ConflictOptions,
): InPieces<void> {
  for (const { rule } of profiles) {
    for (const action of rule.actions) {
      if (!("products" in action) || !action.products) continue;
      for (const market of catalogue.markets) yield* sets.ofInPieces(action.products, market, at);
    }
  }
}

function unreachable({ rule, condition, clock }: RuleProfile, at: number): Conflict[] {
  const report = (path: string, words: string, advice: string): Conflict[] => [
    { type: "never-reachable", rules: [rule.id], path, words, advice },
  ];
  if (isImpossible([condition], at)) {
    const path = isImpossible([rule.when], at) ? "when" : "placements";
    const words = `${rule.name} can never match: parts of its condition exclude one another.`;
    return report(path, words, "Loosen one of the parts, or join them with `any`.");
  }
  if (!clock.isActive(at) && clock.nextChange(at) === Infinity) {
    return report(
      "schedule",
      `${rule.name} can never match again: its schedule is over.`,
      "Give it a later end, or delete it.",
    );
  }
  return [];
}

function withoutEffect({ rule }: RuleProfile, at: number): Conflict[] {
  return rule.actions.flatMap((action, place): Conflict[] => {
    if (!("products" in action) || !action.products || !isImpossible([action.products], at)) return [];
    const words = `${rule.name} is about products that cannot exist: parts of the condition exclude one another.`;
    const advice = "Loosen one of the parts, or join them with `any`.";
    return [{ type: "no-effect", rules: [rule.id], path: `actions[${place}].products`, words, advice }];
  });
}

function quarrelsWithin({ rule }: RuleProfile, survey: Survey): Conflict[] {
  return rule.actions.flatMap((action, place) =>
    rule.actions.slice(0, place).flatMap((earlier): Conflict[] => {
      const clash = clashOf(earlier, action, survey);
      if (clash === undefined) return [];
      const words = `${rule.name} contradicts itself: ${clash}.`;
      return [
        { type: "contradictory", rules: [rule.id], path: `actions[${place}]`, words, advice: "Keep one of the two." },
      ];
    }),
  );
}

/** @param earlier the rule that is heeded first */
function quarrelsBetween(earlier: RuleProfile, later: RuleProfile, survey: Survey): Conflict[] {
  const { at } = survey;
  const [first, second] = [earlier.rule, later.rule];
  if (first.group !== undefined && first.group === second.group) return quarrelInGroup(earlier, later, at);
  const lost = second.actions.flatMap((action, place) =>
    first.actions.some((taken) => isLost(action, taken) && isSecure(taken, action, first, survey)) ? [place] : [],
  );
  const clashes = clashesBetween(first, second, survey);
  // A group may silence either of them; then nothing is certain. Most pairs have nothing to quarrel about.
  if (lost.length + clashes.length === 0 || first.group !== undefined) return [];
  const found: Conflict[] = [];
  const follows = entails(later, earlier, at);
  const meets = second.group === undefined && (follows || entails(earlier, later, at) || canMeet(earlier, later, at));
  for (const place of lost) {
    if (follows) found.push(shadow(first, second, `actions[${place}]`));
    else if (meets && first.priority === second.priority) found.push(tie(first, second, `actions[${place}]`));
  }
  if (!meets) return found;
  for (const { place, words } of clashes) {
    found.push({
      type: "contradictory",
      rules: [second.id, first.id],
      path: `actions[${place}]`,
      words: `${second.name} and ${first.name} can match at once and contradict one another: ${words}.`,
      advice:
        "Take one of the two actions away, give both rules the same group, or let their conditions exclude one another.",
    });
  }
  return found;
}

function quarrelInGroup(earlier: RuleProfile, later: RuleProfile, at: number): Conflict[] {
  if (entails(later, earlier, at)) return [shadow(earlier.rule, later.rule, "group")];
  const isTie = earlier.rule.priority === later.rule.priority && canMeet(earlier, later, at);
  return isTie ? [tie(earlier.rule, later.rule, "group")] : [];
}

function clashesBetween(
  first: MerchandisingRule,
  second: MerchandisingRule,
  survey: Survey,
): { place: number; words: string }[] {
  return second.actions.flatMap((action, place) =>
    first.actions.flatMap((earlier) => {
      const words = clashOf(earlier, action, survey);
      return words === undefined ? [] : [{ place, words }];
    }),
  );
}

/**
 * Whether an action denies another its wish whenever its rule matches: not where one that is heeded before may have
 * granted the wish already, nor where a pin's product may be pinned elsewhere first.
 */
function isSecure(action: Action, denied: Action, rule: MerchandisingRule, { profiles }: Survey): boolean {
  const before = profiles.slice(0, profiles.findIndex((profile) => profile.rule.id === rule.id) + 1);
  const spoils = (other: Action): boolean =>
    isSameWish(other, denied) || (action.type === "pin" && other.type === "pin" && other.product === action.product);
  return !before.some((profile) => profile.rule.actions.some((other) => other !== action && spoils(other)));
}

function shadow(first: MerchandisingRule, second: MerchandisingRule, path: string): Conflict {
  return {
    type: "shadowed",
    rules: [second.id, first.id],
    path,
    words: `${second.name} never gets its way here: whenever it matches, ${first.name} does too, and comes first.`,
    advice: `Raise the priority of ${second.name} above ${first.priority}, narrow ${first.name}, or delete ${second.name}.`,
  };
}

function tie(first: MerchandisingRule, second: MerchandisingRule, path: string): Conflict {
  return {
    type: "tie",
    rules: [second.id, first.id],
    path,
    words: `${first.name} and ${second.name} can match at once and want the same with the same priority: their order decides.`,
    advice: "Give them different priorities, or schedules or conditions that do not overlap.",
  };
}
