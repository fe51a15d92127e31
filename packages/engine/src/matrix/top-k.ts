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
    return this.capacity > 0 && this.#better(score, index, this.#score[0], this.#index[0]);
  }

  /** Offers one candidate. NaN is never kept. */
  offer(index: number, score: number): void {
    if (score !== score || !this.admits(index, score)) return;
    if (this.#size < this.capacity) this.#rise(this.#size++, index, score);
    else this.#sink(index, score);
  }

  /** What was kept, best first. The heap itself stays as it is. */
  ranked(): Ranked {
    const places = Array.from({ length: this.#size }, (_, place) => place);
    places.sort((a, b) => this.#score[b] - this.#score[a] || this.#index[a] - this.#index[b]);
    return {
      products: Uint32Array.from(places, (place) => this.#index[place]),
      scores: Float64Array.from(places, (place) => this.#score[place]),
    };
  }

  #better(score: number, index: number, thanScore: number, thanIndex: number): boolean {
    return score > thanScore || (score === thanScore && index < thanIndex);
  }

  /** Moves a new candidate up from the last place; the worst kept one stands at the root. */
  #rise(place: number, index: number, score: number): void {
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#better(this.#score[parent], this.#index[parent], score, index)) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#index[place] = index;
    this.#score[place] = score;
  }

  /** Replaces the worst kept candidate. */
  #sink(index: number, score: number): void {
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (
        right < this.#size &&
        this.#better(this.#score[child], this.#index[child], this.#score[right], this.#index[right])
      ) {
        child = right;
      }
      if (!this.#better(score, index, this.#score[child], this.#index[child])) break;
      this.#move(child, place);
      place = child;
    }
    this.#index[place] = index;
    this.#score[place] = score;
  }

  #move(from: number, to: number): void {
    this.#index[to] = this.#index[from];
    this.#score[to] = this.#score[from];
  }
}

/** The `count` best entries of a dense score column. */
export function topOf(scores: ArrayLike<number>, count: number): Ranked {
  const best = new TopK(Math.min(count, scores.length));
  for (let i = 0; i < scores.length; i++) best.offer(i, scores[i]);
  return best.ranked();
}
