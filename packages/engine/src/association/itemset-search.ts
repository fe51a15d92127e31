/** The depth-first search for frequent itemsets: see `itemsets.ts`. It keeps its own stack, for sets can be long. */
import { countBelow } from "../matrix/bisect.ts";
import type { Pacer } from "../models/training.ts";
import type { Occurrences, Tally } from "./itemset-occurrences.ts";
import type { ItemsetStore } from "./itemset-store.ts";

/** Which of the frequent itemsets are wanted. */
export type ItemsetKind = "all" | "closed" | "maximal";

/** What is searched for, and where it goes. */
export interface ItemsetSearch {
  readonly kind: ItemsetKind;
  readonly maximumLength: number;
  readonly store: ItemsetStore;
  readonly pace: Pacer;
}

/** A set whose children are being searched. */
interface Level {
  /** Items that are frequent with the set, ascending. */
  readonly known: Uint32Array;
  /** Children are below this item: each set is reached in one way only. */
  readonly core: number;
  /** Items that joined the set here. */
  readonly joined: Uint32Array;
  /** Place in `known` of the next child. */
  next: number;
}

/** The set at hand: how it grows, and what of it is wanted. */
interface GrowingSet {
  /** Whether an item is in the set already, and so no child. */
  holds(item: number): boolean;
  /**
   * Looks at the set grown by `item` and stores it if it is wanted.
   * @returns the items that joined; undefined when nothing below it is wanted
   */
  grow(item: number, tally: Tally): Uint32Array | undefined;
  /** Keeps what joined, for the search of its children. */
  push(joined: Uint32Array): void;
  pop(joined: Uint32Array): void;
  /** Products of the set and of what is about to join. */
  productsWith(joined: Uint32Array): readonly number[];
}

export async function searchItemsets(root: Occurrences, search: ItemsetSearch): Promise<void> {
  const known = Uint32Array.from(root.productOf.keys());
  const first: Level = { known, core: known.length, joined: new Uint32Array(0), next: 0 };
  await searchBelow(root, first, [], { ...search, done: () => first.next });
}

/** @param prefix products of the set that the first level stands for, unless closures find them again */
async function searchBelow(
  occurrences: Occurrences,
  first: Level,
  prefix: readonly number[],
  search: ItemsetSearch & { readonly done: () => number },
): Promise<void> {
  const { kind, pace, done } = search;
  const set = kind === "all" ? createPlainSet(occurrences, prefix, search) : createClosedSet(occurrences, search);
  set.push(first.joined);
  const levels = [first];
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const item = nextChild(level, set);
    if (item === undefined) {
      levels.pop();
      set.pop(level.joined);
      continue;
    }
    if (pace.isDue()) await pace.rest(done());
    const tally = occurrences.tally(item, levels.length - 1, level.known);
    const joined = set.grow(item, tally);
    if (!joined) continue;
    const dense = occurrences.densely();
    if (dense) {
      const closure = kind === "all" ? new Uint32Array(0) : placesOfClosure(tally);
      await searchBelow(dense, renumber(item, closure, tally), set.productsWith(joined), search);
    } else {
      occurrences.descend();
      set.push(joined);
      levels.push({ known: tally.items.slice(), core: item, joined, next: 0 });
    }
  }
}

function nextChild(level: Level, set: GrowingSet): number | undefined {
  while (level.next < level.known.length) {
    const item = level.known[level.next++];
    if (item >= level.core) return undefined;
    if (!set.holds(item)) return item;
  }
  return undefined;
}

/** The level of a grown set where its frequent items are numbered by their places in the tally. */
function renumber(item: number, joined: Uint32Array, { items }: Tally): Level {
  return { known: Uint32Array.from(items.keys()), core: countBelow(items, item), joined, next: 0 };
}

/** Places in the tally of what stands in every basket. */
function placesOfClosure({ items, counts, support }: Tally): Uint32Array {
  return Uint32Array.from(items.keys()).filter((place) => counts[place] === support);
}

/** Sets of any kind: each grows by one item. */
function createPlainSet(
  { productOf }: Occurrences,
  prefix: readonly number[],
  { maximumLength, store }: ItemsetSearch,
): GrowingSet {
  const products = [...prefix];
  return {
    holds: () => false,
    grow(item, { support, items }) {
      products.push(productOf[item]);
      store.push(products, products.length, support);
      const isLeaf = items.length === 0 || products.length >= maximumLength;
      products.pop();
      return isLeaf ? undefined : Uint32Array.of(item);
    },
    push(joined) {
      for (const item of joined) products.push(productOf[item]);
    },
    pop(joined) {
      products.length -= joined.length;
    },
    productsWith: (joined) => [...products, ...Array.from(joined, (item) => productOf[item])],
  };
}

/** Closed sets: each grows by an item and all that stands in every basket with it. */
function createClosedSet({ productOf }: Occurrences, { kind, maximumLength, store }: ItemsetSearch): GrowingSet {
  const isMember = new Uint8Array(productOf.length);
  const joined = new Uint32Array(productOf.length);
  const closure = new Uint32Array(productOf.length);
  return {
    holds: (item) => isMember[item] === 1,
    grow(item, { support, items, counts }) {
      let joinedCount = 0;
      let length = 0;
      let hasChildren = false;
      for (let i = 0; i < items.length; i++) {
        const other = items[i];
        if (counts[i] < support) {
          hasChildren ||= other < item;
          continue;
        }
        closure[length++] = productOf[other];
        if (isMember[other]) continue;
        // A closure that holds more above the item is reached from there: the prefix must be preserved.
        if (other > item) return undefined;
        joined[joinedCount++] = other;
      }
      if (length > maximumLength) return undefined;
      if (kind === "closed" || length === items.length) store.push(closure, length, support);
      return hasChildren && length < maximumLength ? joined.slice(0, joinedCount) : undefined;
    },
    push(items) {
      for (const item of items) isMember[item] = 1;
    },
    pop(items) {
      for (const item of items) isMember[item] = 0;
    },
    // The closure is found anew at every step.
    productsWith: () => [],
  };
}
