/**
 * A dense score column that remembers which entries were touched, so that clearing it costs what was used and not
 * the whole catalogue. Queries share one accumulator a model: they run to completion before the next one begins.
 * @example
 * const scores = new Accumulator(1000);
 * scores.add(7, 0.5);
 * scores.add(7, 0.25);
 * scores.values[7]; // 0.75
 * scores.clear();
 */
export class Accumulator {
  /** Scores by index; zero where untouched. */
  readonly values: Float64Array;
  readonly #touched: Uint32Array;
  readonly #isTouched: Uint8Array;
  #count = 0;

  /** @param size number of indices; 13 bytes each */
  constructor(size: number) {
    this.values = new Float64Array(size);
    // One more, for the index that `add` writes down before it knows whether that is new.
    this.#touched = new Uint32Array(size + 1);
    this.#isTouched = new Uint8Array(size);
  }

  /** @param index below the size: no check is made */
  add(index: number, amount: number): void {
    // Without a branch: whether an index is new is a toss-up, and processors lose time on each wrong guess.
    this.#touched[this.#count] = index;
    this.#count += 1 - this.#isTouched[index];
    this.#isTouched[index] = 1;
    this.values[index] += amount;
  }

  /**
   * Adds `factor * amounts[i]` at `indices[i]` for `begin <= i < end`. The count stays in a register meanwhile, which
   * makes long rows a good deal faster than one `add` after another.
   */
  addRow(indices: Uint32Array, amounts: Float32Array, begin: number, end: number, factor: number): void {
    const values = this.values;
    const touched = this.#touched;
    const isTouched = this.#isTouched;
    let count = this.#count;
    for (let i = begin; i < end; i++) {
      const index = indices[i];
      touched[count] = index;
      count += 1 - isTouched[index];
      isTouched[index] = 1;
      values[index] += factor * amounts[i];
    }
    this.#count = count;
  }

  /** Indices touched since the last `clear`, in the order of their first touch. A view: valid until then. */
  get touched(): Uint32Array {
    return this.#touched.subarray(0, this.#count);
  }

  clear(): void {
    for (let i = 0; i < this.#count; i++) {
      const index = this.#touched[i];
      this.values[index] = 0;
      this.#isTouched[index] = 0;
    }
    this.#count = 0;
  }
}

/** Columns that models share, for as long as one of them lives. */
const shared = new Map<number, WeakRef<Accumulator>>();

/**
 * The one column of this size. Queries run to completion and leave it clean, so all models of a shop can add up in the
 * same place, which then stays in the processor's cache: a decision asks half a dozen of them in a row.
 * @example
 * const scores = sharedAccumulator(productCount);
 */
export function sharedAccumulator(size: number): Accumulator {
  const known = shared.get(size)?.deref();
  if (known) return known;
  const created = new Accumulator(size);
  shared.set(size, new WeakRef(created));
  return created;
}
