/**
 * Customers and products as the two sides of a graph, with the degrees that graph filters damp by. A matrix of the form
 *   F(i, j) = d_i^-source S(i, j) d_j^-target,   S(i, j) = sum over customers u of both of d_u^-customer
 * is worked out one product at a time, so that memory stays at one dense column whatever the shop.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { WeighedRows } from "../matrix/gram.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { rowSizes, transposeInPieces, type Incidence } from "../matrix/sparse.ts";

/** Who holds what, both ways. */
export interface CustomerGraph {
  /** Customers, baskets or sessions x products. */
  readonly byCustomer: Incidence;
  readonly byProduct: Incidence;
}

/** Rows are short or left out. */
const rowsAPiece = 1024;

/**
 * @param longestRow rows with more products (resellers, robots) are emptied: their cost is the square of their length
 * @throws InvalidOption when `longestRow` is not a positive integer
 */
export function* customerGraphInPieces(interactions: Incidence, longestRow: number): InPieces<CustomerGraph> {
  const byCustomer = yield* withoutLongRows(interactions, longestRow);
  return { byCustomer, byProduct: yield* transposeInPieces(byCustomer) };
}

function* withoutLongRows({ rows, columns, offsets, indices }: Incidence, longest: number): InPieces<Incidence> {
  requireInteger("longestRow", longest, 1);
  const keptOffsets = new Uint32Array(rows + 1);
  const kept = new Uint32Array(indices.length);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    const size = offsets[row + 1] - offsets[row];
    if (size <= longest) {
      kept.set(indices.subarray(offsets[row], offsets[row + 1]), length);
      length += size;
    }
    keptOffsets[row + 1] = length;
    if (row % rowsAPiece === 0) yield;
  }
  return { rows, columns, offsets: keptOffsets, indices: kept.subarray(0, length) };
}

/** How strongly popularity is damped on each of the three sides; 0 is not at all. */
export interface DegreeExponents {
  /** Of customers: busy ones say less about each of their products. */
  readonly customer: number;
  /** Of the products of the history. */
  readonly source: number;
  /** Of the products recommended: the knob for popularity bias. */
  readonly target: number;
}

/** The filter F as its three factors. */
export interface DegreeFilter {
  readonly rows: WeighedRows;
  readonly ofSource: Float64Array;
  readonly ofTarget: Float64Array;
}

/** @throws InvalidOption when an exponent is negative or not finite */
export function dampDegrees(graph: CustomerGraph, exponents: DegreeExponents): DegreeFilter {
  for (const side of ["customer", "source", "target"] as const) requireNumber(`exponents.${side}`, exponents[side], 0);
  return {
    rows: weighCustomers(graph, exponents.customer),
    ofSource: dampedDegrees(graph.byProduct, exponents.source),
    ofTarget: dampedDegrees(graph.byProduct, exponents.target),
  };
}

/** The graph with each customer weighed by degree^-exponent. */
export function weighCustomers({ byCustomer, byProduct }: CustomerGraph, exponent: number): WeighedRows {
  return { byRow: byCustomer, byColumn: byProduct, weights: dampedDegrees(byCustomer, exponent) };
}

/** degree^-exponent of each row; 0 where the row is empty. */
function dampedDegrees(rows: Incidence, exponent: number): Float64Array {
  return Float64Array.from(rowSizes(rows), (degree) => (degree === 0 ? 0 : degree ** -exponent));
}
