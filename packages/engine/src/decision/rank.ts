/**
 * Step 3, rank: one linear score over the sources' proposals. Each source's scores are divided by its best one in
 * this request, so that weights compare sources and not their scales: scores must be 0 or more, and those of log-linear
 * rankers come as odds against their best product. A signal's share of the sum explains it.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { sharedAccumulator, type Accumulator } from "../matrix/accumulator.ts";
import type { Proposal } from "./candidates.ts";

/** Candidates in columns of one length, by ascending product: no order of arrival matters. */
export interface Pool {
  readonly products: Uint32Array;
  /** Sum of the signals: comparable within one request. */
  readonly relevance: Float64Array;
}

/** What one source adds to one product. */
export interface Signal {
  readonly proposal: Proposal;
  /** Weighted, scaled score. */
  readonly amount: number;
}

/** Dense columns to add up signals in, one a catalogue: each decision leaves them as clean as it found them. */
const columns = new WeakMap<Catalogue, Accumulator>();

/** Merges proposals into one pool. */
export function rankCandidates(proposals: readonly Proposal[], catalogue: Catalogue): Pool {
  const sums = columns.get(catalogue) ?? sharedAccumulator(catalogue.products.length);
  columns.set(catalogue, sums);
  for (const proposal of proposals) {
    const proposed = proposal.ranked.products;
    for (let place = 0; place < proposed.length; place++) sums.add(proposed[place], amountAt(proposal, place));
  }
  const products = sums.touched.slice().sort();
  const relevance = new Float64Array(products.length);
  for (let place = 0; place < products.length; place++) relevance[place] = sums.values[products[place]];
  sums.clear();
  return { products, relevance };
}

/**
 * Two pools that share no product, as one.
 * @param added in any order; few against the others
 */
export function joinPools({ products, relevance }: Pool, added: Pool): Pool {
  const order = Array.from(added.products.keys()).sort((a, b) => added.products[a] - added.products[b]);
  const joined = {
    products: new Uint32Array(products.length + order.length),
    relevance: new Float64Array(products.length + order.length),
  };
  let from = 0;
  for (const [before, place] of order.entries()) {
    const product = added.products[place];
    let until = from;
    while (until < products.length && products[until] < product) until++;
    joined.products.set(products.subarray(from, until), from + before);
    joined.relevance.set(relevance.subarray(from, until), from + before);
    joined.products[until + before] = product;
    joined.relevance[until + before] = added.relevance[place];
    from = until;
  }
  joined.products.set(products.subarray(from), from + order.length);
  joined.relevance.set(relevance.subarray(from), from + order.length);
  return joined;
}

/** What made the relevance of one product, largest first; nothing for a product that nobody proposed. */
export function signalsOf(proposals: readonly Proposal[], product: number): Signal[] {
  const signals: Signal[] = [];
  for (const proposal of proposals) {
    const place = proposal.ranked.products.indexOf(product);
    // What a fallback says of a product that was there before it plays no part.
    if (place >= 0 && proposal.tier === (signals[0]?.proposal ?? proposal).tier)
      signals.push({ proposal, amount: amountAt(proposal, place) });
  }
  return signals.sort((a, b) => b.amount - a.amount);
}

/** The weighted score at a place of a proposal, against the best one there. */
function amountAt({ use, ranked: { scores } }: Proposal, place: number): number {
  const best = scores[0];
  return use.weight * (best > 0 ? Math.max(0, scores[place]) / best : 0);
}
