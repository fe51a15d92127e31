/**
 * How evenly recommendations reach into the catalogue: a method may be accurate and still show everybody the same ten
 * products. Both figures count products that were never shown.
 */

/**
 * Counts in how many lists each product stands. Add every list that shoppers would have seen.
 * @example
 * const exposure = new Exposure(catalogue.ids.size);
 * for (const query of queries) exposure.add(model.recommend(query, 10).products, 10);
 */
export class Exposure {
  /** Lists each product stood in. */
  readonly counts: Uint32Array;

  /** @param productCount size of the catalogue, the denominator of both figures */
  constructor(productCount: number) {
    this.counts = new Uint32Array(productCount);
  }

  /** Counts the first `k` entries of one list. */
  add(ranked: ArrayLike<number>, k: number): void {
    for (let place = 0; place < Math.min(k, ranked.length); place++) this.counts[ranked[place]]++;
  }
}

/**
 * Catalogue coverage: products shown at least once, divided by all products.
 * @example
 * coverage(exposure); // 0.4: six products of ten were never shown
 */
export function coverage({ counts }: Exposure): number {
  let shown = 0;
  for (const count of counts) if (count > 0) shown++;
  return counts.length === 0 ? 0 : shown / counts.length;
}

/**
 * Gini coefficient of exposure over all products: 0 when each is shown equally often, near 1 when one gets everything.
 * G = sum_i (2 i - n - 1) x_i / (n sum x) with x ascending and i from 1 to n.
 * @returns 0 when nothing was shown
 * @example
 * gini(exposure); // 0.8: few products take most places
 */
export function gini({ counts }: Exposure): number {
  const ascending = counts.toSorted();
  const n = ascending.length;
  let total = 0;
  let weighted = 0;
  for (let i = 0; i < n; i++) {
    total += ascending[i];
    weighted += (2 * (i + 1) - n - 1) * ascending[i];
  }
  return total === 0 ? 0 : weighted / (n * total);
}
