/** Rules in plain words, for merchants and for explanations: "when the cart's value is at least 40.00 EUR". */
import { currencyExponent, toMajor } from "../catalogue/money.ts";
import type { Action } from "./action.ts";
import type { Condition, Leaf } from "./condition.ts";
import { fieldDefinition, type Field } from "./field.ts";
import type { FieldValue } from "./leaf-test.ts";
import type { MerchandisingRule } from "./rule.ts";
import type { Schedule, WeeklyWindow } from "./schedule.ts";

/**
 * @returns one sentence: when, where and what
 * @example
 * ruleWords(rule); // "When the cart's value is at least 40.00 EUR, on cart: pin mug to place 1."
 */
export function ruleWords({ when, placements, schedule, actions }: MerchandisingRule): string {
  const isAlways = "all" in when && when.all.length === 0;
  const parts = [isAlways ? "always" : `when ${conditionWords(when)}`];
  if (placements) parts.push(`on ${listWords(placements, "or")}`);
  if (schedule) parts.push(scheduleWords(schedule));
  const sentence = `${parts.join(", ")}: ${actions.map(actionWords).join("; ")}.`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/**
 * @example
 * conditionWords({ field: "cart.units", operator: "moreThan", value: 2 }); // "the number of units in the cart is more than 2"
 */
export function conditionWords(condition: Condition): string {
  if ("all" in condition) return condition.all.length === 0 ? "always" : joinParts(condition.all, "and");
  if ("any" in condition) return joinParts(condition.any, "or");
  if ("not" in condition) return `not (${conditionWords(condition.not)})`;
  return `${fieldWords(condition.field)} ${comparisonWords(condition)}`;
}

/** The words for a field: "the cart's value". */
function fieldWords(field: Field): string {
  return fieldDefinition(field)?.words ?? field;
}

function joinParts(parts: readonly Condition[], conjunction: "and" | "or"): string {
  const inner = parts.map((part) => {
    const isMixed = conjunction === "and" ? "any" in part && part.any.length > 1 : "all" in part && part.all.length > 1;
    return isMixed ? `(${conditionWords(part)})` : conditionWords(part);
  });
  return inner.join(` ${conjunction} `);
}

/** The words for sets in the plural: "the customer's tags include". */
function isPlural(field: Field): boolean {
  const kind = fieldDefinition(field)?.kind;
  return kind === "categories" || (kind === "strings" && !field.includes(".attributes."));
}

const comparisons: Readonly<Record<Leaf["operator"], string>> = {
  is: "is",
  isNot: "is not",
  in: "is one of",
  notIn: "is none of",
  startsWith: "begins with",
  contains: "contains",
  lessThan: "is less than",
  atMost: "is at most",
  moreThan: "is more than",
  atLeast: "is at least",
  between: "is between",
  before: "is before",
  after: "is not before",
  newerThanDays: "is newer than",
  olderThanDays: "is at least as old as",
  hasAny: "includes",
  hasAll: "includes all of",
  hasNone: "includes none of",
  under: "is under",
  exists: "is known",
};

const pluralComparisons: Partial<Record<Leaf["operator"], string>> = {
  is: "include",
  under: "include something under",
  hasAny: "include",
  hasAll: "include all of",
  hasNone: "include none of",
};

/** What a comparison asks, without the field: "is at least 40.00 EUR". */
function comparisonWords(leaf: Leaf): string {
  const { field, operator, value } = leaf;
  const plural = isPlural(field);
  if (operator === "exists") return `${plural ? "are" : "is"} ${value ? "known" : "not known"}`;
  const verb = (plural ? pluralComparisons[operator] : undefined) ?? comparisons[operator];
  if (operator === "newerThanDays" || operator === "olderThanDays") return `${verb} ${String(value)} days`;
  const currency = "currency" in leaf ? leaf.currency : undefined;
  if (typeof value === "object" && "from" in value) {
    return `${verb} ${endWords(value.from, currency)} and ${endWords(value.to, currency)}`;
  }
  if (typeof value !== "object") return `${verb} ${endWords(value, currency)}`;
  const isPath = operator === "is" || operator === "under";
  return `${verb} ${isPath ? value.join(" / ") : listWords(value, operator === "hasAll" ? "and" : "or")}`;
}

function endWords(end: string | number | boolean, currency: string | undefined): string {
  return typeof end === "number" && currency !== undefined ? moneyWords(end, currency) : String(end);
}

function moneyWords(amount: number, currency: string): string {
  return `${toMajor(amount, currency).toFixed(currencyExponent(currency))} ${currency}`;
}

/** What a field is: "the cart's value is 35.00 EUR". */
export function factWords(field: Field, value: FieldValue | undefined): string {
  return `${fieldWords(field)} ${isPlural(field) ? "are" : "is"} ${valueWords(field, value)}`;
}

function valueWords(field: Field, value: FieldValue | undefined): string {
  if (value === undefined) return "not known";
  if (typeof value === "number") {
    return fieldDefinition(field)?.kind === "moment" ? new Date(value).toISOString() : String(value);
  }
  if (typeof value !== "object") return String(value);
  if ("amount" in value) return moneyWords(value.amount, value.currency);
  return value.length === 0 ? "none" : listWords(value, "and");
}

/** "a, b or c"; no more than ten of them. */
function listWords(texts: readonly string[], conjunction: "and" | "or"): string {
  const shown = texts.length > 10 ? [...texts.slice(0, 9), `${texts.length - 9} more`] : texts;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} ${conjunction} ${shown[shown.length - 1]}`;
}

/**
 * @example
 * actionWords({ type: "pin", product: "mug", position: 1 }); // "pin mug to place 1"
 */
export function actionWords(action: Action): string {
  const products = "products" in action && action.products ? productsWords(action.products) : "all products";
  switch (action.type) {
    case "boost":
    case "bury":
      return `${action.type} ${products} by a factor of ${action.factor}`;
    case "pin":
      return `pin ${action.product} to place ${action.position}`;
    case "filter":
      return action.show === "only" ? `show only ${products}` : `never show ${products}`;
    case "replace-strategy":
      return `use the strategy ${action.strategy}`;
    case "attach-offer":
      return action.products ? `attach the offer ${action.offer} to ${products}` : `attach the offer ${action.offer}`;
    case "cap":
      return `show at most ${action.most} of ${products}${action.per ? ` of each ${action.per}` : ""}`;
  }
}

function productsWords(condition: Condition): string {
  if ("all" in condition && condition.all.length === 0) return "all products";
  return `products where ${conditionWords(condition)}`;
}

/**
 * @example
 * scheduleWords({ until: "2026-12-01T00:00:00Z" }); // "until 2026-12-01T00:00:00Z"
 */
export function scheduleWords({ from, until, timeZone, weekly, yearly }: Schedule): string {
  const parts: string[] = [];
  if (from !== undefined) parts.push(`from ${from}`);
  if (until !== undefined) parts.push(`until ${until}`);
  if (weekly) parts.push(weekly.map(windowWords).join(" or "));
  if (yearly) parts.push(yearly.map((season) => `each year from ${season.from} to ${season.to}`).join(" or "));
  const zone = timeZone !== undefined && (weekly || yearly) ? ` (${timeZone})` : "";
  return parts.length === 0 ? "at all times" : `${parts.join(", ")}${zone}`;
}

function windowWords({ days, from = "00:00", to = "24:00" }: WeeklyWindow): string {
  const names = days.map((name) => name.charAt(0).toUpperCase() + name.slice(1));
  const isAllDay = from === "00:00" && to === "24:00";
  return `on ${listWords(names, "and")}${isAllDay ? "" : ` from ${from} to ${to}`}`;
}
