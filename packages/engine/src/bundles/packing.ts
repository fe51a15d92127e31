/** The problem behind the cover of a cart: weighted set packing with quantities, as typed columns. */

/** Which offers fit a cart, and what each saves. */
export interface Packing {
  /** Units of each line group; a row of the problem. */
  readonly capacity: Uint32Array;
  /** What taking each offer once saves: positive whole numbers. */
  readonly saving: Float64Array;
  /** Offers to their rows: `row[start[o] .. start[o + 1])` and as many units each. */
  readonly start: Uint32Array;
  readonly row: Uint32Array;
  readonly units: Uint32Array;
}

/** What a search found. */
export interface PackingAnswer {
  /** How often each offer is taken. */
  readonly times: Uint32Array;
  readonly saving: number;
  /** No packing saves more than this. Equal to `saving` when the answer is exact. */
  readonly bound: number;
  readonly nodes: number;
}

/**
 * @param needs rows and units of each offer
 * @example
 * createPacking([2, 1], [300], [[[0, 1], [1, 1]]]);
 */
export function createPacking(
  capacity: readonly number[],
  saving: readonly number[],
  needs: readonly (readonly (readonly [row: number, units: number])[])[],
): Packing {
  const start = new Uint32Array(needs.length + 1);
  for (const [offer, rows] of needs.entries()) start[offer + 1] = start[offer] + rows.length;
  return {
    capacity: Uint32Array.from(capacity),
    saving: Float64Array.from(saving),
    start,
    row: Uint32Array.from(needs.flatMap((rows) => rows.map(([row]) => row))),
    units: Uint32Array.from(needs.flatMap((rows) => rows.map(([, units]) => units))),
  };
}
