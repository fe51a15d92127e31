/**
 * Whether conditions can hold together, and whether one follows from another. A search through the tree's branches with
 * the comparisons of each field tried together (`canAgree`). Fields are judged one by one: that a cart of no units has no
 * products is not known here. "Impossible" and "follows" are therefore always right, and not always found.
 */
import type { Condition } from "./condition.ts";
import { leafKey } from "./predicate.ts";
import { canAgree, type Literal } from "./witnesses.ts";

interface Signed {
  readonly condition: Condition;
  readonly positive: boolean;
}

/** Branches looked at before the search gives up. */
const budget = 2000;

/**
 * @param from the earliest moment that counts as now, in milliseconds since 1970, UTC
 * @returns true only when no request can satisfy all of them
 * @example
 * isImpossible([{ all: [cheap, dear] }], at);
 */
export function isImpossible(conditions: readonly Condition[], from: number): boolean {
  return search(
    conditions.map((condition) => ({ condition, positive: true })),
    from,
  );
}

/**
 * @returns true only when whatever satisfies `condition` satisfies `consequence` too
 * @example
 * follows({ field: "cart.units", operator: "is", value: 3 }, { field: "cart.units", operator: "moreThan", value: 2 }, at); // true
 */
export function follows(condition: Condition, consequence: Condition, from: number): boolean {
  return search(
    [
      { condition, positive: true },
      { condition: consequence, positive: false },
    ],
    from,
  );
}

/** @returns whether every branch was seen to fail */
function search(formulas: readonly Signed[], from: number): boolean {
  let left = budget;

  function fails(open: readonly Signed[], literals: ReadonlyMap<string, readonly Literal[]>): boolean {
    if (--left < 0) return false;
    const [first, ...rest] = open;
    if (!first) return false;
    const { condition, positive } = first;
    if ("not" in condition) return fails([{ condition: condition.not, positive: !positive }, ...rest], literals);
    const isList = "all" in condition || "any" in condition;
    if (!isList) return failsAt({ leaf: condition, positive }, rest, literals);
    const parts = ("all" in condition ? condition.all : condition.any).map((part) => ({ condition: part, positive }));
    // What must hold together comes before choices, so that choices are cut short.
    if ("all" in condition === positive) return fails([...parts, ...rest], literals);
    if (rest.some(isPlain)) return fails([...rest.filter(isPlain), first, ...rest.filter(isChoice)], literals);
    return parts.every((part) => fails([part, ...rest], literals));
  }

  function failsAt(
    literal: Literal,
    rest: readonly Signed[],
    literals: ReadonlyMap<string, readonly Literal[]>,
  ): boolean {
    const { field } = literal.leaf;
    const known = literals.get(field) ?? [];
    const key = leafKey(literal.leaf);
    const same = known.find(({ leaf }) => leafKey(leaf) === key);
    if (same) return same.positive === literal.positive ? fails(rest, literals) : true;
    const joined = [...known, literal];
    return !canAgree(joined, from) || fails(rest, new Map(literals).set(field, joined));
  }

  return fails(formulas, new Map());
}

/** Whether a formula leaves a choice between branches. */
function isChoice({ condition, positive }: Signed): boolean {
  if ("not" in condition) return isChoice({ condition: condition.not, positive: !positive });
  return positive ? "any" in condition : "all" in condition;
}

function isPlain(formula: Signed): boolean {
  return !isChoice(formula);
}
