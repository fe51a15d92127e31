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
 * @param other in any order, and small: it is sorted into the first
 */
export function joinPools(one: Pool, other: Pool): Pool {
  const length = one.products.length + other.products.length;
  const products = new Uint32Array(length);
  const relevance = new Float64Array(length);
  let taken = 0;
  let next = 0;
  function take({ products: from, relevance: worth }: Pool, place: number): void {
    products[next] = from[place];
    relevance[next++] = worth[place];
  }
  for (const place of [...other.products.keys()].sort((a, b) => other.products[a] - other.products[b])) {
    while (one.products[taken] < other.products[place]) take(one, taken++);
    take(other, place);
  }
  while (next < length) take(one, taken++);
  return { products, relevance };
}

/** What made the relevance of one product, largest first; nothing for a product that nobody proposed. */
export function signalsOf(proposals: readonly Proposal[], product: number): Signal[] {
  const signals: Signal[] = [];
  for (const proposal of proposals) {
    const place = proposal.ranked.products.indexOf(product);
    if (place >= 0) signals.push({ proposal, amount: amountAt(proposal, place) });
  }
  return signals.sort((a, b) => b.amount - a.amount);
}

/** The weighted score at a place of a proposal, against the best one there; 0 where a model says what is no number. */
function amountAt({ use, ranked: { scores } }: Proposal, place: number): number {
  const share = scores[place] / scores[0];
  return scores[0] > 0 && share > 0 ? use.weight * share : 0;
}
