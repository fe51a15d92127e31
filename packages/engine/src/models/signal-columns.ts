/**
 * What many signals say of the products that one question touches. Each such product gets a slot when the first signal
 * speaks for it; signals are short columns by slot, which stay in the processor's cache however large the catalogue is.
 */

/** The products that a question touches, in the order of their first touch. */
export class SignalColumns {
  /** One a signal. */
  readonly columns: readonly SignalColumn[];
  /** The slot of each product, plus one; 0 for products that nothing speaks for. */
  readonly slotOf: Uint32Array;
  /** The product of each slot; the first `count` hold. */
  products: Uint32Array;
  count = 0;

  /** Takes 4 bytes a product of the catalogue, and 8 a signal and product that is touched at once. */
  constructor(productCount: number, signalCount: number) {
    this.slotOf = new Uint32Array(productCount);
    this.products = new Uint32Array(Math.min(productCount, firstSlots));
    this.columns = Array.from({ length: signalCount }, () => new SignalColumn(this));
  }

  /** The slot of a product, made when it has none. */
  open(product: number): number {
    const known = this.slotOf[product];
    if (known > 0) return known - 1;
    if (this.count === this.products.length) this.reserve(1);
    this.products[this.count] = product;
    this.slotOf[product] = ++this.count;
    return this.count - 1;
  }

  /** Makes room for so many more slots. */
  reserve(more: number): void {
    const needed = Math.min(this.count + more, this.slotOf.length);
    if (needed <= this.products.length) return;
    const length = Math.min(this.slotOf.length, 2 * needed);
    const products = new Uint32Array(length);
    products.set(this.products);
    this.products = products;
    for (const column of this.columns) column.grow(length);
  }

  clear(): void {
    for (let slot = 0; slot < this.count; slot++) this.slotOf[this.products[slot]] = 0;
    for (const column of this.columns) column.clear();
    this.count = 0;
  }
}

const firstSlots = 1024;

/** What one signal says: 0 where it has nothing to say. */
export class SignalColumn {
  /** By slot; nothing stands beyond `end`. */
  values: Float64Array;
  /** One more than the last slot that was added to. */
  end = 0;
  readonly #slots: SignalColumns;

  /** Made by `SignalColumns`. */
  constructor(slots: SignalColumns) {
    this.#slots = slots;
    this.values = new Float64Array(slots.products.length);
  }

  /** @param product below the size of the catalogue: no check is made */
  add(product: number, amount: number): void {
    const slot = this.#slots.open(product);
    this.values[slot] += amount;
    if (slot >= this.end) this.end = slot + 1;
  }

  /** Adds `factor * amounts[i]` to product `indices[i]` for `begin <= i < end`. */
  addRow(indices: Uint32Array, amounts: Float32Array, begin: number, end: number, factor: number): void {
    const slots = this.#slots;
    slots.reserve(end - begin);
    const { values } = this;
    const { slotOf, products } = slots;
    let { count } = slots;
    let last = this.end;
    for (let i = begin; i < end; i++) {
      const product = indices[i];
      let slot = slotOf[product];
      if (slot === 0) {
        products[count] = product;
        slotOf[product] = slot = ++count;
      }
      values[slot - 1] += factor * amounts[i];
      if (slot > last) last = slot;
    }
    slots.count = count;
    this.end = last;
  }

  /** What is said of a product. */
  valueOf(product: number): number {
    const slot = this.#slots.slotOf[product];
    return slot === 0 ? 0 : this.values[slot - 1];
  }

  /** Takes back what was said of a product. */
  erase(product: number): void {
    const slot = this.#slots.slotOf[product];
    if (slot > 0) this.values[slot - 1] = 0;
  }

  /** Turns values into shares of their sum; `extra` is added to it. */
  divideByTotal(extra: number): void {
    let total = extra;
    for (let slot = 0; slot < this.end; slot++) total += this.values[slot];
    if (total > 0) this.#divideBy(total);
  }

  /** Brings values of 0 and more to between 0 and 1. */
  divideByLargest(): void {
    let largest = 0;
    for (let slot = 0; slot < this.end; slot++) largest = Math.max(largest, this.values[slot]);
    if (largest > 0) this.#divideBy(largest);
  }

  #divideBy(divisor: number): void {
    for (let slot = 0; slot < this.end; slot++) this.values[slot] /= divisor;
  }

  clear(): void {
    this.values.fill(0, 0, this.end);
    this.end = 0;
  }

  grow(length: number): void {
    const values = new Float64Array(length);
    values.set(this.values);
    this.values = values;
  }
}
