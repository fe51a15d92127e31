/**
 * Which of many sets a product is in, side by side: a row of bits a product, a column a set. A decision asks few products
 * about all the sets at once, and finds its answer in a few words that lie together in memory.
 */
import type { ProductSet } from "./product-sets.ts";

/** Products x sets bits. */
export interface ProductMarks {
  /** Words of 32 sets that a row has. */
  readonly wordsPerProduct: number;
  /** Bit `c % 32` of word `p * wordsPerProduct + c / 32` says whether product `p` is in set `c`. */
  readonly words: Uint32Array;
}

export function createProductMarks(products: number, sets: number): ProductMarks {
  const wordsPerProduct = Math.ceil(sets / 32);
  return { wordsPerProduct, words: new Uint32Array(products * wordsPerProduct) };
}

export function copyMarks({ words, wordsPerProduct }: ProductMarks): ProductMarks {
  return { words: words.slice(), wordsPerProduct };
}

/** Writes a set into a column, whatever was there before. */
export function writeColumn({ words, wordsPerProduct }: ProductMarks, column: number, set: ProductSet): void {
  const bit = 1 << (column & 31);
  const first = column >>> 5;
  for (let word = first; word < words.length; word += wordsPerProduct) words[word] &= ~bit;
  for (const product of set.members()) words[product * wordsPerProduct + first] |= bit;
}

/** @returns columns as a row of bits */
export function maskOf({ wordsPerProduct }: ProductMarks, columns: readonly number[]): Uint32Array {
  const mask = new Uint32Array(wordsPerProduct);
  for (const column of columns) mask[column >>> 5] |= 1 << (column & 31);
  return mask;
}

/** @returns the place of the lowest bit of a word that is not 0 */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
