/** What the matching rules want of one answer, with their quarrels settled by priority. */
import type { ProductSet } from "./product-sets.ts";

/** The wish of a rule that is about some products. */
interface OfProducts {
  /** Id of the rule. */
  readonly rule: string;
  readonly products: ProductSet;
}

export interface Multiplier extends OfProducts {
  readonly factor: number;
}

export interface ProductFilter extends OfProducts {
  readonly show: "only" | "never";
}

export interface PinnedProduct {
  readonly rule: string;
  /** Catalogue index. */
  readonly product: number;
  /** From 1. No other pin has it. */
  readonly position: number;
}

export interface ProductCap extends Partial<OfProducts> {
  readonly rule: string;
  readonly per?: "brand" | "category";
  readonly most: number;
}

export interface AttachedOffer extends Partial<OfProducts> {
  readonly rule: string;
  readonly offer: string;
}

/** What rules want of one answer. Each part names its rule, for the explanation. */
export interface Directives {
  readonly strategy?: { readonly rule: string; readonly id: string };
  readonly multipliers: readonly Multiplier[];
  readonly filters: readonly ProductFilter[];
  /** By position. */
  readonly pins: readonly PinnedProduct[];
  readonly caps: readonly ProductCap[];
  readonly offers: readonly AttachedOffer[];
  /** The product of all boosts and buries of a product; 1 when there are none. */
  factorOf(product: number): number;
  /** Id of the first rule that leaves a product out; undefined when it may be shown. */
  refusalOf(product: number): string | undefined;
}
