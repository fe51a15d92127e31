/**
 * A seeded stream of random numbers: sfc32 (Chris Doty-Humphrey, PractRand), seeded by MurmurHash3 of a label.
 * The same seed gives the same stream in Node and in every browser.
 */
import { murmur3 } from "./hash.ts";

/** A source of chance. Every function of the engine that needs one takes it as an argument. */
export interface Random {
  /** Uniform in [0, 1) with 53 random bits. */
  next(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** An independent stream, the same for the same parent seed and label, whatever the parent has drawn so far. */
  fork(label: string): Random;
}

/**
 * @param seed any text or number; equal seeds give equal streams
 * @example
 * const random = createRandom("demo-shop");
 * random.integer(6) + 1; // a die
 */
export function createRandom(seed: string | number): Random {
  const label = String(seed);
  const bits = sfc32(murmur3(label, 0x9e3779b9), murmur3(label, 0x243f6a88), murmur3(label, 0xb7e15162));
  // The author's own warm-up for seeds of this size.
  for (let i = 0; i < 15; i++) bits();

  function next(): number {
    const high = bits() >>> 5;
    const low = bits() >>> 6;
    return (high * 67_108_864 + low) / 2 ** 53;
  }
  return {
    next,
    integer: (bound) => Math.floor(next() * bound),
    fork: (child) => createRandom(`${label}\u0000${child}`),
  };
}

/** The bare generator: 32 unsigned bits a call from 96 bits of seed, the counter starting at 1. */
export function sfc32(a: number, b: number, c: number): () => number {
  let counter = 1;
  return () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
}
