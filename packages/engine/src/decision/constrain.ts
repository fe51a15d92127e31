/**
 * Step 4, constrain: what may be shown at all. Runs on live catalogue data after every cache and every model, and
 * says why something was left out. Tops up from popular products, then from the catalogue, when too little remains.
 */
import type { Eligibility, Refusal } from "./eligibility.ts";
import { joinPools, type Pool } from "./rank.ts";
import type { DecisionState } from "./state.ts";
import type { Strategy } from "./strategy.ts";

/** Candidates that were let through, and those that were not. */
export interface Kept {
  readonly pool: Pool;
  readonly refused: readonly { readonly product: number; readonly why: Refusal }[];
}

export interface Constrained extends Kept {
  /** How many of the pool came from topping up. */
  readonly filled: number;
}

/** Lets through what may be shown. */
export function keepEligible({ products, relevance }: Pool, eligibility: Eligibility): Kept {
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

/** Fills up to `limit` where the strategy says so: popular products first, then the rest of the catalogue. */
export function fillUp(
  kept: Kept,
  strategy: Strategy,
  state: DecisionState,
  eligibility: Eligibility,
  limit: number,
): Constrained {
  const wanted = limit - kept.pool.products.length;
  if (strategy.whenShort === "evidence" || wanted <= 0) return { ...kept, filled: 0 };
  const filling = fillingFor(kept, eligibility, state, wanted);
  return { ...kept, pool: withFilling(kept.pool, filling), filled: filling.length };
}

function fillingFor(
  { pool, refused }: Kept,
  eligibility: Eligibility,
  { sources, catalogue }: DecisionState,
  wanted: number,
): number[] {
  const known = new Set(pool.products);
  for (const { product } of refused) known.add(product);
  const filling: number[] = [];
  function consider(product: number): void {
    if (known.has(product)) return;
    known.add(product);
    if (eligibility(product) === undefined) filling.push(product);
  }
  for (const product of popularIn(sources, catalogue)) {
    if (filling.length === wanted) return filling;
    consider(product);
  }
  for (let product = 0; product < catalogue.products.length && filling.length < wanted; product++) consider(product);
  return filling;
}

/** Nothing where nobody knows what is popular, or the source that does is broken: the rest of the catalogue fills as well. */
function popularIn(sources: DecisionState["sources"], { products }: DecisionState["catalogue"]): Iterable<number> {
  try {
    return sources.get("popularity")?.model.recommend({ history: [] }, products.length).products ?? [];
  } catch {
    return [];
  }
}

/** Puts the filling below every ranked candidate, in the order found. */
function withFilling(pool: Pool, filling: readonly number[]): Pool {
  return joinPools(pool, {
    products: Uint32Array.from(filling),
    relevance: Float64Array.from(filling, (_, found) => -(found + 1) * 1e-6),
  });
}
