/**
 * Draws from a list: one index by weight, many indices by weight, or the whole list in random order.
 */
import { InvalidInput } from "../errors.ts";
import type { Random } from "./generator.ts";

/** Draws indices in proportion to fixed weights, each draw in constant time. */
export interface Sampler {
  readonly size: number;
  /** @returns an index below `size` */
  draw(random: Random): number;
}

/**
 * Prepares many draws: Walker's alias table, built as in Vose, "A linear algorithm for generating random numbers with
 * a given distribution", IEEE TSE 1991. O(weights) to build, 12 bytes a weight.
 * @throws InvalidInput when a weight is negative or not finite, or none is positive
 * @example
 * const product = createSampler(popularity);
 * product.draw(random);
 */
export function createSampler(weights: ArrayLike<number>): Sampler {
  const size = weights.length;
  const scale = size / sumOf(weights);
  const keep = Float64Array.from(weights, (weight) => weight * scale);
  const alias = new Uint32Array(size);
  // One column serves two stacks: light entries grow from the left, heavy ones from the right.
  const stack = new Uint32Array(size);
  let light = 0;
  let heavy = size;
  for (let i = 0; i < size; i++) stack[keep[i] < 1 ? light++ : --heavy] = i;
  while (light > 0 && heavy < size) {
    const poor = stack[--light];
    const rich = stack[heavy];
    alias[poor] = rich;
    keep[rich] -= 1 - keep[poor];
    if (keep[rich] < 1) {
      heavy++;
      stack[light++] = rich;
    }
  }
  // What is left on either stack differs from 1 by rounding only.
  while (light > 0) keep[stack[--light]] = 1;
  while (heavy < size) keep[stack[heavy++]] = 1;
  return {
    size,
    draw(random) {
      const index = random.integer(size);
      return random.next() < keep[index] ? index : alias[index];
    },
  };
}

/**
 * One index in proportion to `weights`, O(weights). For many draws from the same weights use `createSampler`.
 * @throws InvalidInput when a weight is negative or not finite, or none is positive
 * @example
 * categorical(createRandom("dice"), [1, 1, 2]); // 2 half of the time
 */
export function categorical(random: Random, weights: ArrayLike<number>): number {
  let left = random.next() * sumOf(weights);
  let last = 0;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    if (left < weights[i]) return i;
    left -= weights[i];
    last = i;
  }
  return last; // Rounding used up the whole sum.
}

/** A list whose items can be put elsewhere: an array or a typed column. */
export interface MutableList<Item> {
  readonly length: number;
  [index: number]: Item;
}

/**
 * Puts a list into random order, in place: Fisher and Yates, every order equally likely.
 * @returns the same list
 * @example
 * const order = shuffle(random, Uint32Array.from({ length: 52 }, (_, card) => card));
 */
export function shuffle<List extends MutableList<unknown>>(random: Random, list: List): List {
  for (let last = list.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const kept = list[last];
    list[last] = list[other];
    list[other] = kept;
  }
  return list;
}

function sumOf(weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i] >= 0 && weights[i] < Infinity)) {
      throw new InvalidInput(`weights[${i}]`, weights[i], "a number of at least 0");
    }
    sum += weights[i];
  }
  if (!(sum > 0 && sum < Infinity)) throw new InvalidInput("weights", sum, "numbers with a positive, finite sum");
  return sum;
}
