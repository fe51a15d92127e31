/** Orders and interactions as a shop writes them down. */
import type { Minor } from "../catalogue/money.ts";

/** One product of an order. */
export interface OrderLine {
  readonly productId: string;
  readonly variantId?: string;
  /** Units ordered, a positive integer. */
  readonly quantity: number;
  /** Price of one unit before discount, in minor units of the order's currency. */
  readonly unitPrice: Minor;
  /** Discount on the whole line, in minor units. */
  readonly discount?: Minor;
  /** Never shipped: the line does not count, neither as money nor as evidence. */
  readonly cancelled?: boolean;
  /** Units sent back. Evidence keeps the line, flagged. */
  readonly returnedQuantity?: number;
  /** Money given back for the line, in minor units. */
  readonly refunded?: Minor;
}

/** One purchase, vouched for by the shop. */
export interface Order {
  readonly id: string;
  /** RFC 3339. */
  readonly placedAt: string;
  readonly customerId?: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly lines: readonly OrderLine[];
}

/** What a visitor did with a product. */
export type InteractionKind = "view" | "click" | "cart" | "purchase";

/** One thing a visitor did. */
export interface Interaction {
  readonly visitorId: string;
  readonly productId: string;
  readonly kind: InteractionKind;
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly userAgent?: string;
}
