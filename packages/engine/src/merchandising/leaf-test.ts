/** What one comparison says of a value. The only place where operators have their meaning. */
import { parseTime } from "../history/time.ts";
import type { Existence, Leaf, MomentTest, NumberTest, Range } from "./condition.ts";
import type { Money } from "./facts.ts";

/** A field's value: categories are paths joined with " / ", moments milliseconds since 1970, UTC. */
export type FieldValue = string | number | boolean | Money | readonly string[];

/** @param at now, in milliseconds since 1970, UTC */
export type LeafTest = (value: FieldValue | undefined, at: number) => boolean;

const day = 86_400_000;

/**
 * Reads a comparison once, to ask it of many values.
 * @param leaf one that `assertCondition` has passed
 * @returns a test that is false of values that are unknown or of another type, negative operators aside
 */
export function createLeafTest(leaf: Leaf): LeafTest {
  if (leaf.operator === "exists") {
    const { value: wanted } = leaf;
    return (value) => isKnown(value) === wanted;
  }
  if ("currency" in leaf) return createMoneyTest(leaf);
  switch (leaf.operator) {
    case "is":
      return createEquality(leaf.value);
    case "isNot":
      return deny(createEquality(leaf.value));
    case "in":
      return createMembership(leaf.value);
    case "notIn":
      return deny(createMembership(leaf.value));
    case "startsWith":
      return createTextTest(leaf.value, (text, part) => text.startsWith(part));
    case "contains":
      return createTextTest(leaf.value, (text, part) => text.includes(part));
    case "hasAny":
      return createIntersection(leaf.value);
    case "hasNone":
      return deny(createIntersection(leaf.value));
    case "hasAll":
      return (value) => Array.isArray(value) && leaf.value.every((text) => value.includes(text));
    case "under":
      return createUnder(leaf.value.join(" / "));
    default:
      return createOrderTest(leaf);
  }
}

function isKnown(value: FieldValue | undefined): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0) && !Number.isNaN(value);
}

function deny(test: LeafTest): LeafTest {
  return (value, at) => !test(value, at);
}

/** A list is a category's path, or that of one of several. */
function createEquality(wanted: string | number | boolean | readonly string[]): LeafTest {
  if (typeof wanted !== "object") return (value) => value === wanted;
  const path = wanted.join(" / ");
  return (value) => (Array.isArray(value) ? value.includes(path) : value === path);
}

function createMembership(wanted: readonly string[]): LeafTest {
  const texts = new Set(wanted);
  return (value) => typeof value === "string" && texts.has(value);
}

function createTextTest(part: string, compare: (text: string, part: string) => boolean): LeafTest {
  const lower = part.toLowerCase();
  return (value) => typeof value === "string" && compare(value.toLowerCase(), lower);
}

function createIntersection(wanted: readonly string[]): LeafTest {
  const texts = new Set(wanted);
  return (value) => Array.isArray(value) && value.some((text) => texts.has(text));
}

function createUnder(path: string): LeafTest {
  const below = `${path} / `;
  const isUnder = (category: string): boolean => category === path || category.startsWith(below);
  return (value) => (Array.isArray(value) ? value.some(isUnder) : typeof value === "string" && isUnder(value));
}

type Bounds = (value: number) => boolean;

/** A comparison of numbers, without what the numbers are of. */
interface Comparison {
  readonly operator: "is" | "isNot" | "lessThan" | "atMost" | "moreThan" | "atLeast" | "between";
  readonly value: number | Range<number>;
}

function createBounds({ operator, value }: Comparison): Bounds {
  if (typeof value === "object") return (number) => number >= value.from && number <= value.to;
  switch (operator) {
    case "lessThan":
      return (number) => number < value;
    case "atMost":
      return (number) => number <= value;
    case "moreThan":
      return (number) => number > value;
    case "atLeast":
      return (number) => number >= value;
    default:
      return (number) => number === value;
  }
}

function createMoneyTest(leaf: Comparison & { readonly currency: string }): LeafTest {
  const { currency } = leaf;
  const holds = createBounds(leaf);
  const test: LeafTest = (value) =>
    typeof value === "object" && "amount" in value && value.currency === currency && holds(value.amount);
  return leaf.operator === "isNot" ? deny(test) : test;
}

type Ordered = Exclude<NumberTest | MomentTest, Existence>;

function createOrderTest(leaf: Ordered): LeafTest {
  switch (leaf.operator) {
    case "before":
    case "after": {
      const instant = parseTime(leaf.value);
      const isAfter = leaf.operator === "after";
      return (value) => typeof value === "number" && (isAfter ? value >= instant : value < instant);
    }
    case "newerThanDays":
      return (value, at) => typeof value === "number" && value > at - leaf.value * day;
    case "olderThanDays":
      return (value, at) => typeof value === "number" && value <= at - leaf.value * day;
    case "between": {
      const bounds = createBounds({ operator: "between", value: rangeOf(leaf.value) });
      return (value) => typeof value === "number" && bounds(value);
    }
    default: {
      const bounds = createBounds(leaf);
      return (value) => typeof value === "number" && bounds(value);
    }
  }
}

/** Numbers, or moments as their instants. */
function rangeOf({ from, to }: Range<number> | Range<string>): Range<number> {
  return { from: instantOf(from), to: instantOf(to) };
}

function instantOf(end: number | string): number {
  return typeof end === "string" ? parseTime(end) : end;
}
