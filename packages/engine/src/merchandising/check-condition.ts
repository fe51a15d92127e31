/** Whether a tree that came as JSON is a condition: known fields, operators of their type, values of that type. */
import { InvalidInput } from "../errors.ts";
import { currencyExponent } from "../catalogue/money.ts";
import { parseTime } from "../history/time.ts";
import {
  assertBoolean,
  assertKeys,
  assertList,
  assertObject,
  assertOneOf,
  assertText,
  assertTexts,
  suggestion,
} from "./check-json.ts";
import { operators, type Condition, type CustomerCondition, type ProductCondition } from "./condition.ts";
import { fieldDefinition, fields, type FieldDefinition, type FieldKind } from "./field.ts";

/** Deeper trees are not written by hand, and would overflow the stack of whoever walks them. */
const deepest = 32;

/** What a shop's conditions may speak of. */
export interface ConditionLimits {
  /** Currencies of the shop's markets; any when left out. */
  readonly currencies?: readonly string[];
}

interface Place extends ConditionLimits {
  /** What the fields may be, for the error. */
  readonly scope: { readonly words: string; readonly names: readonly string[]; has(field: string): boolean };
}

const named = Object.keys(fields);
const scopeOf = (words: string, has: (field: string) => boolean): Place["scope"] => ({
  words,
  has,
  names: named.filter(has),
});
const anyScope = scopeOf("a known field", () => true);
const productScope = scopeOf("a known field of the product", (field) => field.startsWith("product."));
const customerScope = scopeOf(
  "a known field of the customer, and not its segments, which follow from it",
  (field) => field.startsWith("customer.") && field !== "customer.segments",
);

/**
 * @throws InvalidInput with the exact place, for example `rules[2].when.all[1].not.value`
 * @example
 * assertCondition(JSON.parse(text), "when");
 */
export function assertCondition(
  value: unknown,
  path: string,
  limits: ConditionLimits = {},
): asserts value is Condition {
  checkTree(value, path, { ...limits, scope: anyScope }, 0);
}

/**
 * The same for conditions that may ask about the product only.
 * @example
 * assertProductCondition({ field: "product.brand", operator: "is", value: "Acme" }, "products");
 */
export function assertProductCondition(
  value: unknown,
  path: string,
  limits: ConditionLimits = {},
): asserts value is ProductCondition {
  checkTree(value, path, { ...limits, scope: productScope }, 0);
}

/**
 * The same for conditions that may ask about the customer only.
 * @example
 * assertCustomerCondition({ field: "customer.orders", operator: "atLeast", value: 3 }, "when");
 */
export function assertCustomerCondition(
  value: unknown,
  path: string,
  limits: ConditionLimits = {},
): asserts value is CustomerCondition {
  checkTree(value, path, { ...limits, scope: customerScope }, 0);
}

function checkTree(value: unknown, path: string, place: Place, depth: number): void {
  const expected = "a condition: { all }, { any }, { not } or { field, operator, value }";
  assertObject(value, path, expected);
  if (depth > deepest)
    throw new InvalidInput(path, value, `at most ${deepest} levels deep; join levels of the same kind`);
  for (const branch of ["all", "any"]) {
    if (!Object.hasOwn(value, branch)) continue;
    assertKeys(value, path, expected, [branch]);
    const children = value[branch];
    assertList(children, `${path}.${branch}`, "a list of conditions");
    if (branch === "any" && children.length === 0) {
      throw new InvalidInput(`${path}.any`, children, "at least one condition, for none can hold among none");
    }
    for (const [index, child] of children.entries()) checkTree(child, `${path}.${branch}[${index}]`, place, depth + 1);
    return;
  }
  if (Object.hasOwn(value, "not")) {
    assertKeys(value, path, expected, ["not"]);
    checkTree(value.not, `${path}.not`, place, depth + 1);
    return;
  }
  if (!Object.hasOwn(value, "field")) throw new InvalidInput(path, value, expected);
  checkLeaf(value, path, place);
}

