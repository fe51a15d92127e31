/**
 * The k best of a stream of scored indices, in a bounded binary heap: O(n log k), no allocation per candidate.
 * Equal scores go to the lower index, so that results do not depend on the order of arrival.
 */
import { requireInteger } from "../errors.ts";

/** Indices with their scores, best first. Both columns have the same length. */
export interface Ranked {
  readonly products: Uint32Array;
  readonly scores: Float64Array;
}

/**
 * Keeps the `capacity` best indices offered to it.
 * @example
 * const best = new TopK(2);
 * best.offer(7, 0.5);
 * best.offer(3, 0.9);
 * best.ranked().products; // Uint32Array [3, 7]
 */
export class TopK {
  readonly capacity: number;
  #size = 0;
  readonly #index: Uint32Array;
  readonly #score: Float64Array;

  /** @throws InvalidOption when `capacity` is negative or not an integer */
  constructor(capacity: number) {
    requireInteger("capacity", capacity, 0);
    this.capacity = capacity;
    this.#index = new Uint32Array(capacity);
    this.#score = new Float64Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** Whether a candidate would be kept: lets callers skip work for hopeless ones. */
  admits(index: number, score: number): boolean {
    if (this.#size < this.capacity) return true;
    return this.capacity > 0 && isBetter(score, index, this.#score[0], this.#index[0]);
  }

  /** Offers one candidate. NaN is never kept. */
  offer(index: number, score: number): void {
    if (score !== score || !this.admits(index, score)) return;
    if (this.#size < this.capacity) this.#rise(this.#size++, index, score);
    else sink(this.#index, this.#score, this.#size, index, score);
  }

  /** What was kept, best first. The heap itself stays as it is. */
  ranked(): Ranked {
    const products = this.#index.slice(0, this.#size);
    const scores = this.#score.slice(0, this.#size);
    // Taking the worst off the root again and again sorts in place, best first, without a comparator to call.
    for (let last = this.#size - 1; last > 0; last--) {
      const index = products[last];
      const score = scores[last];
      products[last] = products[0];
      scores[last] = scores[0];
      sink(products, scores, last, index, score);
    }
    return { products, scores };
  }

  /** Moves a new candidate up from the last place; the worst kept one stands at the root. */
  #rise(place: number, index: number, score: number): void {
    const indices = this.#index;
    const scores = this.#score;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBetter(scores[parent], indices[parent], score, index)) break;
      indices[place] = indices[parent];
      scores[place] = scores[parent];
      place = parent;
    }
    indices[place] = index;
    scores[place] = score;
  }
}

/** Puts a candidate at the root of a heap of `size` and moves it down to where it belongs; the worst ends at the root. */
function sink(indices: Uint32Array, scores: Float64Array, size: number, index: number, score: number): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= size) break;
    const right = child + 1;
    if (right < size && isBetter(scores[child], indices[child], scores[right], indices[right])) child = right;
    if (!isBetter(score, index, scores[child], indices[child])) break;
    indices[place] = indices[child];
    scores[place] = scores[child];
    place = child;
  }
  indices[place] = index;
  scores[place] = score;
}

function isBetter(score: number, index: number, thanScore: number, thanIndex: number): boolean {
  return score > thanScore || (score === thanScore && index < thanIndex);
}

/**
 * The `count` best entries of a dense score column.
 * @example
 * topOf([0.1, 0.9, 0.5], 2).products; // Uint32Array [1, 2]
 */
export function topOf(scores: ArrayLike<number>, count: number): Ranked {
  const best = new TopK(Math.min(count, scores.length));
  for (let i = 0; i < scores.length; i++) best.offer(i, scores[i]);
  return best.ranked();
}
