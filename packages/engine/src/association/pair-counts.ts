/**
 * How many baskets hold both products of a pair, for every pair that occurs.
 *
 * Each product's baskets are walked once (inverted lists) and what follows the product there is added to one dense
 * row of counters. O(sum over baskets of size^2 / 2) time; beside the result 4 bytes a cell, 4 a basket and 12 a
 * product, whatever the size of a basket: an order of 5,000 lines costs 12.5 million additions and no more.
 */
import { requireInteger } from "../errors.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import { transposeInPieces, type Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { selectBaskets } from "./baskets.ts";

/** Which pairs and baskets count. */
export interface PairCountOptions extends TrainingControls {
  /** Pairs in fewer baskets are not kept. Each pair kept costs 12 bytes. */
  readonly minimumCount?: number;
  /** Baskets with more distinct products are skipped, and counted. No limit when left out. */
  readonly maximumBasketSize?: number | undefined;
}

/** Pairs of products, `left < right`, in the order of (left, right). */
export interface PairCounts {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  /** Baskets that hold both. */
  readonly count: Uint32Array;
  readonly skippedBaskets: number;
}

/**
 * @param baskets orders x products
 * @returns every pair with at least `minimumCount` baskets; the same for equal baskets in any order
 * @throws InvalidInput when a basket repeats a product or is not ascending; InvalidOption on wrong options
 * @example
 * const pairs = await countPairs(baskets, { minimumCount: 5 });
 * console.log(`${pairs.count.length} pairs, ${pairs.skippedBaskets} baskets skipped`);
 */
export async function countPairs(
  baskets: Incidence,
  { minimumCount = 1, maximumBasketSize, ...controls }: PairCountOptions = {},
): Promise<PairCounts> {
  requireInteger("minimumCount", minimumCount, 1);
  const { baskets: kept, skippedBaskets } = selectBaskets(baskets, maximumBasketSize);
  const pace = createPacer("counting pairs", kept.columns, controls);
  const basketsOf = await pace.through(transposeInPieces(kept), 0);
  const counter = createRowCounter(kept, minimumCount);
  const pairs = createPairColumns();
  for (let product = 0; product < kept.columns; product++) {
    for (let i = basketsOf.offsets[product]; i < basketsOf.offsets[product + 1]; i++) {
      // Asking the clock costs as much as a small basket, hence not at every one.
      if (i % 64 === 0 && pace.isDue()) await pace.rest(product);
      counter.addRestOf(basketsOf.indices[i]);
    }
    counter.drainInto(product, pairs);
  }
  pace.finish();
  return { ...pairs.trimmed(), skippedBaskets };
}

/**
 * The pairs of at least `minimumCount` baskets.
 * @example
 * frequentPairs(pairs, 10).count.every((count) => count >= 10); // true
 */
export function frequentPairs(pairs: PairCounts, minimumCount: number): PairCounts {
  const kept = pairs.count.reduce((total, count) => total + (count >= minimumCount ? 1 : 0), 0);
  if (kept === pairs.count.length) return pairs;
  const left = new Uint32Array(kept);
  const right = new Uint32Array(kept);
  const count = new Uint32Array(kept);
  let place = 0;
  for (let pair = 0; pair < pairs.count.length; pair++) {
    if (pairs.count[pair] < minimumCount) continue;
    left[place] = pairs.left[pair];
    right[place] = pairs.right[pair];
    count[place++] = pairs.count[pair];
  }
  return { left, right, count, skippedBaskets: pairs.skippedBaskets };
}

/** One dense row of counters: what else stands in the baskets of the product at hand. */
interface RowCounter {
  /** Counts the products that follow the product at hand in a basket. Products must come in ascending order. */
  addRestOf(basket: number): void;
  /** Moves the counts of at least `minimumCount`, ascending, to `pairs` and clears all. */
  drainInto(product: number, pairs: PairColumns): void;
}

function createRowCounter({ columns, offsets, indices }: Incidence, minimumCount: number): RowCounter {
  const counts = new Uint32Array(columns);
  const touched = new Uint32Array(columns);
  // Where each basket goes on: baskets and products both ascend, so that a step a visit is enough.
  const next = offsets.slice();
  let touchedCount = 0;
  return {
    addRestOf(basket) {
      const end = offsets[basket + 1];
      for (let i = ++next[basket]; i < end; i++) {
        const other = indices[i];
        if (counts[other]++ === 0) touched[touchedCount++] = other;
      }
    },
    drainInto(product, pairs) {
      let keptCount = 0;
      for (let i = 0; i < touchedCount; i++) {
        const other = touched[i];
        if (counts[other] >= minimumCount) touched[keptCount++] = other;
        else counts[other] = 0;
      }
      touchedCount = 0;
      // Only what is kept is put in order: most pairs of a shop occur once.
      for (const other of touched.subarray(0, keptCount).sort()) {
        pairs.push(product, other, counts[other]);
        counts[other] = 0;
      }
    },
  };
}

/** Pairs as they are found. */
interface PairColumns {
  push(left: number, right: number, count: number): void;
  trimmed(): Pick<PairCounts, "left" | "right" | "count">;
}

function createPairColumns(): PairColumns {
  const left = new GrowingColumn(Uint32Array);
  const right = new GrowingColumn(Uint32Array);
  const count = new GrowingColumn(Uint32Array);
  return {
    push(a, b, together) {
      left.push(a);
      right.push(b);
      count.push(together);
    },
    trimmed: () => ({ left: left.trimmed(), right: right.trimmed(), count: count.trimmed() }),
  };
}
