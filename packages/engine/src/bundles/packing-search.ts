/**
 * The best packing by branch and bound over linear relaxations. A node is the cart that is left and the offers that may
 * still be taken. Its relaxation prices the units (`packing-prices.ts`); what they are worth bounds the node, and an offer
 * whose shortfall against its units' worth is as large as the gap can be in no better packing: it is dropped for the whole
 * subtree. What remains branches on the offer that the relaxation is least sure of, taking it first. The
 * packing to beat is made at the first node, and bettered by exchanges (`packing-swaps.ts`). Land and Doig (1960);
 * Nemhauser and Wolsey, "Integer and Combinatorial Optimization" (1988), II.4 for the fixing by reduced cost.
 */
import { copyRelaxation, createRelaxation, priceUnits, takeUnits, type Relaxation } from "./packing-prices.ts";
import { swapOffers } from "./packing-swaps.ts";
import { createLoad, fits, take, timesThatFit, type Load, type Packing, type PackingAnswer } from "./packing.ts";

/** Savings are whole, so a better packing saves one more. Half of one is room for rounding. */
const margin = 0.5;

/** Offers that are exchanged for one another, how often each is tried, and how many looks at one cost as much as a node's. */
const mostCandidates = 70;
const exchangeRounds = 20;
const looksPerEffort = 36;

/** What the whole search shares. */
interface Search extends Load {
  readonly effortLimit: number;
  readonly best: { saving: number; readonly times: Uint32Array };
  nodes: number;
  /** Offers and rows looked at. */
  effort: number;
  /** The highest bound of a node that was not looked into. */
  open: number;
}

/** A relaxed node, those offers dropped that cannot help. */
interface Node {
  readonly bound: number;
  readonly offers: readonly number[];
  readonly times: ArrayLike<number>;
  /** What each saves less than its units are worth. */
  readonly shortfall: ArrayLike<number>;
}

/**
 * @param effortLimit offers and rows looked at, over all nodes, after which the best packing known is returned with a bound
 * @returns deterministic: equal packings give equal answers
 * @example
 * const { saving, bound } = searchPacking(packing, 3500);
 */
export function searchPacking(packing: Packing, effortLimit: number): PackingAnswer {
  const offers = packing.saving.length;
  const search: Search = {
    ...createLoad(packing),
    effortLimit,
    best: { saving: 0, times: new Uint32Array(offers) },
    nodes: 0,
    effort: 0,
    open: 0,
  };
  visit(
    search,
    Array.from({ length: offers }, (_, offer) => offer),
    0,
    createRelaxation(packing),
    Infinity,
  );
  const { best, nodes, open } = search;
  return { times: best.times, saving: best.saving, bound: Math.max(best.saving, Math.floor(open + margin / 2)), nodes };
}

/**
 * @param saved what the offers taken on the way save
 * @param relaxation of the node before, feasible for this one; changed
 * @param ceiling bound of the node before: whatever rounding does, this one saves no more
 */
function visit(
  search: Search,
  allowed: readonly number[],
  saved: number,
  relaxation: Relaxation,
  ceiling: number,
): void {
  keepIfBetter(search, saved);
  const fitting = allowed.filter((offer) => fits(search, offer));
  if (fitting.length === 0) return;
  search.nodes++;
  search.effort += fitting.length + search.left.length;
  const relaxed = relax(search, fitting, saved, relaxation);
  completeGreedily(search, relaxed, saved);
  const node = hopeful(search, relaxed);
  const bound = Math.min(ceiling, node.bound);
  if (bound < search.best.saving + margin || node.offers.length === 0) return;
  if (search.effort >= search.effortLimit) {
    search.open = Math.max(search.open, bound);
    return;
  }
  const branch = branchOf(node);
  const offer = node.offers[branch];
  const taken = copyRelaxation(relaxation);
  takeUnits(taken, offer, node.offers);
  take(search, offer, 1);
  visit(search, node.offers, saved + search.packing.saving[offer], taken, bound);
  take(search, offer, -1);
  if (bound < search.best.saving + margin) return;
  if (search.effort >= search.effortLimit) {
    search.open = Math.max(search.open, bound);
    return;
  }
  visit(search, node.offers.toSpliced(branch, 1), saved, relaxation, bound);
}

