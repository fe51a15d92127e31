/**
 * What a bundle is, as data: the fields that the API shows, and beside them what each kind needs (slots to mix and match,
 * tiers, a delivery interval, an occasion, a season). Nothing here decides anything.
 */
import type { Minor } from "../catalogue/money.ts";

/** How a bundle is put together. A gift set is one of these with an occasion, a seasonal bundle one with a season. */
export type BundleType = "static" | "dynamic" | "mix-match" | "tiered" | "subscription";

/** A product of a bundle. */
export interface BundleProduct {
  readonly productId: string;
  /** Units in one bundle, at least one. */
  readonly quantity: number;
  /** An optional product shares in the discount when it is there, and is not missed when it is not. */
  readonly required: boolean;
}

/** What the shopper saves. */
export interface BundleDiscount {
  readonly type: "percentage" | "fixed" | "free-shipping";
  /**
   * Percentage: 0 to 100 with at most two decimals, as Stripe's `percent_off`. Fixed: minor units off each bundle, in
   * the bundle's currency. Free shipping: not read, 0.
   */
  readonly value: number;
}

/** When the discount is given. What is left out does not matter. */
export interface BundleConditions {
  /** Units in the bundle. */
  readonly minQuantity?: number;
  /** Minor units, before the discount, in the bundle's currency. */
  readonly minValue?: Minor;
  readonly customerSegment?: string;
}

/** What has come of a bundle so far. */
export interface BundlePerformance {
  readonly views: number;
  readonly conversions: number;
  /** Minor units of the home market's currency. */
  readonly revenue: Minor;
}

/** A place in a mix-and-match bundle or gift set that some products can fill. */
export interface BundleSlot {
  readonly id: string;
  /** Products that may stand in it. One product may be a choice of several slots. */
  readonly choices: readonly string[];
  /** Units it needs. */
  readonly minimum: number;
  /** Units it takes, at least `minimum`. */
  readonly maximum: number;
}

/** One step of good, better, best. */
export interface BundleTier {
  /** What the shopper reads and `priceBundle` is asked for: "good". */
  readonly name: string;
  readonly products: readonly BundleProduct[];
  /** The bundle's own discount when left out. */
  readonly discount?: BundleDiscount;
}

/** How often a subscription comes. */
export interface DeliveryInterval {
  readonly unit: "day" | "week" | "month";
  /** Every so many of them, at least one. */
  readonly count: number;
}

/** Days on which a bundle is for sale, cut in a time zone. Both ends are inside. */
export interface Season {
  /** `MM-DD`, which comes every year, or `YYYY-MM-DD`. Both ends in the same form; `11-15` to `01-06` spans New Year. */
  readonly from: string;
  readonly to: string;
  /** IANA name; the market's own when left out. */
  readonly timeZone?: string;
}

/** A bundle of products. */
export interface Bundle {
  readonly id: string;
  readonly name: string;
  readonly type: BundleType;
  /** Of a mix-and-match bundle with slots and of a tiered one: every product that can be in it. */
  readonly products: readonly BundleProduct[];
  readonly discount: BundleDiscount;
  readonly conditions: BundleConditions;
  readonly performance: BundlePerformance;
  readonly active: boolean;
  /** RFC 3339. */
  readonly createdAt: string;
  /** RFC 3339. */
  readonly updatedAt: string;
  /** ISO 4217 of a fixed discount and of `minValue`; may be left out while the shop sells in one currency only. */
  readonly currency?: string;
  /** Of a mix-and-match bundle. Without them its products are the one slot, which needs `conditions.minQuantity` units. */
  readonly slots?: readonly BundleSlot[];
  /** Of a tiered bundle, cheapest first. */
  readonly tiers?: readonly BundleTier[];
  /** Of a subscription. */
  readonly interval?: DeliveryInterval;
  /** Makes it a gift set: "birthday". */
  readonly occasion?: string;
  readonly season?: Season;
}

/** A line of a cart that a bundle may be found in. */
export interface BundleLine {
  readonly productId: string;
  readonly variantId?: string;
  readonly quantity: number;
  /** Minor units of the market's currency. */
  readonly unitPrice: Minor;
  /** Minor units of the market's currency. Without it no margin can be stated. */
  readonly unitCost?: Minor;
  /** ISO 4217, to be held against the market's; taken on trust when left out. */
  readonly currency?: string;
}
