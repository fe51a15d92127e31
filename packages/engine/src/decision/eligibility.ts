/** Whether a product may be shown to a request at all, and if not, why. Asked for every candidate of a decision. */
import { offersIn, type Offer } from "../catalogue/offers.ts";
import type { Context } from "./context.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState } from "./state.ts";
import type { Strategy } from "./strategy.ts";

export type Refusal =
  | "inactive"
  | "not-sold-in-market"
  | "out-of-stock"
  | "excluded"
  | "in-cart"
  | "current-product"
  | "owned"
  | "not-owned"
  | "outside-price-range";

/** What a product would be shown as, or why it may not be shown. */
export type Eligibility = (product: number) => Offer | Refusal;

export function createEligibility(
  request: RecommendationRequest,
  context: Context,
  { owned: ownedPolicy }: Strategy,
  { catalogue }: DecisionState,
): Eligibility {
  const { minimum = 0, maximum = Infinity } = request.priceRange ?? {};
  const ruledOut = ruledOutBy(request, context, catalogue, ownedPolicy === "exclude");
  const owned = new Set(context.startingPoints.purchases);
  const offers = offersIn(catalogue, context.market);
  return (product) => {
    if (catalogue.products[product].active === false) return "inactive";
    const why = ruledOut.get(product);
    if (why !== undefined) return why;
    if (ownedPolicy === "only" && !owned.has(product)) return "not-owned";
    const offer = offers[product];
    if (!offer) return "not-sold-in-market";
    if (offer.availability === "out-of-stock") return "out-of-stock";
    return offer.price < minimum || offer.price > maximum ? "outside-price-range" : offer;
  };
}

/** Products that this request rules out by name; where several reasons hold, the first one stands. */
function ruledOutBy(
  { exclude = [] }: RecommendationRequest,
  { startingPoints: { cart, product: current, purchases } }: Context,
  { ids }: DecisionState["catalogue"],
  excludesOwned: boolean,
): Map<number, Refusal> {
  const ruledOut = new Map<number, Refusal>();
  function ruleOut(products: readonly (number | undefined)[], why: Refusal): void {
    for (const product of products) if (product !== undefined && !ruledOut.has(product)) ruledOut.set(product, why);
  }
  const excluded = exclude.map((id) => ids.indexOf(id));
  ruleOut(excluded, "excluded");
  ruleOut(cart, "in-cart");
  ruleOut(current, "current-product");
  if (excludesOwned) ruleOut(purchases, "owned");
  return ruledOut;
}
