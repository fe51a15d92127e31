/**
 * What a condition may ask about: every field by name, with its type, its range and the words for it. A field that is
 * not here does not exist. Fields of `attributes` are open: the shop names them, and each holds a set of strings.
 */

/** Of what type a field is; it decides which operators the field knows. */
export type FieldKind = "text" | "number" | "money" | "boolean" | "moment" | "strings" | "category" | "categories";

/** What is known of a field. */
export interface FieldDefinition {
  readonly kind: FieldKind;
  /** As it stands in a sentence: "the cart's value". */
  readonly words: string;
  /** Takes whole numbers only. */
  readonly integer?: true;
  /** Least value the field can have. */
  readonly minimum?: number;
  /** Greatest value the field can have. */
  readonly maximum?: number;
  /** All values the field can have. */
  readonly values?: readonly string[];
}

/** The days of the week as conditions and schedules name them, from Monday on. */
export const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
/** A day of the week. */
export type Weekday = (typeof weekdays)[number];

const count = { kind: "number", integer: true, minimum: 0 } as const;
const score = { kind: "number", integer: true, minimum: 1, maximum: 5 } as const;
const amount = { kind: "money", integer: true, minimum: 0 } as const;

/** All fields with a name of their own. In `when`, `product` is the one the page is about; in actions, each candidate. */
export const fields = {
  "product.id": { kind: "text", words: "the product" },
  "product.title": { kind: "text", words: "the product's title" },
  "product.brand": { kind: "text", words: "the product's brand" },
  "product.category": { kind: "category", words: "the product's category" },
  "product.price": { ...amount, words: "the product's price" },
  "product.marginRate": { kind: "number", minimum: 0, maximum: 1, words: "the product's margin rate" },
  "product.stock": { ...count, words: "the product's stock" },
  "product.availability": {
    kind: "text",
    values: ["in-stock", "low", "out-of-stock"],
    words: "the product's availability",
  },
  "product.publishedAt": { kind: "moment", words: "the product's publication" },
  "cart.value": { ...amount, words: "the cart's value" },
  "cart.units": { ...count, words: "the number of units in the cart" },
  "cart.lines": { ...count, words: "the number of lines in the cart" },
  "cart.products": { kind: "strings", words: "the products in the cart" },
  "cart.brands": { kind: "strings", words: "the brands in the cart" },
  "cart.categories": { kind: "categories", words: "the categories in the cart" },
  "customer.id": { kind: "text", words: "the customer" },
  "customer.orders": { ...count, words: "the customer's number of orders" },
  "customer.spent": { ...amount, words: "what the customer has spent" },
  "customer.averageOrder": { ...amount, words: "the customer's average order" },
  "customer.firstOrderAt": { kind: "moment", words: "the customer's first order" },
  "customer.lastOrderAt": { kind: "moment", words: "the customer's last order" },
  "customer.products": { kind: "strings", words: "the products the customer has bought" },
  "customer.segments": { kind: "strings", words: "the customer's segments" },
  "customer.tags": { kind: "strings", words: "the customer's tags" },
  "customer.rfmSegment": { kind: "text", words: "the customer's RFM segment" },
  "customer.recencyScore": { ...score, words: "the customer's recency score" },
  "customer.frequencyScore": { ...score, words: "the customer's frequency score" },
  "customer.monetaryScore": { ...score, words: "the customer's monetary score" },
  "session.products": { kind: "strings", words: "the products looked at in this visit" },
  "session.pageViews": { ...count, words: "the number of pages seen in this visit" },
  "session.seconds": { kind: "number", minimum: 0, words: "the length of this visit in seconds" },
  "session.visit": { kind: "number", integer: true, minimum: 1, words: "the number of this visit" },
  "session.search": { kind: "text", words: "the search" },
  "session.referrer": { kind: "text", words: "the page the visitor came from" },
  "session.campaign": { kind: "text", words: "the campaign the visitor came from" },
  "session.landingPath": { kind: "text", words: "the page the visit began on" },
  "context.placement": { kind: "text", words: "the placement" },
  "context.market": { kind: "text", words: "the market" },
  "context.country": { kind: "text", words: "the country" },
  "context.currency": { kind: "text", words: "the currency" },
  "context.locale": { kind: "text", words: "the language" },
  "context.device": { kind: "text", words: "the device" },
  "context.consented": { kind: "boolean", words: "the visitor's consent" },
  "time.now": { kind: "moment", words: "the time" },
  "time.hour": { kind: "number", integer: true, minimum: 0, maximum: 23, words: "the hour of the day" },
  "time.weekday": { kind: "text", values: weekdays, words: "the day of the week" },
  "time.dayOfMonth": { kind: "number", integer: true, minimum: 1, maximum: 31, words: "the day of the month" },
  "time.month": { kind: "number", integer: true, minimum: 1, maximum: 12, words: "the month" },
} as const satisfies Readonly<Record<string, FieldDefinition>>;

/** A field with a name of its own. */
export type NamedField = keyof typeof fields;
/** A field the shop named itself. */
export type OpenField = `${"product" | "customer" | "context"}.attributes.${string}`;
/** Anything a condition may ask about. */
export type Field = NamedField | OpenField;
/** What conditions inside actions may ask about. */
export type ProductField = Extract<Field, `product.${string}`>;
/** What the conditions of segments may ask about. */
export type CustomerField = Exclude<Extract<Field, `customer.${string}`>, "customer.segments">;

/** The fields of a type. */
export type FieldOf<Kind extends FieldKind> =
  | { [Name in NamedField]: (typeof fields)[Name]["kind"] extends Kind ? Name : never }[NamedField]
  | ("strings" extends Kind ? OpenField : never);

const openField = /^(product|customer|context)\.attributes\.(.+)$/;
const named: ReadonlyMap<string, FieldDefinition> = new Map(Object.entries(fields));

/**
 * @returns what is known of a field; undefined when there is none of this name
 * @example
 * fieldDefinition("cart.value")?.kind; // "money"
 */
export function fieldDefinition(field: string): FieldDefinition | undefined {
  const known = named.get(field);
  if (known) return known;
  const open = openField.exec(field);
  return open ? { kind: "strings", words: `the ${open[1]}'s ${open[2]}` } : undefined;
}

/** @returns the name of an open field's attribute: "colour" of `product.attributes.colour` */
export function attributeOf(field: string): string | undefined {
  return openField.exec(field)?.[2];
}
