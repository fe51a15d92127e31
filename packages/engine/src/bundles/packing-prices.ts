/**
 * Prices for the units of a cart such that no offer saves more than its units are worth: the dual of the packing's linear
 * relaxation. What all units are worth bounds every packing from above, whatever the prices, and tightest at the optimum.
 *
 * Revised primal simplex from the slack basis, which is feasible because capacities are not negative. Only the inverse of
 * the basis is kept, with the prices below it and the solution beside it: (rows + 1)^2 doubles, and a step costs as much
 * plus one look at each offer. Dantzig's rule, then Bland's (1977) after many steps, so that it ends.
 */
import type { Packing } from "./packing.ts";

/** Below this a number is rounding. Savings are whole minor units, far above it. */
const tolerance = 1e-7;

/** The optimum of the relaxation. */
export interface UnitPrices {
  /** What one unit of each row is worth, zero or more. */
  readonly price: Float64Array;
  /** How often the relaxation takes each offer. */
  readonly times: Float64Array;
}

/** Offers that are looked at, and what is left for them. */
interface Relaxation {
  readonly packing: Packing;
  readonly offers: ArrayLike<number>;
  readonly rows: number;
  /** Inverse of the basis; its last row holds the prices, its last column the solution. */
  readonly inverse: Float64Array;
  /** Offer in each row of the basis, -1 for the row's slack. */
  readonly basis: Int32Array;
}

/**
 * @param left units left of each row, at most the capacity
 * @param offers which offers may still be taken
 * @returns `times` in the order of `offers`
 * @example
 * const { price } = priceUnits(packing, packing.capacity, [0, 1, 2]);
 */
export function priceUnits(packing: Packing, left: ArrayLike<number>, offers: ArrayLike<number>): UnitPrices {
  const rows = left.length;
  const width = rows + 1;
  const inverse = new Float64Array(width * width);
  for (let r = 0; r < rows; r++) {
    inverse[r * width + r] = 1;
    inverse[r * width + rows] = left[r];
  }
  const relaxation = { packing, offers, rows, inverse, basis: new Int32Array(rows).fill(-1) };
  optimise(relaxation);
  return solutionOf(relaxation);
}

function optimise(relaxation: Relaxation): void {
  const { rows, basis } = relaxation;
  const column = new Float64Array(rows + 1);
  const patience = 20 * (rows + 10);
  // A limit that Bland's rule meets only through rounding; the bound is made safe by its caller in any case.
  for (let step = 0; step < 10 * patience; step++) {
    const entering = enteringColumn(relaxation, step < patience);
    if (entering === undefined) return;
    readColumn(relaxation, entering, column);
    const leaving = leavingRow(relaxation, column);
    if (leaving < 0) return;
    pivot(relaxation, column, leaving);
    basis[leaving] = entering;
  }
}

/** Columns are numbered as offers are; -1 - r is the slack of row r. */
function enteringColumn({ packing, offers, rows, inverse }: Relaxation, steepest: boolean): number | undefined {
  const { start, row, units, saving } = packing;
  const prices = rows * (rows + 1);
  let entering: number | undefined;
  let least = -tolerance;
  for (let index = 0; index < offers.length; index++) {
    const offer = offers[index];
    let cost = -saving[offer];
    for (let at = start[offer]; at < start[offer + 1]; at++) cost += units[at] * inverse[prices + row[at]];
    if (cost >= least) continue;
    if (!steepest) return offer;
    entering = offer;
    least = cost;
  }
  for (let r = 0; r < rows; r++) {
    if (inverse[prices + r] >= least) continue;
    if (!steepest) return -1 - r;
    entering = -1 - r;
    least = inverse[prices + r];
  }
  return entering;
}

/** The entering column in terms of the basis, its reduced cost last. */
function readColumn({ packing, rows, inverse }: Relaxation, entering: number, column: Float64Array): void {
  const width = rows + 1;
  const { start, row, units, saving } = packing;
  for (let r = 0; r <= rows; r++) {
    if (entering < 0) {
      column[r] = inverse[r * width - 1 - entering];
      continue;
    }
    let sum = r === rows ? -saving[entering] : 0;
    for (let at = start[entering]; at < start[entering + 1]; at++) sum += units[at] * inverse[r * width + row[at]];
    column[r] = sum;
  }
}

function leavingRow({ rows, inverse, basis }: Relaxation, column: Float64Array): number {
  let leaving = -1;
  let least = Infinity;
  for (let r = 0; r < rows; r++) {
    if (column[r] <= tolerance) continue;
    const ratio = inverse[r * (rows + 1) + rows] / column[r];
    const isTie = leaving >= 0 && Math.abs(ratio - least) <= 1e-12;
    if (isTie ? basis[r] < basis[leaving] : ratio < least) {
      leaving = r;
      least = ratio;
    }
  }
  return leaving;
}

function pivot({ rows, inverse }: Relaxation, column: Float64Array, leaving: number): void {
  const width = rows + 1;
  const own = leaving * width;
  const scale = 1 / column[leaving];
  for (let c = 0; c < width; c++) inverse[own + c] *= scale;
  for (let r = 0; r <= rows; r++) {
    const factor = column[r];
    if (r === leaving || factor === 0) continue;
    const at = r * width;
    for (let c = 0; c < width; c++) inverse[at + c] -= factor * inverse[own + c];
  }
}

function solutionOf({ offers, rows, inverse, basis }: Relaxation): UnitPrices {
  const place = new Map(Array.from(offers, (offer, index) => [offer, index]));
  const times = new Float64Array(offers.length);
  for (let r = 0; r < rows; r++) {
    const index = place.get(basis[r]);
    if (index !== undefined) times[index] = inverse[r * (rows + 1) + rows];
  }
  const prices = rows * (rows + 1);
  return { price: inverse.slice(prices, prices + rows).map((value) => Math.max(0, value)), times };
}
