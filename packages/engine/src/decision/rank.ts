/**
 * Step 3, rank: one linear score over the sources' proposals. Each source's scores are divided by its best one in
 * this request, so that weights compare sources and not their scales. A signal's share of the sum explains it.
 */
import type { Candidates, Proposal } from "./candidates.ts";

/** What one source adds to one product. */
export interface Signal {
  readonly proposal: Proposal;
  /** Weighted, scaled score. */
  readonly amount: number;
}

export interface RankedCandidate {
  readonly product: number;
  /** Sum of the signals: comparable within one request. */
  readonly relevance: number;
  /** Largest first. */
  readonly signals: readonly Signal[];
}

/** Merges proposals into one pool, by product index so that no order of arrival matters. */
export function rankCandidates({ proposals }: Candidates): RankedCandidate[] {
  const signals = new Map<number, Signal[]>();
  for (const proposal of proposals) {
    const { products, scores } = proposal.ranked;
    const best = scores[0];
    for (let place = 0; place < products.length; place++) {
      const share = best > 0 ? Math.max(0, scores[place]) / best : 0;
      const signal = { proposal, amount: proposal.use.weight * share };
      const known = signals.get(products[place]);
      if (known) known.push(signal);
      else signals.set(products[place], [signal]);
    }
  }
  const pool: RankedCandidate[] = [];
  for (const [product, own] of signals) {
    let relevance = 0;
    for (const { amount } of own) relevance += amount;
    if (own.length > 1) own.sort((a, b) => b.amount - a.amount);
    pool.push({ product, relevance, signals: own });
  }
  return pool.sort((a, b) => a.product - b.product);
}
