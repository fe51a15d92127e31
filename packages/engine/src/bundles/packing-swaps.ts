/**
 * A better packing by exchanges: an offer is taken, those in its way are given back, and what fits then is taken beside it.
 * What saves more that way stays. When no exchange does, one is made all the same, and the search goes on from there:
 * iterated local search (Lourenço, Martin and Stützle, "Iterated Local Search", Handbook of Metaheuristics, 2003).
 */
import { take, type Load } from "./packing.ts";

/** Between offers that are taken whatever they lose: a prime, so that all of them have their turn, near ones far apart. */
const stride = 37;

/** The offers that are exchanged, numbered anew and side by side in memory: this is the innermost loop of the cover. */
interface Exchange {
  /** Numbers in the packing: the candidates, the most promising first, then what else was taken. */
  readonly offers: readonly number[];
  readonly saving: Float64Array;
  readonly start: Int32Array;
  readonly row: Int32Array;
  readonly units: Int32Array;
  readonly left: Float64Array;
  readonly times: Float64Array;
}

/**
 * @param load a packing, changed where that saves more
 * @param candidates offers that may be taken, the most promising first
 * @param tries how many exchanges are tried
 * @returns what was gained
 * @example
 * const gain = swapOffers(load, byShortfall, 500);
 */
export function swapOffers(load: Load, candidates: readonly number[], tries: number): number {
  if (candidates.length === 0) return 0;
  const exchange = createExchange(load, candidates);
  const { left, times } = exchange;
  const before = { left: left.slice(), times: times.slice() };
  const best = { gain: 0, times: times.slice() };
  let gain = 0;
  for (let turn = 0, failed = 0, forced = 0; turn < tries; turn++) {
    const isStuck = failed >= candidates.length;
    const offer = (isStuck ? forced++ * stride : turn) % candidates.length;
    const won = times[offer] > 0 ? 0 : insert(exchange, offer, candidates.length);
    if (won > 0 || isStuck) {
      failed = 0;
      gain += won;
      before.left.set(left);
      before.times.set(times);
    } else {
      failed++;
      left.set(before.left);
      times.set(before.times);
    }
    if (gain <= best.gain) continue;
    best.gain = gain;
    best.times.set(times);
  }
  for (const [own, offer] of exchange.offers.entries()) take(load, offer, best.times[own] - load.times[offer]);
  return best.gain;
}

function createExchange({ packing, left, times: taken }: Load, candidates: readonly number[]): Exchange {
  const isCandidate = new Set(candidates);
  const others = [...taken.keys()].filter((offer) => taken[offer] > 0 && !isCandidate.has(offer));
  const offers = [...candidates, ...others];
  const start = new Int32Array(offers.length + 1);
  for (const [own, offer] of offers.entries()) {
    start[own + 1] = start[own] + packing.start[offer + 1] - packing.start[offer];
  }
  const row = new Int32Array(start[offers.length]);
  const units = new Int32Array(row.length);
  for (const [own, offer] of offers.entries()) {
    row.set(packing.row.subarray(packing.start[offer], packing.start[offer + 1]), start[own]);
    units.set(packing.units.subarray(packing.start[offer], packing.start[offer + 1]), start[own]);
  }
  return {
    offers,
    start,
    row,
    units,
    saving: Float64Array.from(offers, (offer) => packing.saving[offer]),
    left: Float64Array.from(left),
    times: Float64Array.from(offers, (offer) => taken[offer]),
  };
}

/** Takes an offer whatever is in its way, then all candidates that fit. @returns what that saves more */
function insert(exchange: Exchange, offer: number, candidates: number): number {
  const { start, row, units, saving, left } = exchange;
  let won = saving[offer];
  for (let at = start[offer]; at < start[offer + 1]; at++) {
    while (left[row[at]] < units[at]) {
      const inTheWay = cheapestUsing(exchange, row[at]);
      shift(exchange, inTheWay, -1);
      won -= saving[inTheWay];
    }
  }
  shift(exchange, offer, 1);
  for (let other = 0; other < candidates; other++) {
    let count = Infinity;
    for (let at = start[other]; at < start[other + 1] && count > 0; at++) {
      count = left[row[at]] < units[at] ? 0 : Math.min(count, Math.floor(left[row[at]] / units[at]));
    }
    if (count === 0) continue;
    shift(exchange, other, count);
    won += count * saving[other];
  }
  return won;
}

/** Of the offers taken that use a row, the one that saves least. There is one, since an offer alone always fits. */
function cheapestUsing({ start, row, saving, times }: Exchange, wanted: number): number {
  let cheapest = -1;
  for (let offer = 0; offer < times.length; offer++) {
    if (times[offer] === 0 || (cheapest >= 0 && saving[offer] >= saving[cheapest])) continue;
    for (let at = start[offer]; at < start[offer + 1]; at++) if (row[at] === wanted) cheapest = offer;
  }
  return cheapest;
}

function shift({ start, row, units, left, times }: Exchange, offer: number, count: number): void {
  times[offer] += count;
  for (let at = start[offer]; at < start[offer + 1]; at++) left[row[at]] -= count * units[at];
}
