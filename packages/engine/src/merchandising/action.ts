/** What a rule does when it matches. Plain JSON. */
import type { ProductCondition } from "./condition.ts";

/** Multiplies the score of products: above 1 they rise. Boosts and buries of several rules multiply. */
export interface Boost {
  readonly type: "boost";
  readonly products: ProductCondition;
  /** Above 1. */
  readonly factor: number;
}

/** Multiplies the score of products by less than 1, so that they sink. */
export interface Bury {
  readonly type: "bury";
  readonly products: ProductCondition;
  /** Above 0 and below 1; to leave products out altogether, filter them. */
  readonly factor: number;
}

/** Puts a product into a place, if it may be shown at all. Of two pins to one place the higher priority wins. */
export interface Pin {
  readonly type: "pin";
  readonly product: string;
  /** From 1. */
  readonly position: number;
}

/** Leaves products out, or all others. Filters of several rules all hold. */
export interface Filter {
  readonly type: "filter";
  readonly products: ProductCondition;
  readonly show: "only" | "never";
}

/** Makes the answer by another strategy. Of several the highest priority wins. */
export interface ReplaceStrategy {
  readonly type: "replace-strategy";
  readonly strategy: string;
}

/** Shows an offer of the shop beside these products, or beside the whole answer when no products are named. */
export interface AttachOffer {
  readonly type: "attach-offer";
  readonly offer: string;
  readonly products?: ProductCondition;
}

/** At most so many of these products (all when left out) in an answer, in all or of each brand or category. */
export interface Cap {
  readonly type: "cap";
  readonly products?: ProductCondition;
  readonly per?: "brand" | "category";
  /** Zero or more. */
  readonly most: number;
}

export type Action = Boost | Bury | Pin | Filter | ReplaceStrategy | AttachOffer | Cap;

/** All types of actions, in the order in which a form would offer them. */
export const actionTypes: readonly Action["type"][] = [
  "boost",
  "bury",
  "pin",
  "filter",
  "replace-strategy",
  "attach-offer",
  "cap",
];
