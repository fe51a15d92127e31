/**
 * Where the itemset at hand occurs, for a depth-first search: one list of baskets a product, all in one store.
 *
 * Products are ranked, the best seller first, and a set grows by lower ranks only. While the sets that end with rank r
 * are searched, every list below r is free, for those ranks were done before: children are delivered into the very
 * lists of their elders, so that the whole search needs no more than one entry a line of the history, however deep it
 * goes. Uno, Kiyomi and Arimura, "LCM ver. 2: efficient mining algorithms for frequent/closed/maximal itemsets", FIMI
 * 2004 (occurrence deliver with rightmost sweep).
 */
import { columnSizes, transposeInPieces, type Incidence } from "../matrix/sparse.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { createDenseOccurrences } from "./dense-occurrences.ts";
import type { OccurrenceOptions, Occurrences } from "./itemset-occurrences.ts";

/** Baskets of the frequent products only, by rank and by basket. */
interface RankedBaskets {
  readonly productOf: Uint32Array;
  /** Baskets x ranks, ascending. */
  readonly baskets: Incidence;
  /** Ranks x baskets, ascending. */
  readonly lists: Incidence;
}

/** Lists for all products in at least `minimumCount` baskets: 12 bytes a line of these, 24 a product. */
export function* createOccurrencesInPieces(baskets: Incidence, options: OccurrenceOptions): InPieces<Occurrences> {
  return createSparseOccurrences(yield* rankInPieces(baskets, options.minimumCount), options);
}

function* rankInPieces({ rows, columns, offsets, indices }: Incidence, minimumCount: number): InPieces<RankedBaskets> {
  const frequencies = columnSizes({ rows, columns, offsets, indices });
  const productOf = Uint32Array.from(frequencies.keys())
    .filter((product) => frequencies[product] >= minimumCount)
    .sort((one, other) => frequencies[other] - frequencies[one] || one - other);
  const rankOf = new Int32Array(columns).fill(-1);
  for (const [rank, product] of productOf.entries()) rankOf[product] = rank;

  const kept = new Uint32Array(indices.length);
  const keptOffsets = new Uint32Array(rows + 1);
  let length = 0;
  for (let b = 0; b < rows; b++) {
    for (let i = offsets[b]; i < offsets[b + 1]; i++) {
      if (rankOf[indices[i]] >= 0) kept[length++] = rankOf[indices[i]];
    }
    keptOffsets[b + 1] = length;
  }
  yield;
  const unordered = { rows, columns: productOf.length, offsets: keptOffsets, indices: kept.subarray(0, length) };
  const lists = yield* transposeInPieces(unordered);
  // Turned twice, ranks ascend in every basket.
  return { productOf, lists, baskets: yield* transposeInPieces(lists) };
}

function createSparseOccurrences(
  { productOf, baskets, lists }: RankedBaskets,
  { minimumCount, wholeBaskets }: OccurrenceOptions,
): Occurrences {
  const itemCount = productOf.length;
  const { offsets, indices } = baskets;
  const first = lists.offsets;
  const store = lists.indices;
  const filled = new Uint32Array(itemCount);
  for (let item = 0; item < itemCount; item++) filled[item] = first[item + 1] - first[item];
  const counts = new Uint32Array(itemCount);
  const touched = new Uint32Array(itemCount);
  const frequentCounts = new Uint32Array(itemCount);
  let touchedCount = 0;
  let lines = 0;
  let added = 0;
  let support = 0;
  let frequent = touched.subarray(0, 0);

  function countItems(): void {
    for (let i = 0; i < touchedCount; i++) counts[touched[i]] = 0;
    touchedCount = 0;
    lines = 0;
    const bound = wholeBaskets ? itemCount : added;
    const begin = first[added];
    for (let place = begin; place < begin + support; place++) {
      const basket = store[place];
      const end = offsets[basket + 1];
      let i = offsets[basket];
      for (; i < end; i++) {
        const other = indices[i];
        if (other >= bound) break;
        if (counts[other]++ === 0) touched[touchedCount++] = other;
      }
      lines += i - offsets[basket];
    }
  }

  /** What stands in every basket is part of the closure and no child; where no closures are asked for it is one. */
  const isChild = (item: number): boolean => counts[item] > 0 && !(wholeBaskets && counts[item] === support);

  return {
    productOf,
    tally(item) {
      added = item;
      support = filled[item];
      // Nobody asks for this list again, and it must be empty when it is next delivered into.
      filled[item] = 0;
      countItems();
      let kept = 0;
      for (let i = 0; i < touchedCount; i++) {
        const other = touched[i];
        if (counts[other] >= minimumCount) touched[kept++] = other;
        else counts[other] = 0;
      }
      touchedCount = kept;
      frequent = touched.subarray(0, kept);
      if (kept > 1) frequent.sort();
      for (let i = 0; i < kept; i++) frequentCounts[i] = counts[frequent[i]];
      return { support, items: frequent, counts: frequentCounts.subarray(0, kept) };
    },
    descend() {
      const begin = first[added];
      for (let place = begin; place < begin + support; place++) {
        const basket = store[place];
        for (let i = offsets[basket]; indices[i] < added; i++) {
          const other = indices[i];
          if (isChild(other)) store[first[other] + filled[other]++] = basket;
        }
      }
    },
    densely: () =>
      createDenseOccurrences(
        { productOf, baskets, rows: store.subarray(first[added], first[added] + support), items: frequent, lines },
        { minimumCount, wholeBaskets },
      ),
  };
}