function relax(search: Search, fitting: readonly number[], saved: number, relaxation: Relaxation): Node {
  const { packing, left } = search;
  const { price, times } = priceUnits(relaxation, fitting);
  const shortfall = new Float64Array(fitting.length);
  let bound = saved;
  for (let row = 0; row < left.length; row++) bound += left[row] * price[row];
  for (let index = 0; index < fitting.length; index++) {
    const short = shortfallOf(packing, fitting[index], price);
    shortfall[index] = short;
    // Rounding may leave an offer a hair above its units' worth, and the bound below by that much each time it is taken.
    if (short < 0) bound -= short * timesThatFit(search, fitting[index]);
  }
  return hopeful(search, { bound, offers: fitting, times, shortfall });
}

/** The same without offers that are in no better packing than the best one known. */
function hopeful({ best }: Search, { bound, offers, times, shortfall }: Node): Node {
  const kept: number[] = [];
  for (let index = 0; index < offers.length; index++) {
    if (bound - shortfall[index] >= best.saving + margin) kept.push(index);
  }
  return {
    bound,
    offers: kept.map((index) => offers[index]),
    times: kept.map((index) => times[index]),
    shortfall: kept.map((index) => shortfall[index]),
  };
}

/** What an offer saves less than its units are worth. */
function shortfallOf({ saving, start, row, units }: Packing, offer: number, price: Float64Array): number {
  let worth = -saving[offer];
  for (let at = start[offer]; at < start[offer + 1]; at++) worth += units[at] * price[row[at]];
  return worth;
}

/** The offer whose times are farthest from whole; where all are whole, the one taken most. */
function branchOf({ times }: Node): number {
  let chosen = 0;
  let widest = -1;
  for (let index = 0; index < times.length; index++) {
    const value = times[index];
    const distance = Math.abs(value - Math.round(value));
    const unsure = distance > 1e-6 ? 1 + distance : Math.min(value, 1) / 2;
    if (unsure <= widest) continue;
    widest = unsure;
    chosen = index;
  }
  return chosen;
}

/** Takes what the relaxation wants most, then what loses least: the packings that the search has to beat. */
function completeGreedily(search: Search, node: Node, saved: number): void {
  const { offers, times, shortfall } = node;
  const before = search.times.slice();
  const order = [...offers.keys()].sort((a, b) => times[b] - times[a] || shortfall[a] - shortfall[b] || a - b);
  let saving = saved;
  for (const index of order) {
    const offer = offers[index];
    const count = timesThatFit(search, offer);
    if (count === 0) continue;
    take(search, offer, count);
    saving += count * search.packing.saving[offer];
  }
  if (search.nodes === 1) saving += exchange(search, node, saving);
  keepIfBetter(search, saving);
  for (const [offer, count] of before.entries()) {
    if (search.times[offer] !== count) take(search, offer, count - search.times[offer]);
  }
}

/**
 * Betters the first packing: the more it saves, the fewer offers are left to search.
 * @returns what was gained
 */
function exchange(search: Search, { bound, offers, shortfall }: Node, saving: number): number {
  const candidates = [...offers.keys()]
    .filter((index) => bound - shortfall[index] >= saving + margin)
    .sort((a, b) => shortfall[a] - shortfall[b] || a - b)
    .slice(0, mostCandidates)
    .map((index) => offers[index]);
  const costOfOne = candidates.length / looksPerEffort;
  const tries = Math.min(exchangeRounds * candidates.length, Math.floor(search.effortLimit / costOfOne));
  search.effort += tries * costOfOne;
  return swapOffers(search, candidates, tries);
}

function keepIfBetter({ best, times }: Search, saving: number): void {
  if (saving <= best.saving) return;
  best.saving = saving;
  best.times.set(times);
}
