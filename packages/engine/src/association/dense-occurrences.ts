/**
 * Where an itemset occurs, as bits: one row of bits a product and a bit a basket, so that one operation narrows down 32
 * baskets. Pays where products stand in a good part of the baskets at hand; lists of baskets are cheaper elsewhere.
 */
import type { Incidence } from "../matrix/sparse.ts";
import type { OccurrenceOptions, Occurrences } from "./itemset-occurrences.ts";

/** Baskets to turn into bits. */
interface DenseSource {
  readonly productOf: Uint32Array;
  /** Baskets x items, ascending. */
  readonly baskets: Incidence;
  /** The baskets at hand. */
  readonly rows: Uint32Array;
  /** The items that are frequent there, ascending. */
  readonly items: Uint32Array;
  /** Lines that one pass over the baskets at hand reads. */
  readonly lines: number;
}

/** Counting the bits of a word takes as long as reading this many lines of a basket. */
const linesAWord = 4;
/** Below that many baskets or items both ways are equally fast. */
const fewBaskets = 128;
const fewItems = 8;

/**
 * @returns the same baskets, items numbered by their place in `items`; undefined where bits would not pay. Takes fewer
 * bytes than the lines it replaces, and a row of bits for each step down.
 */
export function createDenseOccurrences(
  { productOf, baskets, rows, items, lines }: DenseSource,
  { minimumCount, wholeBaskets }: OccurrenceOptions,
): Occurrences | undefined {
  const width = Math.ceil(rows.length / 32);
  if (rows.length < fewBaskets || items.length < fewItems || items.length * width * linesAWord > lines)
    return undefined;
  const bits = bitsOf(baskets, rows, items, width);
  /** The baskets of each set on the way down. */
  const masks = [new Int32Array(width).fill(-1)];
  const tallied = new Uint32Array(items.length);
  const counts = new Uint32Array(items.length);
  return {
    productOf: items.map((item) => productOf[item]),
    tally(item, depth, known) {
      const mask = (masks[depth + 1] ??= new Int32Array(width));
      const support = narrow(mask, masks[depth], bits, item * width);
      let kept = 0;
      for (const other of known) {
        if (other >= item && !wholeBaskets) break;
        const count = countCommon(mask, bits, other * width);
        if (count < minimumCount) continue;
        tallied[kept] = other;
        counts[kept++] = count;
      }
      return { support, items: tallied.subarray(0, kept), counts: counts.subarray(0, kept) };
    },
    // The mask of the next depth stands already.
    descend: () => undefined,
    densely: () => undefined,
  };
}

function bitsOf({ offsets, indices }: Incidence, rows: Uint32Array, items: Uint32Array, width: number): Int32Array {
  const placeOf = new Map(Array.from(items, (item, place) => [item, place]));
  const bits = new Int32Array(items.length * width);
  for (const [bit, row] of rows.entries()) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      const place = placeOf.get(indices[i]);
      if (place !== undefined) bits[place * width + (bit >>> 5)] |= 1 << (bit & 31);
    }
  }
  return bits;
}

/** Writes the common bits of `mask` and a row to `target`. @returns how many there are */
function narrow(target: Int32Array, mask: Int32Array, bits: Int32Array, row: number): number {
  let total = 0;
  for (let w = 0; w < target.length; w++) {
    target[w] = mask[w] & bits[row + w];
    total += bitCount(target[w]);
  }
  return total;
}

function countCommon(mask: Int32Array, bits: Int32Array, row: number): number {
  let total = 0;
  for (let w = 0; w < mask.length; w++) total += bitCount(mask[w] & bits[row + w]);
  return total;
}

/** Set bits of a word, summed in parallel. Warren, "Hacker's Delight", figure 5-2. */
function bitCount(word: number): number {
  let sum = word - ((word >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
