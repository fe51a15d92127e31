/**
 * What models may learn from: a dated, immutable cut through orders and sessions. Nothing in a view happened at or
 * after `until`, so that a model trained on it can be judged on what came later.
 */
import { countBelow } from "../matrix/bisect.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { sparseMatrixInPieces, type Incidence, type SparseMatrix } from "../matrix/sparse.ts";
import { hashColumnsInPieces } from "../random/hash.ts";

/** Orders or sessions that are read between two pauses. */
export const rowsAPiece = 1024;

/** A cut through a shop's history. Shared by all models of one training. */
export interface TrainingView {
  /** Milliseconds since 1970, UTC: `from <= time < until`. */
  readonly from: number;
  readonly until: number;
  /** The same for the same content: hash of the columns. */
  readonly version: string;
  readonly productCount: number;
  /** Orders x products, distinct: cancelled lines dropped, returned ones kept. Oldest order first. */
  readonly baskets: Incidence;
  /** Milliseconds since 1970 of each basket. */
  readonly basketAt: Float64Array;
  /** Customer index of each basket, -1 for guests. */
  readonly basketCustomer: Int32Array;
  readonly customerCount: number;
  /** Sessions x products in the order of events, repetitions kept. In order of the session's end. */
  readonly sessions: Incidence;
  readonly sessionEndedAt: Float64Array;
  /** What was left out on the way, by reason, in rows of the source. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/**
 * Cuts off what happened at or after `until`. Costs the hash only: the columns are views on those of `view`.
 * Customers keep their indices, also those without a basket left.
 * @param until milliseconds since 1970, UTC; nothing happens when the view ends before it
 * @example
 * const training = viewBefore(view, view.until - 30 * 86_400_000);
 */
export function viewBefore(view: TrainingView, until: number): TrainingView {
  if (until >= view.until) return view;
  const baskets = firstRows(view.baskets, countBelow(view.basketAt, until));
  const sessions = firstRows(view.sessions, countBelow(view.sessionEndedAt, until));
  return sealView({
    ...view,
    from: Math.min(view.from, until),
    until,
    baskets,
    basketAt: view.basketAt.subarray(0, baskets.rows),
    basketCustomer: view.basketCustomer.subarray(0, baskets.rows),
    sessions,
    sessionEndedAt: view.sessionEndedAt.subarray(0, sessions.rows),
    leftOut: {
      ...view.leftOut,
      ordersOutside: (view.leftOut["ordersOutside"] ?? 0) + view.baskets.rows - baskets.rows,
      sessionsOutside: (view.leftOut["sessionsOutside"] ?? 0) + view.sessions.rows - sessions.rows,
    },
  });
}

/**
 * In how many of a customer's baskets each product was. Guests are left out.
 * @returns customers x products, columns ascending
 * @example
 * const purchases = customerMatrix(view);
 * rowOf(purchases, 0); // the products of customer 0
 */
export function customerMatrix(view: CustomerBaskets): SparseMatrix {
  return atOnce(customerMatrixInPieces(view));
}

type CustomerBaskets = Pick<TrainingView, "baskets" | "basketCustomer" | "customerCount" | "productCount">;

/** The same, pausing on the way. */
export function* customerMatrixInPieces({
  baskets,
  basketCustomer,
  customerCount,
  productCount,
}: CustomerBaskets): InPieces<SparseMatrix> {
  const row = new Uint32Array(baskets.indices.length);
  const column = new Uint32Array(baskets.indices.length);
  let length = 0;
  for (let basket = 0; basket < baskets.rows; basket++) {
    if (basket % rowsAPiece === 0) yield;
    if (basketCustomer[basket] < 0) continue;
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) {
      row[length] = basketCustomer[basket];
      column[length++] = baskets.indices[i];
    }
  }
  return yield* sparseMatrixInPieces({
    rows: customerCount,
    columns: productCount,
    row: row.subarray(0, length),
    column: column.subarray(0, length),
  });
}

/** Names a view by its content and freezes it. Typed columns cannot be frozen; nobody writes to them. */
export function sealView(view: Omit<TrainingView, "version">): TrainingView {
  return atOnce(sealViewInPieces(view));
}

/** The same, pausing on the way. */
export function* sealViewInPieces(view: Omit<TrainingView, "version">): InPieces<TrainingView> {
  const { productCount, customerCount, baskets, basketAt, basketCustomer, sessions, sessionEndedAt } = view;
  const version = yield* hashColumnsInPieces([
    Uint32Array.of(productCount, customerCount, baskets.rows, sessions.rows),
    baskets.offsets,
    baskets.indices,
    basketAt,
    basketCustomer,
    sessions.offsets,
    sessions.indices,
    sessionEndedAt,
  ]);
  return Object.freeze({
    ...view,
    version,
    baskets: Object.freeze(baskets),
    sessions: Object.freeze(sessions),
    leftOut: Object.freeze(view.leftOut),
  });
}

function firstRows({ columns, offsets, indices }: Incidence, rows: number): Incidence {
  return {
    rows,
    columns,
    offsets: offsets.subarray(0, rows + 1),
    indices: indices.subarray(0, offsets[rows]),
  };
}
