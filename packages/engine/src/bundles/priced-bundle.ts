/** The result of pricing: plain data. */
import type { Minor } from "../catalogue/money.ts";

/** One line with its part of the discount. */
export interface PricedLine {
  readonly productId: string;
  readonly variantId?: string;
  readonly quantity: number;
  /** Units of it that are in the bundle; the others keep their price. */
  readonly bundledQuantity: number;
  /** All units before the discount. */
  readonly subtotal: Minor;
  readonly discount: Minor;
  readonly total: Minor;
}

/** Why a bundle is not given, or why the discount is not the promised one. */
export type PriceReason = "incomplete" | "segment" | "minimum-quantity" | "minimum-value" | "floor";

/** A priced bundle. Amounts are minor units of `currency`. */
export interface PricedBundle {
  readonly currency: string;
  /** Whole bundles the lines hold; a mix-and-match bundle is found once. */
  readonly sets: number;
  /** Whether the conditions hold, so that the discount is given. */
  readonly applies: boolean;
  readonly lines: readonly PricedLine[];
  /** Of all lines, before the discount. */
  readonly subtotal: Minor;
  /** What the bundle promises on its units. */
  readonly promised: Minor;
  /** What is given: never more than promised, and the sum over the lines. */
  readonly discount: Minor;
  readonly total: Minor;
  readonly isShippingFree: boolean;
  /** What the shopper saves in all, free shipping included. */
  readonly saving: Minor;
  /** Whether a floor kept the discount below what is promised. */
  readonly isAtFloor: boolean;
  /** Total minus costs of goods and, where it is given, of shipping; absent when a line has no cost. For the merchant only. */
  readonly margin?: Minor;
  readonly reasons: readonly PriceReason[];
  /** In words, without figures that are not the shopper's to know. */
  readonly explanation: string;
}
