/**
 * Prices for the units of a cart such that no offer saves more than its units are worth: the dual of the packing's linear
 * relaxation. What all units are worth bounds every packing from above, whatever the prices, and tightest at the optimum.
 *
 * Revised primal simplex from the slack basis, which is feasible because capacities are not negative. Only the inverse of
 * the basis is kept, with the prices below it and the solution beside it: (rows + 1)^2 doubles, and a step costs as much
 * plus a look at a part of the offers. Dantzig's rule on that part, then Bland's (1977) after many steps, so that it ends.
 */
import type { Packing } from "./packing.ts";

/** Below this a number is rounding. Savings are whole minor units, far above it. */
const tolerance = 1e-7;

/** Offers looked at for a step, if one of them helps: more make fewer steps, each of which takes longer. */
const partOfOffers = 96;

/** The optimum of the relaxation. */
export interface UnitPrices {
  /** What one unit of each row is worth, zero or more. */
  readonly price: Float64Array;
  /** How often the relaxation takes each offer, in the order they were given in. */
  readonly times: Float64Array;
}

/** A basis of the relaxation, from which the next one is reached in few steps. */
export interface Relaxation {
  readonly packing: Packing;
  readonly rows: number;
  /** Inverse of the basis; its last row holds the prices, its last column the solution. */
  readonly inverse: Float64Array;
  /** Offer in each row of the basis, -1 - r for the slack of row r. */
  readonly basis: Int32Array;
}

/**
 * Nothing taken, everything left.
 * @example
 * const relaxation = createRelaxation(packing);
 */
export function createRelaxation(packing: Packing): Relaxation {
  const rows = packing.capacity.length;
  const width = rows + 1;
  const inverse = new Float64Array(width * width);
  for (let r = 0; r < rows; r++) {
    inverse[r * width + r] = 1;
    inverse[r * width + rows] = packing.capacity[r];
  }
  return { packing, rows, inverse, basis: Int32Array.from({ length: rows }, (_, r) => -1 - r) };
}

/** @returns a relaxation that can be changed apart from the given one */
export function copyRelaxation(relaxation: Relaxation): Relaxation {
  return { ...relaxation, inverse: relaxation.inverse.slice(), basis: relaxation.basis.slice() };
}

/**
 * Prices the units while only some offers can be taken. Offers that were in the basis and cannot be taken any more stay
 * with a saving of nothing, which leaves the optimum what it is.
 * @param offers which may be taken
 * @example
 * const { price } = priceUnits(relaxation, [0, 1, 2]);
 */
export function priceUnits(relaxation: Relaxation, offers: readonly number[]): UnitPrices {
  const place = new Map(offers.map((offer, index) => [offer, index]));
  reprice(relaxation, place);
  optimise(relaxation, offers);
  return solutionOf(relaxation, place);
}

/**
 * Takes an offer out of what is left, and restores a feasible basis by the dual simplex.
 * @param offers which may be taken, as the units were last priced for
 * @example
 * takeUnits(relaxation, 1, [0, 1, 2]);
 */
export function takeUnits(relaxation: Relaxation, offer: number, offers: readonly number[]): void {
  const { rows, inverse, basis } = relaxation;
  const width = rows + 1;
  const column = new Float64Array(width);
  readColumn(relaxation, offer, column);
  for (let r = 0; r < rows; r++) inverse[r * width + rows] -= column[r];
  for (let step = 0; step < stepLimit(rows); step++) {
    const leaving = shortRow(relaxation);
    if (leaving < 0) return;
    const entering = dualColumn(relaxation, offers, leaving);
    if (entering === undefined) return;
    readColumn(relaxation, entering, column);
    pivot(relaxation, column, leaving);
    basis[leaving] = entering;
  }
}

/** Prices of the basis when only the offers with a place save anything. */
function reprice({ packing, rows, inverse, basis }: Relaxation, place: ReadonlyMap<number, number>): void {
  const width = rows + 1;
  const prices = rows * width;
  inverse.fill(0, prices, prices + width);
  for (let r = 0; r < rows; r++) {
    if (!place.has(basis[r])) continue;
    const saving = packing.saving[basis[r]];
    for (let c = 0; c < width; c++) inverse[prices + c] += saving * inverse[r * width + c];
  }
}

/** Far above what is ever needed; the bound stays right wherever it stops (see `packing-search.ts`). */
function stepLimit(rows: number): number {
  return 200 * (rows + 10);
}

