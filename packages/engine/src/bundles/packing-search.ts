/**
 * The best packing by branch and bound over linear relaxations. A node is the cart that is left and the offers that may
 * still be taken. Its relaxation prices the units (`packing-prices.ts`); what they are worth bounds the node, and an offer
 * whose shortfall against its units' worth is as large as the gap can be in no better packing: it is dropped for the whole
 * subtree. What remains branches on the offer that the relaxation is least sure of, taking it first. Land and Doig (1960);
 * Nemhauser and Wolsey, "Integer and Combinatorial Optimization" (1988), II.4 for the fixing by reduced cost.
 */
import { copyRelaxation, createRelaxation, priceUnits, takeUnits, type Relaxation } from "./packing-prices.ts";
import type { Packing, PackingAnswer } from "./packing.ts";

/** Savings are whole, so a better packing saves one more. Half of one is room for rounding. */
const margin = 0.5;

/** What the whole search shares. */
interface Search {
  readonly packing: Packing;
  readonly effortLimit: number;
  /** Units left of each row, and how often each offer was taken on the way. */
  readonly left: Uint32Array;
  readonly times: Uint32Array;
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
  readonly times: readonly number[];
  /** What each saves less than its units are worth. */
  readonly shortfall: readonly number[];
}

/**
 * @param effortLimit offers and rows looked at, over all nodes, after which the best packing known is returned with a bound
 * @returns deterministic: equal packings give equal answers
 * @example
 * const { saving, bound } = searchPacking(packing, 5000);
 */
export function searchPacking(packing: Packing, effortLimit: number): PackingAnswer {
  const offers = packing.saving.length;
  const search: Search = {
    packing,
    effortLimit,
    left: Uint32Array.from(packing.capacity),
    times: new Uint32Array(offers),
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
  );
  const { best, nodes, open } = search;
  return { times: best.times, saving: best.saving, bound: Math.max(best.saving, Math.floor(open + margin / 2)), nodes };
}

/**
 * @param saved what the offers taken on the way save
 * @param relaxation of the node before, feasible for this one; changed
 */
function visit(search: Search, allowed: readonly number[], saved: number, relaxation: Relaxation): void {
  keepIfBetter(search, saved);
  const fitting = allowed.filter((offer) => fits(search, offer));
  if (fitting.length === 0) return;
  search.nodes++;
  search.effort += fitting.length + search.left.length;
  const node = relax(search, fitting, saved, relaxation);
  completeGreedily(search, node, saved);
  if (node.bound < search.best.saving + margin || node.offers.length === 0) return;
  if (search.effort >= search.effortLimit) {
    search.open = Math.max(search.open, node.bound);
    return;
  }
  const branch = branchOf(node);
  const offer = node.offers[branch];
  const taken = copyRelaxation(relaxation);
  takeUnits(taken, offer, node.offers);
  take(search, offer, 1);
  visit(search, node.offers, saved + search.packing.saving[offer], taken);
  take(search, offer, -1);
  if (node.bound < search.best.saving + margin) return;
  if (search.effort >= search.effortLimit) {
    search.open = Math.max(search.open, node.bound);
    return;
  }
  visit(search, node.offers.toSpliced(branch, 1), saved, relaxation);
}

function relax(search: Search, fitting: readonly number[], saved: number, relaxation: Relaxation): Node {
  const { packing, left, best } = search;
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
  const offers: number[] = [];
  const kept: number[] = [];
  const short: number[] = [];
  for (let index = 0; index < fitting.length; index++) {
    if (bound - shortfall[index] < best.saving + margin) continue;
    offers.push(fitting[index]);
    kept.push(times[index]);
    short.push(shortfall[index]);
  }
  return { bound, offers, times: kept, shortfall: short };
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
  for (const [index, value] of times.entries()) {
    const distance = Math.abs(value - Math.round(value));
    const unsure = distance > 1e-6 ? 1 + distance : Math.min(value, 1) / 2;
    if (unsure <= widest) continue;
    widest = unsure;
    chosen = index;
  }
  return chosen;
}

/** Takes what the relaxation wants most, then what loses least: the packings that the search has to beat. */
function completeGreedily(search: Search, { offers, times, shortfall }: Node, saved: number): void {
  const order = offers
    .map((_, index) => index)
    .sort((a, b) => times[b] - times[a] || shortfall[a] - shortfall[b] || a - b);
  const taken: (readonly [offer: number, count: number])[] = [];
  let saving = saved;
  for (const index of order) {
    const offer = offers[index];
    if (!fits(search, offer)) continue;
    const count = timesThatFit(search, offer);
    take(search, offer, count);
    taken.push([offer, count]);
    saving += count * search.packing.saving[offer];
  }
  keepIfBetter(search, saving);
  for (const [offer, count] of taken) take(search, offer, -count);
}

function keepIfBetter({ best, times }: Search, saving: number): void {
  if (saving <= best.saving) return;
  best.saving = saving;
  best.times.set(times);
}

function fits({ packing: { start, row, units }, left }: Search, offer: number): boolean {
  for (let at = start[offer]; at < start[offer + 1]; at++) if (left[row[at]] < units[at]) return false;
  return true;
}

function timesThatFit({ packing: { start, row, units }, left }: Search, offer: number): number {
  let most = Infinity;
  for (let at = start[offer]; at < start[offer + 1]; at++) most = Math.min(most, Math.floor(left[row[at]] / units[at]));
  return most;
}

function take({ packing: { start, row, units }, left, times }: Search, offer: number, count: number): void {
  times[offer] += count;
  for (let at = start[offer]; at < start[offer + 1]; at++) left[row[at]] -= count * units[at];
}
