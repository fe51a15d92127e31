/**
 * Step 4, constrain: what may be shown at all. Runs on live catalogue data after every cache and every model, and
 * says why something was left out. Tops up from popular products, then from the catalogue, when too little remains.
 */
import type { Context } from "./context.ts";
import { createEligibility, type Eligibility, type Refusal } from "./eligibility.ts";
import type { Pool } from "./rank.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState } from "./state.ts";
import type { Strategy } from "./strategy.ts";

export interface Constrained {
  /** Candidates that may be shown. */
  readonly pool: Pool;
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
  let length = 0;
  for (let place = 0; place < products.length; place++) {
    const why = eligibility(products[place]);
    if (why !== undefined) refused.push({ product: products[place], why });
    else {
      kept[length] = products[place];
      keptRelevance[length++] = relevance[place];
    }
  }
  return { pool: { products: kept.slice(0, length), relevance: keptRelevance.slice(0, length) }, refused };
}

/** Popular products first, then the rest of the catalogue, so that an answer is full while anything is eligible. */
function fillingFor(
  ranked: Pool,
  eligibility: Eligibility,
  { sources, catalogue }: DecisionState,
  wanted: number,
): number[] {
  const known = new Set(ranked.products);
  const filling: number[] = [];
  function consider(product: number): void {
    if (known.has(product)) return;
    known.add(product);
    if (eligibility(product) === undefined) filling.push(product);
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
function withFilling({ products, relevance }: Pool, filling: readonly number[]): Pool {
  const entries = [
    ...Array.from(products, (product, place) => ({ product, relevance: relevance[place] })),
    ...filling.map((product, found) => ({ product, relevance: -(found + 1) * 1e-6 })),
  ].sort((a, b) => a.product - b.product);
  return {
    products: Uint32Array.from(entries, (entry) => entry.product),
    relevance: Float64Array.from(entries, (entry) => entry.relevance),
  };
}
