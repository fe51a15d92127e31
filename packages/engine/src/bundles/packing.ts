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

/** A packing in the making: what is left of the cart, and what was taken. */
export interface Load {
  readonly packing: Packing;
  /** Units left of each row. */
  readonly left: Uint32Array;
  /** How often each offer was taken. */
  readonly times: Uint32Array;
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

/**
 * Nothing taken, everything left.
 * @example
 * const load = createLoad(packing);
 */
export function createLoad(packing: Packing): Load {
  return { packing, left: packing.capacity.slice(), times: new Uint32Array(packing.saving.length) };
}

/** @returns whether an offer can be taken once more */
export function fits({ packing: { start, row, units }, left }: Load, offer: number): boolean {
  for (let at = start[offer]; at < start[offer + 1]; at++) if (left[row[at]] < units[at]) return false;
  return true;
}

/** @returns how often an offer can be taken once more */
export function timesThatFit({ packing: { start, row, units }, left }: Load, offer: number): number {
  let most = Infinity;
  for (let at = start[offer]; at < start[offer + 1]; at++) most = Math.min(most, Math.floor(left[row[at]] / units[at]));
  return most;
}

/** @param count how often to take the offer; below zero gives it back */
export function take({ packing: { start, row, units }, left, times }: Load, offer: number, count: number): void {
  times[offer] += count;
  for (let at = start[offer]; at < start[offer + 1]; at++) left[row[at]] -= count * units[at];
}
