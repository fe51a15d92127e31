/** Finds an itemset among others by its products: a table of hashes that do not depend on the order of products. */
import { order, rowSizes, type Incidence } from "../matrix/sparse.ts";

/**
 * For each product of each itemset, which row holds the rest of the set. Open addressing, linear probing: 8 to 16 bytes
 * an itemset, 4 a product in it.
 * @param sets itemsets x products, ascending, with all subsets of each
 * @returns as long as `sets.indices`: row of the set without that product; for a set of one the entry has no meaning
 */
export function* rowsWithoutInPieces(sets: Incidence): Generator<undefined, Uint32Array, undefined> {
  const { rows, offsets, indices } = sets;
  const capacity = 2 ** Math.ceil(Math.log2(2 * rows + 2));
  const mask = capacity - 1;
  const hashes = new Uint32Array(rows);
  const slots = new Int32Array(capacity).fill(-1);
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) hashes[row] += hashOf(indices[i]);
    let slot = spread(hashes[row]) & mask;
    while (slots[slot] >= 0) slot = (slot + 1) & mask;
    slots[slot] = row;
    if (row % rowsAPiece === 0) yield;
  }

  const rest = new Uint32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1] && offsets[row + 1] - offsets[row] > 1; i++) {
      const hash = (hashes[row] - hashOf(indices[i])) >>> 0;
      let slot = spread(hash) & mask;
      while (hashes[slots[slot]] !== hash || !isRowWithout(sets, slots[slot], row, i)) slot = (slot + 1) & mask;
      rest[i] = slots[slot];
    }
    if (row % rowsAPiece === 0) yield;
  }
  return rest;
}

/** Rows by the number of their products, shortest first. */
export function rowsByLength(sets: Incidence): Uint32Array {
  const sizes = rowSizes(sets);
  const longest = sizes.reduce((most, size) => Math.max(most, size), 0);
  return order(longest + 1, sizes);
}

const rowsAPiece = 4096;

/** Whether `candidate` is `row` without the product at cell `left`. */
function isRowWithout({ offsets, indices }: Incidence, candidate: number, row: number, left: number): boolean {
  if (offsets[candidate + 1] - offsets[candidate] !== offsets[row + 1] - offsets[row] - 1) return false;
  let i = offsets[row];
  for (let c = offsets[candidate]; c < offsets[candidate + 1]; c++, i++) {
    if (i === left) i++;
    if (indices[c] !== indices[i]) return false;
  }
  return true;
}

/** Bits of a product, well mixed, so that their sum tells sets apart (the finisher of MurmurHash3). */
function hashOf(product: number): number {
  let hash = product + 0x9e3779b9;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 15);
}
