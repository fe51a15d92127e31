/** The answer a page gets: the recommendation, its items with reasons, and the receipt beside it. */
import type { Availability } from "../catalogue/catalogue.ts";
import type { Minor } from "../catalogue/money.ts";
import type { ItemExplanation } from "./explain.ts";
import type { Receipt, Status } from "./receipt.ts";

/** One product of an answer, ready to be shown. */
export interface RecommendationItem extends ItemExplanation {
  readonly productId: string;
  readonly variantId: string;
  readonly title: string;
  /** First position is 0. */
  readonly position: number;
  readonly score: number;
  readonly propensity: number;
  /** In minor units of `currency`. */
  readonly price: Minor;
  readonly currency: string;
  readonly availability: Availability;
}

/** One answer to one request. */
export interface Recommendation {
  readonly id: string;
  readonly type: "upsell" | "cross-sell" | "bundle" | "accessory";
  /** The product the page was about; empty when it was about none. */
  readonly sourceProduct: string;
  readonly recommendedProducts: readonly string[];
  /** Score of the first item; 0 when there is none. */
  readonly score: number;
  /** Share of the slate's score that rests on the shopper's own products rather than on what everybody buys, 0 to 1. */
  readonly confidence: number;
  /** Reason of the first item, or why there is none. */
  readonly reasoning: string;
  /** The loudest source of the first item. */
  readonly model: string;
  readonly context: { readonly customerId?: string; readonly visitorId?: string; readonly placement: string };
  /** RFC 3339. */
  readonly createdAt: string;
  readonly status: Status;
  readonly items: readonly RecommendationItem[];
  readonly receipt: Receipt;
  /** Offers of the shop to show beside it, by the merchant's rules; absent where there are none. */
  readonly offers?: readonly AttachedOffer[];
}

/** An offer of the shop beside an answer. */
export interface AttachedOffer {
  readonly offer: string;
  /** Products of the answer that it is about; all of it, when left out. */
  readonly products?: readonly string[];
}