/** The row whose solution is farthest below zero, -1 when none is. */
function shortRow({ rows, inverse }: Relaxation): number {
  let short = -1;
  let least = -tolerance;
  for (let r = 0; r < rows; r++) {
    const value = inverse[r * (rows + 1) + rows];
    if (value >= least) continue;
    least = value;
    short = r;
  }
  return short;
}

/** The column that can enter in a row without spoiling the prices. */
function dualColumn(
  { packing, rows, inverse }: Relaxation,
  offers: readonly number[],
  leaving: number,
): number | undefined {
  const { start, row, units, saving } = packing;
  const own = leaving * (rows + 1);
  const prices = rows * (rows + 1);
  let entering: number | undefined;
  let least = Infinity;
  for (const offer of offers) {
    let across = 0;
    let cost = -saving[offer];
    for (let at = start[offer]; at < start[offer + 1]; at++) {
      across += units[at] * inverse[own + row[at]];
      cost += units[at] * inverse[prices + row[at]];
    }
    if (across >= -tolerance || -cost / across >= least) continue;
    least = -cost / across;
    entering = offer;
  }
  for (let r = 0; r < rows; r++) {
    const across = inverse[own + r];
    if (across >= -tolerance || -inverse[prices + r] / across >= least) continue;
    least = -inverse[prices + r] / across;
    entering = -1 - r;
  }
  return entering;
}

function optimise(relaxation: Relaxation, offers: readonly number[]): void {
  const { rows, basis } = relaxation;
  const column = new Float64Array(rows + 1);
  const patience = 20 * (rows + 10);
  const look = { from: 0 };
  for (let step = 0; step < stepLimit(rows); step++) {
    const entering = enteringColumn(relaxation, offers, step < patience ? look : undefined);
    if (entering === undefined) return;
    readColumn(relaxation, entering, column);
    const leaving = leavingRow(relaxation, column, step < patience);
    if (leaving < 0) return;
    pivot(relaxation, column, leaving);
    basis[leaving] = entering;
  }
}

/**
 * The steepest column among the slacks and a part of the offers, and the parts after it while there is none. Columns are
 * numbered as offers are; -1 - r is the slack of row r.
 * @param look where the next part begins; when left out, the first column that helps is taken
 */
function enteringColumn(
  { packing, rows, inverse }: Relaxation,
  offers: readonly number[],
  look?: { from: number },
): number | undefined {
  const { start, row, units, saving } = packing;
  const prices = rows * (rows + 1);
  let entering: number | undefined;
  let least = -tolerance;
  for (let r = 0; r < rows; r++) {
    if (inverse[prices + r] >= least) continue;
    entering = -1 - r;
    least = inverse[prices + r];
    if (!look) return entering;
  }
  let place = look?.from ?? 0;
  for (let seen = 0; seen < offers.length && (seen < partOfOffers || entering === undefined); seen++, place++) {
    if (place >= offers.length) place = 0;
    const offer = offers[place];
    let cost = -saving[offer];
    for (let at = start[offer]; at < start[offer + 1]; at++) cost += units[at] * inverse[prices + row[at]];
    if (cost >= least) continue;
    entering = offer;
    least = cost;
    if (!look) return entering;
  }
  if (look) look.from = place;
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

/** @param steepest of rows that are used up at once, take the one with the largest pivot, which rounds least; else Bland's */
function leavingRow({ rows, inverse, basis }: Relaxation, column: Float64Array, steepest: boolean): number {
  let leaving = -1;
  let least = Infinity;
  for (let r = 0; r < rows; r++) {
    if (column[r] <= tolerance) continue;
    const ratio = inverse[r * (rows + 1) + rows] / column[r];
    const isTie = leaving >= 0 && Math.abs(ratio - least) <= 1e-12;
    const isPreferred = isTie && (steepest ? column[r] > column[leaving] : basis[r] < basis[leaving]);
    if (isTie ? isPreferred : ratio < least) {
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

function solutionOf({ rows, inverse, basis }: Relaxation, place: ReadonlyMap<number, number>): UnitPrices {
  const times = new Float64Array(place.size);
  for (let r = 0; r < rows; r++) {
    const index = place.get(basis[r]);
    if (index !== undefined) times[index] = inverse[r * (rows + 1) + rows];
  }
  const prices = rows * (rows + 1);
  return { price: inverse.slice(prices, prices + rows).map((value) => Math.max(0, value)), times };
}
