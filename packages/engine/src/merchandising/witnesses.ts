/**
 * Whether several comparisons of one field can agree. Comparisons cut what a field can be into few regions; one value of
 * each region, tried by the comparisons themselves, decides. "No" is always right. Sets of strings apart, so is "yes" as
 * far as the field alone goes.
 */
import { parseTime } from "../history/time.ts";
import type { Leaf } from "./condition.ts";
import { fieldDefinition, type FieldDefinition } from "./field.ts";
import { createLeafTest, type FieldValue } from "./leaf-test.ts";

/** A comparison, or its opposite. */
export interface Literal {
  readonly leaf: Leaf;
  readonly positive: boolean;
}

/** No text of a rule contains it, so that what is made with it is new to all comparisons. */
const unheardOf = "\uE000";
const day = 86_400_000;

/**
 * @param literals of one field
 * @param from the earliest moment that counts as now
 */
export function canAgree(literals: readonly Literal[], from: number): boolean {
  const { field } = literals[0].leaf;
  const definition = fieldDefinition(field);
  if (!definition) return true;
  switch (definition.kind) {
    case "strings":
      return stringsCanAgree(literals);
    case "categories":
      return categoriesCanAgree(literals);
    case "moment":
      return momentsCanAgree(literals, field === "time.now" ? from : -Infinity);
    default:
      return isAnyFit(witnessesOf(literals, definition), literals, 0);
  }
}

function isAnyFit(witnesses: readonly (FieldValue | undefined)[], literals: readonly Literal[], at: number): boolean {
  const tests = literals.map(({ leaf, positive }) => ({ test: createLeafTest(leaf), positive }));
  return witnesses.some((witness) => tests.every(({ test, positive }) => test(witness, at) === positive));
}

function witnessesOf(literals: readonly Literal[], definition: FieldDefinition): (FieldValue | undefined)[] {
  switch (definition.kind) {
    case "text":
      return [undefined, ...(definition.values ?? textWitnesses(literals))];
    case "boolean":
      return [undefined, true, false];
    case "money":
      return moneyWitnesses(literals, definition);
    case "category":
      return [undefined, ...categoryWitnesses(literals)];
    default:
      return [
        undefined,
        ...numberWitnesses(
          literals.flatMap(({ leaf }) => numbersOf(leaf)),
          definition,
        ),
      ];
  }
}

/** Each number, one between each two, and one beyond each end, as far as the field can have them. */
function numberWitnesses(
  numbers: readonly number[],
  { integer, minimum = -Infinity, maximum = Infinity }: FieldDefinition,
): number[] {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const around = sorted.flatMap((number, place) => {
    const middle = number + ((sorted.at(place + 1) ?? number) - number) / 2;
    return integer ? [Math.ceil(number) - 1, number, Math.floor(number) + 1, Math.floor(middle)] : [number, middle];
  });
  const fits = (number: number): boolean => number >= minimum && number <= maximum;
  // Infinity stands for what is beyond all the numbers, however great.
  const beyond = [minimum, maximum, -Infinity, Infinity].filter(fits);
  return [...around.filter((number) => fits(number) && (!integer || Number.isInteger(number))), ...beyond];
}

function numbersOf({ value }: Leaf): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || !("from" in value)) return [];
  return [value.from, value.to].filter((end) => typeof end === "number");
}

function moneyWitnesses(literals: readonly Literal[], definition: FieldDefinition): (FieldValue | undefined)[] {
  const amounts = numberWitnesses(
    literals.flatMap(({ leaf }) => numbersOf(leaf)),
    definition,
  );
  const named = literals.flatMap(({ leaf }) => ("currency" in leaf ? [leaf.currency] : []));
  const currencies = [...new Set(named), unheardOf];
  return [undefined, ...currencies.flatMap((currency) => amounts.map((amount) => ({ amount, currency })))];
}

