/**
 * Step 4, constrain: what may be shown at all. Runs on live catalogue data after every cache and every model, and
 * says why something was left out. Tops up from popular products, then from the catalogue, when too little remains.
 */
import { availabilityOf, offerOf, type Availability } from "../catalogue/catalogue.ts";
import type { Minor } from "../catalogue/money.ts";
import type { Variant } from "../catalogue/product.ts";
import type { Context } from "./context.ts";
import type { RankedCandidate } from "./rank.ts";
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

/** A candidate that may be shown, with what it is shown as. */
export interface EligibleCandidate extends RankedCandidate {
  readonly variant: Variant;
  readonly price: Minor;
  readonly availability: Availability;
}

export interface Constrained {
  readonly pool: readonly EligibleCandidate[];
  readonly refused: readonly { readonly product: number; readonly why: Refusal }[];
  /** How many of the pool came from topping up. */
  readonly filled: number;
}

/** Keeps the eligible candidates and, where the strategy says so, fills up to `limit`. */
export function constrain(
  ranked: readonly RankedCandidate[],
  request: RecommendationRequest,
  context: Context,
  strategy: Strategy,
  state: DecisionState,
  limit: number,
): Constrained {
  const check = createEligibility(request, context, strategy, state);
  const pool: EligibleCandidate[] = [];
  const refused: { product: number; why: Refusal }[] = [];
  for (const candidate of ranked) {
    const verdict = check(candidate.product);
    if (typeof verdict === "string") refused.push({ product: candidate.product, why: verdict });
    else pool.push(shownAs(candidate, verdict));
  }
  if (strategy.whenShort === "evidence" || pool.length >= limit) return { pool, refused, filled: 0 };

  const filling = fill(new Set(ranked.map(({ product }) => product)), check, state, limit - pool.length);
  return {
    pool: [...pool, ...filling].toSorted((a, b) => a.product - b.product),
    refused,
    filled: filling.length,
  };
}

/** Written out, because spreading hundreds of candidates is most of what this step would cost. */
function shownAs({ product, relevance, signals }: RankedCandidate, offer: Offer): EligibleCandidate {
  const { variant, price, availability } = offer;
  return { product, relevance, signals, variant, price, availability };
}

type Offer = Pick<EligibleCandidate, "variant" | "price" | "availability">;

function createEligibility(
  { exclude = [], priceRange = {} }: RecommendationRequest,
  { market, startingPoints }: Context,
  { owned: ownedPolicy }: Strategy,
  { catalogue }: DecisionState,
): (product: number) => Offer | Refusal {
  const excluded = new Set(exclude);
  const inCart = new Set(startingPoints.cart);
  const owned = new Set(startingPoints.purchases);
  const current = new Set(startingPoints.product);
  const { minimum = 0, maximum = Infinity } = priceRange;
  return (index) => {
    const product = catalogue.products[index];
    if (product.active === false) return "inactive";
    if (excluded.has(product.id)) return "excluded";
    if (inCart.has(index)) return "in-cart";
    if (current.has(index)) return "current-product";
    if (ownedPolicy === "exclude" && owned.has(index)) return "owned";
    if (ownedPolicy === "only" && !owned.has(index)) return "not-owned";
    const offer = offerOf(product, market);
    if (!offer) return "not-sold-in-market";
    const availability = availabilityOf(product);
    if (availability === "out-of-stock") return "out-of-stock";
    if (offer.price < minimum || offer.price > maximum) return "outside-price-range";
    return { variant: offer.variant, price: offer.price, availability };
  };
}

/** Popular products first, then the rest of the catalogue, so that an answer is full while anything is eligible. */
function fill(
  known: Set<number>,
  check: (product: number) => Offer | Refusal,
  { sources, catalogue }: DecisionState,
  wanted: number,
): EligibleCandidate[] {
  const filling: EligibleCandidate[] = [];
  function offer(product: number): void {
    if (known.has(product)) return;
    known.add(product);
    const verdict = check(product);
    if (typeof verdict === "string") return;
    // Below every ranked candidate, and in the order found.
    filling.push(shownAs({ product, relevance: -(filling.length + 1) * 1e-6, signals: [] }, verdict));
  }
  const popular = sources.get("popularity")?.model.recommend({ history: [] }, catalogue.products.length);
  for (const product of popular?.products ?? []) {
    if (filling.length === wanted) return filling;
    offer(product);
  }
  for (let product = 0; product < catalogue.products.length && filling.length < wanted; product++) offer(product);
  return filling;
}
