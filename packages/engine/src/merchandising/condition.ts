/**
 * Conditions as a tree of plain JSON. A leaf compares one field with a value; the field's type says how. The types make
 * wrong trees hard to write; `assertCondition` finds them in what came as JSON.
 *
 * A leaf about something unknown (no customer, no such attribute, a price in another currency) does not hold. The
 * operators `isNot`, `notIn` and `hasNone` deny `is`, `in` and `hasAny`, so they do hold then, as `not` does.
 */
import type { Minor } from "../catalogue/money.ts";
import type { CustomerField, Field, FieldKind, FieldOf, ProductField } from "./field.ts";

/** Whether the field is known at all; a set or list is when it holds something. */
export interface Existence {
  readonly operator: "exists";
  readonly value: boolean;
}

/** `is` and `in` heed capitals, `startsWith` and `contains` do not. */
export type TextTest =
  | { readonly operator: "is" | "isNot" | "startsWith" | "contains"; readonly value: string }
  | { readonly operator: "in" | "notIn"; readonly value: readonly string[] }
  | Existence;

/** Both ends included. */
export interface Range<Value> {
  readonly from: Value;
  readonly to: Value;
}

type Comparison = "is" | "isNot" | "lessThan" | "atMost" | "moreThan" | "atLeast";

export type NumberTest =
  | { readonly operator: Comparison; readonly value: number }
  | { readonly operator: "between"; readonly value: Range<number> }
  | Existence;

/** Amounts in minor units of `currency`; an amount in another currency is no match. */
export type MoneyTest =
  | { readonly operator: Comparison; readonly value: Minor; readonly currency: string }
  | { readonly operator: "between"; readonly value: Range<Minor>; readonly currency: string }
  | Existence;

export type BooleanTest = { readonly operator: "is"; readonly value: boolean } | Existence;

/**
 * Instants are RFC 3339. `before` leaves its instant out, `after` takes it in, so that one day's `after` and the next
 * day's `before` make a day. The operators with `Days` count 24 hours a day back from now.
 */
export type MomentTest =
  | { readonly operator: "before" | "after"; readonly value: string }
  | { readonly operator: "between"; readonly value: Range<string> }
  | { readonly operator: "newerThanDays" | "olderThanDays"; readonly value: number }
  | Existence;

export type StringsTest =
  | { readonly operator: "hasAny" | "hasAll" | "hasNone"; readonly value: readonly string[] }
  | Existence;

/** Paths from the root down. `under` takes the category itself in. Of several categories one is enough. */
export type CategoryTest = { readonly operator: "is" | "under"; readonly value: readonly string[] } | Existence;

interface Tests {
  readonly text: TextTest;
  readonly number: NumberTest;
  readonly money: MoneyTest;
  readonly boolean: BooleanTest;
  readonly moment: MomentTest;
  readonly strings: StringsTest;
  readonly category: CategoryTest;
  readonly categories: CategoryTest;
}

/** A comparison of one field. */
export type Leaf<Fields extends Field = Field> = {
  [Kind in FieldKind]: { readonly field: Extract<FieldOf<Kind>, Fields> } & Tests[Kind];
}[FieldKind];

/** `{ all: [] }` always holds. */
export type Tree<Fields extends Field> =
  | { readonly all: readonly Tree<Fields>[] }
  | { readonly any: readonly Tree<Fields>[] }
  | { readonly not: Tree<Fields> }
  | Leaf<Fields>;

/**
 * When a rule applies.
 * @example
 * const when: Condition = {
 *   all: [
 *     { field: "cart.value", operator: "atLeast", value: 4000, currency: "EUR" },
 *     { not: { field: "customer.tags", operator: "hasAny", value: ["wholesale"] } },
 *   ],
 * };
 */
export type Condition = Tree<Field>;

/** Which products an action is about. */
export type ProductCondition = Tree<ProductField>;

/** Which customers a segment holds. */
export type CustomerCondition = Tree<CustomerField>;

/** The condition that always holds. */
export const always: { readonly all: readonly never[] } = { all: [] };

/** The operators of each type, in the order in which a form would offer them. */
export const operators: { readonly [Kind in FieldKind]: readonly Tests[Kind]["operator"][] } = {
  text: ["is", "isNot", "in", "notIn", "startsWith", "contains", "exists"],
  number: ["is", "isNot", "lessThan", "atMost", "moreThan", "atLeast", "between", "exists"],
  money: ["is", "isNot", "lessThan", "atMost", "moreThan", "atLeast", "between", "exists"],
  boolean: ["is", "exists"],
  moment: ["before", "after", "between", "newerThanDays", "olderThanDays", "exists"],
  strings: ["hasAny", "hasAll", "hasNone", "exists"],
  category: ["is", "under", "exists"],
  categories: ["is", "under", "exists"],
};
