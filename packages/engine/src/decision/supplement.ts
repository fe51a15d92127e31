/**
 * Between constraining and scoring: what fallbacks bring when the strategy's own sources do not do, each below all that
 * was there before it, and the products that rules pin, which nobody needs to have proposed.
 */
import { gatherCandidates, type Candidates, type Proposal } from "./candidates.ts";
import { keepEligible, type Kept } from "./constrain.ts";
import type { Eligibility } from "./eligibility.ts";
import type { Question } from "./question.ts";
import { joinPools, rankCandidates, type Pool } from "./rank.ts";
import type { Fallback, SourceUse, Strategy } from "./strategy.ts";

/** What was gathered so far, and how it is judged. */
export interface Gathered {
  readonly candidates: Candidates;
  readonly kept: Kept;
}

/** A fallback that was asked. */
export interface FallbackUse {
  /** Place in the strategy, from 0. */
  readonly fallback: number;
  readonly why: Fallback["when"];
  /** Products that came from it. */
  readonly added: number;
}

/** Asks the fallbacks whose time has come, in their order. */
export function fallBack(
  gathered: Gathered,
  strategy: Strategy,
  { request, context, state }: Question,
  eligibility: Eligibility,
  limit: number,
): Gathered & { readonly fallbacks: readonly FallbackUse[] } {
  let { candidates, kept } = gathered;
  const fallbacks: FallbackUse[] = [];
  for (const [index, fallback] of (strategy.fallbacks ?? []).entries()) {
    if (fallback.placements && !fallback.placements.includes(request.placement)) continue;
    if (!hasCome(fallback.when, { candidates, kept }, limit)) continue;
    const sources = sourcesOf(fallback, state.strategies);
    const asked = gatherCandidates(context, { ...strategy, sources }, state);
    const proposals = unheard(asked.proposals, kept);
    const { pool, refused } = keepEligible(rankCandidates(proposals, state.catalogue), eligibility);
    candidates = {
      proposals: [...candidates.proposals, ...proposals],
      missing: [...candidates.missing, ...asked.missing],
    };
    kept = { pool: joinPools(kept.pool, below(pool, kept.pool)), refused: [...kept.refused, ...refused] };
    fallbacks.push({ fallback: index, why: fallback.when, added: pool.products.length });
  }
  return { candidates, kept, fallbacks };
}

function hasCome(when: Fallback["when"], { candidates, kept }: Gathered, limit: number): boolean {
  if (when === "failed") return candidates.missing.some(({ why }) => why === "failed");
  return when === "empty" ? kept.pool.products.length === 0 : kept.pool.products.length < limit;
}

function sourcesOf(
  { strategy, sources = [] }: Fallback,
  strategies: Question["state"]["strategies"],
): readonly SourceUse[] {
  return strategy === undefined ? sources : (strategies.get(strategy)?.sources ?? []);
}

/** Proposals without what is in the pool or refused already: that rests on those who spoke before. */
function unheard(proposals: readonly Proposal[], { pool, refused }: Kept): Proposal[] {
  const known = new Set([...pool.products, ...refused.map(({ product }) => product)]);
  return proposals.flatMap((proposal) => {
    const { products, scores } = proposal.ranked;
    const isFresh = (_: unknown, place: number): boolean => !known.has(products[place]);
    const ranked = { products: products.filter(isFresh), scores: scores.filter(isFresh) };
    return ranked.products.length > 0 ? [{ ...proposal, ranked }] : [];
  });
}

/** Scales relevance so that the best is just below the worst of those above, where there are any. */
function below({ products, relevance }: Pool, above: Pool): Pool {
  const worst = above.relevance.reduce((least, value) => Math.min(least, value), Infinity);
  const best = relevance.reduce((most, value) => Math.max(most, value), 0);
  if (worst === Infinity || best === 0) return { products, relevance };
  const scale = (0.999 * worst) / best;
  return { products, relevance: relevance.map((value) => value * scale) };
}

/** Adds the products that are pinned, where they may be shown. */
export function withPins(kept: Kept, pins: ReadonlyMap<number, number>, eligibility: Eligibility): Kept {
  const { pool, refused } = kept;
  const fresh = Uint32Array.from(new Set(pins.values())).filter(
    (product) => !pool.products.includes(product) && !refused.some((refusal) => refusal.product === product),
  );
  if (fresh.length === 0) return kept;
  const pinned = keepEligible({ products: fresh, relevance: new Float64Array(fresh.length) }, eligibility);
  return { pool: joinPools(pool, pinned.pool), refused: [...refused, ...pinned.refused] };
}
