/**
 * Frequent itemsets: products that stand together in many baskets - all such sets, the closed ones (no product can be
 * added without losing a basket) or the maximal ones (no product can be added at all).
 *
 * A depth-first search by LCM: Uno, Kiyomi and Arimura, "LCM ver. 2", FIMI 2004. Closed sets come from each other by
 * prefix-preserving closure extension, every one exactly once, so that none has to be remembered for the search; a
 * closed set that no frequent product extends is maximal. Baskets are lists where products are rare and bits where
 * they are not.
 *
 * These are counts, not evidence: two bestsellers are frequent together without any affinity (see `affinity.ts`).
 */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { filledBaskets, selectBaskets } from "./baskets.ts";
import { searchItemsets, type ItemsetKind } from "./itemset-search.ts";
import { createItemsetStore } from "./itemset-store.ts";
import { createOccurrencesInPieces } from "./sparse-occurrences.ts";

/** Which itemsets are looked for. */
export interface ItemsetOptions extends TrainingControls {
  /** Share of the filled baskets that must hold an itemset, above 0 and at most 1. */
  readonly minimumSupport?: number;
  readonly kind?: ItemsetKind;
  /**
   * Products of an itemset, at most. Whether a set is closed or maximal is decided by all baskets, not by this: a set
   * of three that a fourth product could join is not maximal, and so not answered, even when three is the most.
   */
  readonly maximumLength?: number;
  /** Baskets with more distinct products are skipped, and counted. No limit when left out. */
  readonly maximumBasketSize?: number | undefined;
  /** What the result may take: 8 bytes an itemset and 4 a product in it. */
  readonly maximumBytes?: number;
}

/** Frequent itemsets in the order of their discovery, which is the same for the same baskets in any order. */
export interface Itemsets {
  readonly kind: ItemsetKind;
  /** Itemsets x products, ascending. */
  readonly sets: Incidence;
  /** Baskets that hold all products of each itemset. */
  readonly count: Uint32Array;
  /** Baskets that hold at least one product and were not skipped: what shares are of. */
  readonly basketCount: number;
  readonly skippedBaskets: number;
  /** Baskets an itemset had to be in: the support asked for times the baskets, rounded up. */
  readonly minimumCount: number;
}

/**
 * Memory beside the result: 16 bytes a line of the history, however long the itemsets are. Time grows with the number
 * of itemsets and their baskets. Where the support asked for is as low as a few baskets and these hold thousands of
 * lines each, there are more itemsets than atoms, and even closed ones take very long to tell apart: set
 * `maximumBasketSize` or `maximumLength` there, or an abort signal.
 * @param baskets orders x products, each product at most once in a basket (see `incidence`)
 * @throws InvalidInput when a basket repeats a product or is not ascending; InvalidOption on wrong options, and on
 * `maximumBytes` when the result does not fit into it
 * @example
 * const { sets, count } = await findItemsets(baskets, { minimumSupport: 0.005, kind: "closed" });
 * for (let s = 0; s < sets.rows; s++) console.log(rowOf(sets, s), count[s]);
 */
export async function findItemsets(
  baskets: Incidence,
  {
    minimumSupport = 0.01,
    kind = "all",
    maximumLength = Infinity,
    maximumBasketSize,
    maximumBytes = 2 ** 28,
    ...controls
  }: ItemsetOptions = {},
): Promise<Itemsets> {
  requireNumber("minimumSupport", minimumSupport, Number.MIN_VALUE, 1);
  if (!["all", "closed", "maximal"].includes(kind)) {
    throw new InvalidOption("kind", kind, '"all", "closed" or "maximal"');
  }
  if (maximumLength !== Infinity) requireInteger("maximumLength", maximumLength, 1);
  requireInteger("maximumBytes", maximumBytes, 0);
  const { baskets: kept, skippedBaskets } = selectBaskets(baskets, maximumBasketSize);
  const basketCount = filledBaskets(kept);
  const minimumCount = basketsNeeded(minimumSupport, basketCount);

  const pace = createPacer("finding itemsets", kept.columns, controls);
  const occurrences = await pace.through(
    createOccurrencesInPieces(kept, { minimumCount, wholeBaskets: kind !== "all" }),
    0,
  );
  const store = createItemsetStore(kept.columns, maximumBytes);
  await searchItemsets(occurrences, { kind, maximumLength, store, pace });
  const found = await pace.through(store.finishInPieces(), kept.columns);
  pace.finish();
  return { kind, ...found, basketCount, skippedBaskets, minimumCount };
}

/** 7 % of 100 baskets is 7, although 0.07 * 100 is a little more in floating point. */
function basketsNeeded(support: number, basketCount: number): number {
  return Math.max(1, Math.ceil(support * basketCount * (1 - 1e-12)));
}