/** Whole texts, and one that begins and contains all it must and nothing else. */
function textWitnesses(literals: readonly Literal[]): string[] {
  const whole: string[] = [];
  const starts: string[] = [];
  const parts: string[] = [];
  for (const { leaf, positive } of literals) {
    const { operator, value } = leaf;
    if (operator === "in" || operator === "notIn") whole.push(...value);
    else if (typeof value !== "string") continue;
    else if (operator === "startsWith" && positive) starts.push(value.toLowerCase());
    else if (operator === "contains" && positive) parts.push(value.toLowerCase());
    else whole.push(value);
  }
  const longest = starts.reduce((long, start) => (start.length > long.length ? start : long), "");
  return [...whole, [longest, ...parts, ""].join(unheardOf)];
}

function pathsOf(literals: readonly Literal[]): string[] {
  return literals.flatMap(({ leaf }) => (Array.isArray(leaf.value) ? [leaf.value.join(" / ")] : []));
}

/** Each category that is named, something below it, and something else altogether. */
function categoryWitnesses(literals: readonly Literal[]): string[] {
  return [unheardOf, ...pathsOf(literals).flatMap((path) => [path, `${path} / ${unheardOf}`])];
}

/**
 * Of several categories, what must be there may be a different one each time; what may not be there holds of all.
 * `exists` needs some category, so it is tried like the others.
 */
function categoriesCanAgree(literals: readonly Literal[]): boolean {
  const asksForOne = ({ leaf, positive }: Literal): boolean =>
    (leaf.operator === "exists" ? leaf.value : true) === positive;
  const needed = literals.filter(asksForOne);
  const forbidden = literals.filter((literal) => !asksForOne(literal));
  if (needed.length === 0) return true;
  const witnesses = categoryWitnesses(literals).map((path) => [path]);
  return needed.every((literal) => isAnyFit(witnesses, [literal, ...forbidden], 0));
}

/** Exact but for hitting sets: a choice between several texts counts only when all but one of them are ruled out. */
function stringsCanAgree(literals: readonly Literal[]): boolean {
  const forbidden = new Set<string>();
  const needed = new Set<string>();
  const choices: (readonly string[])[] = [];
  const notAll: (readonly string[])[] = [];
  let mustBeEmpty = false;
  let mustHold = false;
  for (const { leaf, positive } of literals) {
    const { operator, value } = leaf;
    if (operator === "exists") {
      if (value === positive) mustHold = true;
      else mustBeEmpty = true;
    } else if (!Array.isArray(value)) continue;
    else if (operator === "hasAll" && positive) value.forEach((text) => needed.add(text));
    else if (operator === "hasAll") notAll.push(value);
    else if ((operator === "hasAny") === positive) choices.push(value);
    else value.forEach((text) => forbidden.add(text));
  }
  for (const choice of choices) {
    const left = choice.filter((text) => !forbidden.has(text));
    if (left.length === 0) return false;
    if (left.length === 1) needed.add(left[0]);
  }
  if (mustBeEmpty && (mustHold || needed.size > 0 || choices.length > 0)) return false;
  if ([...needed].some((text) => forbidden.has(text))) return false;
  return !notAll.some((texts) => texts.every((text) => needed.has(text)));
}

/** Instants and days back from now are judged apart: how they meet depends on when it is asked. */
function momentsCanAgree(literals: readonly Literal[], from: number): boolean {
  const isRelative = ({ leaf }: Literal): boolean => leaf.operator.endsWith("Days");
  const instants = literals.filter((literal) => !isRelative(literal));
  const ages = literals.filter(isRelative);
  const known = numberWitnesses(
    instants.flatMap(({ leaf }) => instantsOf(leaf)),
    { kind: "moment", words: "" },
  );
  const reachable = [...known, from].filter((instant) => instant >= from);
  // Now is always known.
  const witnesses = from === -Infinity ? [undefined, ...known] : reachable;
  const days = numberWitnesses(
    ages.flatMap(({ leaf }) => numbersOf(leaf)),
    { kind: "number", words: "" },
  );
  return (
    (instants.length === 0 || isAnyFit(witnesses, instants, 0)) &&
    (ages.length === 0 || isAnyFit([undefined, ...days.map((age) => -age * day)], ages, 0))
  );
}

function instantsOf({ value }: Leaf): number[] {
  if (typeof value === "string") return [parseTime(value)];
  if (typeof value !== "object" || !("from" in value)) return [];
  return [value.from, value.to].flatMap((end) => (typeof end === "string" ? [parseTime(end)] : []));
}
