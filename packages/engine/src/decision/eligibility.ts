/** Whether a product may be shown to a request at all, and if not, why. Asked for every candidate of a decision. */
import type { RestrictionObstacle } from "../catalogue/restrictions.ts";
import { obstacles, shelfOf, type Obstacle } from "../catalogue/shelf.ts";
import type { Context } from "./context.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState } from "./state.ts";
import type { Strategy } from "./strategy.ts";

export type Refusal =
  | Obstacle
  | RestrictionObstacle
  | "excluded"
  | "in-cart"
  | "current-product"
  | "owned"
  | "not-owned"
  | "outside-price-range"
  | "margin-unknown"
  | "below-minimum-margin"
  | "left-out-by-rule";

/** Says why a product may not be shown; undefined when it may. */
export type Eligibility = (product: number) => Refusal | undefined;

/**
 * Prepares the check of one request.
 * @param more what else has to hold; asked last
 */
export function createEligibility(
  request: RecommendationRequest,
  context: Context,
  { owned: ownedPolicy }: Strategy,
  { catalogue }: DecisionState,
  more?: Eligibility,
): Eligibility {
  const { minimum = 0, maximum = Infinity } = request.priceRange ?? {};
  // Prices lie scattered over the whole catalogue: nobody looks where any will do.
  const isBounded = request.priceRange !== undefined;
  const ruledOut = ruledOutBy(request, context, catalogue, ownedPolicy === "exclude");
  const owned = new Set(context.startingPoints.purchases);
  const { obstacle, price } = shelfOf(catalogue, context.market);
  return (product) => {
    const inTheWay = obstacles[obstacle[product]];
    if (inTheWay === "inactive") return inTheWay;
    const why = ruledOut.get(product);
    if (why !== undefined) return why;
    if (ownedPolicy === "only" && !owned.has(product)) return "not-owned";
    if (inTheWay !== undefined) return inTheWay;
    if (isBounded && (price[product] < minimum || price[product] > maximum)) return "outside-price-range";
    return more?.(product);
  };
}

/** Products that this request rules out by name; where several reasons hold, the first one stands. */
function ruledOutBy(
  { exclude }: RecommendationRequest,
  { startingPoints: { cart, product: current, purchases } }: Context,
  { ids }: DecisionState["catalogue"],
  excludesOwned: boolean,
): Map<number, Refusal> {
  const ruledOut = new Map<number, Refusal>();
  function ruleOut(products: readonly (number | undefined)[], why: Refusal): void {
    for (const product of products) if (product !== undefined && !ruledOut.has(product)) ruledOut.set(product, why);
  }
  const excluded = (exclude ?? []).map((id) => ids.indexOf(id));
  ruleOut(excluded, "excluded");
  ruleOut(cart, "in-cart");
  ruleOut(current, "current-product");
  if (excludesOwned) ruleOut(purchases, "owned");
  return ruledOut;
}
