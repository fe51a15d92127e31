/**
 * Step 4, constrain: what may be shown at all. Runs on live catalogue data after every cache and every model, and
 * says why something was left out. Tops up from popular products, then from the catalogue, when too little remains.
 */
import type { Offer } from "../catalogue/offers.ts";
import type { Context } from "./context.ts";
import { createEligibility, type Eligibility, type Refusal } from "./eligibility.ts";
import type { Pool } from "./rank.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState } from "./state.ts";
import type { Strategy } from "./strategy.ts";

/** Candidates that may be shown, with what each is shown as. */
export interface EligiblePool extends Pool {
  readonly offers: readonly Offer[];
}

export interface Constrained {
  readonly pool: EligiblePool;
  readonly refused: readonly { readonly product: number; readonly why: Refusal }[];
  /** How many of the pool came from topping up. */
  readonly filled: number;
}

/** Keeps the eligible candidates and, where the strategy says so, fills up to `limit`. */
export function constrain(
  ranked: Pool,
  request: RecommendationRequest,
  context: Context,
  strategy: Strategy,
  state: DecisionState,
  limit: number,
): Constrained {
  const eligibility = createEligibility(request, context, strategy, state);
  const { pool, refused } = keepEligible(ranked, eligibility);
  const wanted = limit - pool.products.length;
  if (strategy.whenShort === "evidence" || wanted <= 0) return { pool, refused, filled: 0 };

  const filling = fillingFor(ranked, eligibility, state, wanted);
  return { pool: withFilling(pool, filling), refused, filled: filling.length };
}

function keepEligible({ products, relevance }: Pool, eligibility: Eligibility): Omit<Constrained, "filled"> {
  const refused: { product: number; why: Refusal }[] = [];
  const kept = new Uint32Array(products.length);
  const keptRelevance = new Float64Array(products.length);
  const offers: Offer[] = [];
  for (let place = 0; place < products.length; place++) {
    const verdict = eligibility(products[place]);
    if (typeof verdict === "string") refused.push({ product: products[place], why: verdict });
    else {
      kept[offers.length] = products[place];
      keptRelevance[offers.length] = relevance[place];
      offers.push(verdict);
    }
  }
  const { length } = offers;
  return { pool: { products: kept.slice(0, length), relevance: keptRelevance.slice(0, length), offers }, refused };
}

/** A product that nobody proposed, to fill a place with. */
interface Filling {
  readonly product: number;
  readonly offer: Offer;
}

/** Popular products first, then the rest of the catalogue, so that an answer is full while anything is eligible. */
function fillingFor(
  ranked: Pool,
  eligibility: Eligibility,
  { sources, catalogue }: DecisionState,
  wanted: number,
): Filling[] {
  const known = new Set(ranked.products);
  const filling: Filling[] = [];
  function consider(product: number): void {
    if (known.has(product)) return;
    known.add(product);
    const verdict = eligibility(product);
    if (typeof verdict !== "string") filling.push({ product, offer: verdict });
  }
  const popular = sources.get("popularity")?.model.recommend({ history: [] }, catalogue.products.length);
  for (const product of popular?.products ?? []) {
    if (filling.length === wanted) return filling;
    consider(product);
  }
  for (let product = 0; product < catalogue.products.length && filling.length < wanted; product++) consider(product);
  return filling;
}

/** Puts the filling below every ranked candidate, in the order found. */
function withFilling({ products, relevance, offers }: EligiblePool, filling: readonly Filling[]): EligiblePool {
  const entries = [
    ...offers.map((offer, place) => ({ product: products[place], relevance: relevance[place], offer })),
    ...filling.map(({ product, offer }, found) => ({ product, relevance: -(found + 1) * 1e-6, offer })),
  ].sort((a, b) => a.product - b.product);
  return {
    products: Uint32Array.from(entries, (entry) => entry.product),
    relevance: Float64Array.from(entries, (entry) => entry.relevance),
    offers: entries.map(({ offer }) => offer),
  };
}
