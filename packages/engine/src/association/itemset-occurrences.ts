/**
 * What a depth-first search for itemsets asks of the baskets, however they are held: as lists where they are sparse, as
 * bits where they are dense.
 */

/** Where the set at hand occurs and what else stands there. Items are numbers from 0, in the order of the search. */
export interface Occurrences {
  /** Catalogue index of each item. */
  readonly productOf: Uint32Array;
  /**
   * Goes through the baskets that hold the set at hand and `item`, which must be frequent there.
   * @param depth how often the search has descended
   * @param known items that were frequent with the set at hand: no others can be now
   */
  tally(item: number, depth: number, known: Uint32Array): Tally;
  /** Makes the set at hand and the item of the last tally the set at hand of `depth + 1`. */
  descend(): void;
  /** The baskets of the last tally as bits, where that is cheaper to go on with. */
  densely(): Occurrences | undefined;
}

/** What stands in the baskets of the last tally. Views: valid until the next one. */
export interface Tally {
  /** How many baskets. */
  readonly support: number;
  /** Frequent items, ascending; `item` itself and the set at hand only when whole baskets are read. */
  readonly items: Uint32Array;
  /** Baskets with each of `items`. */
  readonly counts: Uint32Array;
}

export interface OccurrenceOptions {
  readonly minimumCount: number;
  /** Whether to count all items of a basket, as closures need it, or only those below the one that was added. */
  readonly wholeBaskets: boolean;
}
