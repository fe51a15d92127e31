/**
 * Popularity that keeps up with the shop: baskets are added as orders come in, and the bestsellers of any later moment
 * equal those of a training on everything, within rounding where baskets fade.
 *
 * A basket is counted once its time has passed and taken off when it leaves the window. Fading is multiplied in from a
 * fixed moment on, weight = 2^((time - origin) / half-life), so that nothing needs to be touched as time goes by; the
 * origin moves on before the weights grow large. Adding costs the basket's size, a moment the catalogue. Memory: 12 bytes
 * a product, and 16 bytes a basket with 4 for each of its products while the basket may still leave.
 */
import { InvalidInput, requireInteger } from "../errors.ts";
import { topOf } from "../matrix/top-k.ts";
import type { Recommender } from "../models/recommender.ts";
import { fadingOf, millisecondsADay, requireDays } from "./basket-weights.ts";
import { popularityOf, type PopularityOptions } from "./popularity.ts";

/** Counts of baskets that move with time. */
export interface BasketTally {
  readonly productCount: number;
  /** Baskets that count at the moment reached so far. */
  readonly basketCount: number;
  /**
   * Adds a basket, also one that comes late or lies in the future. A product that is in it twice counts once.
   * @throws InvalidInput when a product is no index below `productCount`, or the time is not finite; nothing is added
   */
  add(products: ArrayLike<number>, at: number): void;
  /**
   * The bestsellers at a moment, as `trainPopularity` gives them.
   * @param until milliseconds since 1970, UTC; never before that of an earlier call
   * @throws InvalidInput when time runs backwards
   */
  popularityAt(until: number): Recommender;
}

/** A basket that waits to be counted or to leave. */
interface Entry {
  readonly at: number;
  readonly products: Uint32Array;
}

/** Half-lives after which the origin of the fading moves on: weights stay far inside the range of a number. */
const longestSpan = 64;

/**
 * @throws InvalidOption when a number of days is not positive, or `productCount` is no number of products
 * @example
 * const tally = createBasketTally(catalogue.products.length, { windowDays: 30 });
 * tally.add([3, 7], Date.parse("2026-03-01T12:00:00Z"));
 * tally.popularityAt(Date.parse("2026-03-02T00:00:00Z")).recommend({ history: [] }, 12);
 */
export function createBasketTally(
  productCount: number,
  { windowDays = Infinity, halfLifeDays = Infinity }: PopularityOptions = {},
): BasketTally {
  requireInteger("productCount", productCount, 0);
  requireDays("windowDays", windowDays);
  requireDays("halfLifeDays", halfLifeDays);
  const window = windowDays * millisecondsADay;
  const halfLife = halfLifeDays * millisecondsADay;
  const counts = new Uint32Array(productCount);
  const weights = new Float64Array(productCount);
  const waiting = createTimeQueue();
  const leaving = createTimeQueue();
  let basketCount = 0;
  let now = -Infinity;
  let origin = 0;

  function count({ at, products }: Entry, sign: 1 | -1): void {
    basketCount += sign;
    const weight = fadingOf((origin - at) / millisecondsADay, halfLifeDays);
    for (const product of products) {
      counts[product] += sign;
      // What rounding leaves of a product that nobody holds any more is not a sale.
      weights[product] = counts[product] === 0 ? 0 : weights[product] + sign * weight;
    }
  }
  function moveOrigin(until: number): void {
    if (!(Math.abs(until - origin) > longestSpan * halfLife)) return;
    const factor = fadingOf((until - origin) / millisecondsADay, halfLifeDays);
    for (let product = 0; product < productCount; product++) weights[product] *= basketCount === 0 ? 0 : factor;
    origin = until;
  }
  return {
    productCount,
    get basketCount() {
      return basketCount;
    },
    add(products, at) {
      if (!Number.isFinite(at)) throw new InvalidInput("at", at, "milliseconds since 1970, UTC");
      waiting.push({ at, products: distinctProducts(products, productCount) });
    },
    popularityAt(until) {
      if (!Number.isFinite(until) || until < now) {
        throw new InvalidInput("until", until, `a moment that is not before the last one asked for (${now})`);
      }
      now = until;
      moveOrigin(until);
      for (let entry = leaving.takeBefore(until - window); entry; entry = leaving.takeBefore(until - window)) {
        count(entry, -1);
      }
      for (let entry = waiting.takeBefore(until); entry; entry = waiting.takeBefore(until)) {
        if (entry.at < until - window) continue;
        count(entry, 1);
        if (windowDays < Infinity) leaving.push(entry);
      }
      const fading = fadingOf((until - origin) / millisecondsADay, halfLifeDays);
      const faded = weights.map((weight) => weight * fading);
      return popularityOf(topOf(faded, productCount), productCount);
    },
  };
}

/** @throws InvalidInput when a product is no index below `productCount` */
function distinctProducts(products: ArrayLike<number>, productCount: number): Uint32Array {
  for (let i = 0; i < products.length; i++) {
    if (!Number.isInteger(products[i]) || products[i] < 0 || products[i] >= productCount) {
      throw new InvalidInput(`products[${i}]`, products[i], `a catalogue index below ${productCount}`);
    }
  }
  return Uint32Array.from(new Set(Array.from(products)));
}

/** Entries by time, oldest first: a binary heap, so that late ones find their place in O(log entries). */
function createTimeQueue(): { push(entry: Entry): void; takeBefore(time: number): Entry | undefined } {
  const heap: Entry[] = [];
  function sink(entry: Entry): void {
    let place = 0;
    for (let child = 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && heap[child + 1].at < heap[child].at) child++;
      if (entry.at <= heap[child].at) break;
      heap[place] = heap[child];
      place = child;
    }
    heap[place] = entry;
  }
  return {
    push(entry) {
      let place = heap.length;
      while (place > 0) {
        const parent = (place - 1) >> 1;
        if (heap[parent].at <= entry.at) break;
        heap[place] = heap[parent];
        place = parent;
      }
      heap[place] = entry;
    },
    takeBefore(time) {
      if (heap.length === 0 || heap[0].at >= time) return undefined;
      const [first] = heap;
      const last = heap.pop();
      if (last && heap.length > 0) sink(last);
      return first;
    },
  };
}
