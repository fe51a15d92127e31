/** Typed columns of unknown length: they double when they are full, so that an entry costs no object. */

/** The typed arrays that columns are made of. */
type Store = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/**
 * @example
 * const times = new GrowingColumn(Float64Array);
 * times.push(1769842800000);
 * times.store.subarray(0, times.length); // Float64Array [1769842800000]
 */
export class GrowingColumn<Column extends Store> {
  #length = 0;
  #store: Column;
  readonly #allocate: new (length: number) => Column;

  constructor(allocate: new (length: number) => Column, capacity = 1024) {
    this.#allocate = allocate;
    this.#store = new allocate(capacity);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#store.length) this.#grow();
    this.#store[this.#length++] = value;
  }

  /** What was pushed, at full length of the store: entries from `length` on are zero. A view: valid until the next push. */
  get store(): Column {
    return this.#store;
  }

  /** A copy of what was pushed, and no more. */
  trimmed(): Column {
    const copy = new this.#allocate(this.#length);
    copy.set(this.#store.subarray(0, this.#length));
    return copy;
  }

  #grow(): void {
    const larger = new this.#allocate(2 * this.#store.length);
    larger.set(this.#store);
    this.#store = larger;
  }
}