function checkLeaf(leaf: Readonly<Record<string, unknown>>, path: string, { scope, currencies }: Place): void {
  const { field, operator, value, currency } = leaf;
  const definition = typeof field === "string" && scope.has(field) ? fieldDefinition(field) : undefined;
  if (!definition) {
    const hint = typeof field === "string" ? suggestion(field, scope.names) : "";
    throw new InvalidInput(`${path}.field`, field, `${scope.words}${hint}`);
  }
  assertOneOf(operator, `${path}.operator`, operators[definition.kind]);
  const isMoney = definition.kind === "money" && operator !== "exists";
  assertKeys(leaf, path, "a comparison", ["field", "operator", "value", ...(isMoney ? ["currency"] : [])]);
  if (isMoney) checkCurrency(currency, `${path}.currency`, currencies);
  if (operator === "exists") assertBoolean(value, `${path}.value`);
  else checks[definition.kind](value, `${path}.value`, operator, definition);
}

function checkCurrency(currency: unknown, path: string, currencies: readonly string[] | undefined): void {
  assertText(currency, path, 'an ISO 4217 code such as "EUR"');
  currencyExponent(currency, path);
  if (currencies && !currencies.includes(currency)) {
    throw new InvalidInput(path, currency, `a currency of the shop's markets (${currencies.join(", ")})`);
  }
}

type Check = (value: unknown, path: string, operator: string, definition: FieldDefinition) => void;

/** How the values of each type of field are checked, `exists` aside. */
const checks: Readonly<Record<FieldKind, Check>> = {
  text: (value, path, operator, { values }) => {
    const isList = operator === "in" || operator === "notIn";
    if (isList) assertTexts(value, path, "a list of at least one text");
    else assertText(value, path, "a text that is not empty");
    const isWhole = isList || operator === "is" || operator === "isNot";
    if (!values || !isWhole) return;
    if (Array.isArray(value)) value.forEach((text, index) => assertOneOf(text, `${path}[${index}]`, values));
    else assertOneOf(value, path, values);
  },
  number: (value, path, operator) => checkNumbers(value, path, operator, isNumber, "a number"),
  money: (value, path, operator) =>
    checkNumbers(value, path, operator, isMinor, "a whole number of minor units, zero or more (1999 for 19.99)"),
  boolean: (value, path) => assertBoolean(value, path),
  moment: (value, path, operator) => {
    if (operator.endsWith("Days")) {
      if (!isNumber(value) || value <= 0) throw new InvalidInput(path, value, "a number of days above 0");
    } else if (operator === "between") checkRange(value, path, momentOf, momentWords);
    else if (Number.isNaN(momentOf(value))) throw new InvalidInput(path, value, momentWords);
  },
  strings: (value, path) => assertTexts(value, path, "a list of at least one text"),
  category: (value, path) => assertTexts(value, path, categoryWords),
  categories: (value, path) => assertTexts(value, path, categoryWords),
};

const momentWords = 'an RFC 3339 time with its zone, such as "2026-11-27T00:00:00+01:00"';
const categoryWords = 'a path of categories from the root down, such as ["Kitchen", "Mugs"]';

function checkNumbers(
  value: unknown,
  path: string,
  operator: string,
  accepts: (value: unknown) => value is number,
  expected: string,
): void {
  if (operator === "between") checkRange(value, path, (end) => (accepts(end) ? end : Number.NaN), expected);
  else if (!accepts(value)) throw new InvalidInput(path, value, expected);
}

/** @param orderOf NaN for what is no value of the type */
function checkRange(value: unknown, path: string, orderOf: (end: unknown) => number, expected: string): void {
  assertKeys(value, path, "{ from, to }", ["from", "to"]);
  const from = orderOf(value.from);
  const to = orderOf(value.to);
  if (Number.isNaN(from)) throw new InvalidInput(`${path}.from`, value.from, expected);
  if (Number.isNaN(to)) throw new InvalidInput(`${path}.to`, value.to, expected);
  if (to < from) throw new InvalidInput(`${path}.to`, value.to, "at or after the range's `from`");
}

function momentOf(value: unknown): number {
  return typeof value === "string" ? parseTime(value) : Number.NaN;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isMinor(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
