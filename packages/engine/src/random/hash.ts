/**
 * Hashing for seeds and sticky assignment: MurmurHash3 x86 32-bit over UTF-8.
 * Austin Appleby, https://github.com/aappleby/smhasher (public domain).
 */
import { atOnce, type InPieces } from "../matrix/pieces.ts";

const encoder = new TextEncoder();

/**
 * @param text hashed as UTF-8
 * @param seed 32-bit unsigned
 * @returns an unsigned 32-bit integer
 * @example
 * murmur3("hello", 0); // 613153351
 */
export function murmur3(text: string, seed = 0): number {
  return murmur3Bytes(encoder.encode(text), seed);
}

/**
 * The same over bytes.
 * @example
 * murmur3Bytes(new TextEncoder().encode("hello")); // 613153351
 */
export function murmur3Bytes(bytes: Uint8Array, seed = 0): number {
  let hash = seed | 0;
  const blocks = bytes.length & ~3;
  const view = new DataView(bytes.buffer, bytes.byteOffset, blocks);
  for (let i = 0; i < blocks; i += 4) {
    hash ^= scramble(view.getInt32(i, true));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let i = bytes.length - 1; i >= blocks; i--) tail = (tail << 8) | bytes[i];
  if (bytes.length > blocks) hash ^= scramble(tail);
  return finish(hash ^ bytes.length);
}

/**
 * Names the content of typed columns: 64 bits as 16 hexadecimal digits, from two chained 32-bit hashes with seeds of
 * their own. Equal columns in equal order get equal names on every little-endian machine. Not for secrets.
 * @example
 * hashColumns([baskets.offsets, baskets.indices]); // "5f0c..."
 */
export function hashColumns(columns: Iterable<ArrayBufferView>): string {
  return atOnce(hashColumnsInPieces(columns));
}

/** The same, pausing between columns: a second for a few hundred million cells. */
export function* hashColumnsInPieces(columns: Iterable<ArrayBufferView>): InPieces<string> {
  let high = 0x9e3779b9;
  let low = 0x243f6a88;
  for (const { buffer, byteOffset, byteLength } of columns) {
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    high = murmur3Bytes(bytes, high);
    yield;
    low = murmur3Bytes(bytes, low);
    yield;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("");
}

/**
 * A number in [0, 1) that is always the same for the same salt and id: the ground of sticky assignment.
 * @example
 * const inHoldout = stickyUnit("holdout-2026", visitorId) < 0.05;
 */
export function stickyUnit(salt: string, id: string): number {
  return murmur3(`${salt}\u0000${id}`) / 2 ** 32;
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}

function finish(hash: number): number {
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
