/** What is asked for on every page, and what it may know: the seam between shoppers and what is tried on them. */
import type { RecommendationRequest } from "../../decision/request.ts";

/**
 * Answers one page with product ids, best first. What a real engine could not know is in `insight`, for oracles alone.
 * @example
 * const policy: ShopperPolicy = (request) => engine.recommend(request).recommendedProducts;
 */
export type ShopperPolicy = (request: RecommendationRequest, insight: ShopperInsight) => readonly string[];

/** What is true of the shopper who asks, at this very moment. */
export interface ShopperInsight {
  /** Product ids of the shop. */
  readonly productIds: readonly string[];
  /** Revenue in minor units that a look at each product in a strip would add to the cart on average. */
  expectedRevenue(): Float64Array;
}
