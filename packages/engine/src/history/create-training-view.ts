/** Makes training views out of orders and sessions. */
import { InvalidInput, requireInteger } from "../errors.ts";
import { countBelow } from "../matrix/bisect.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { incidenceInPieces, type Incidence } from "../matrix/sparse.ts";
import { lineFlag, type OrderHistory } from "./order-history.ts";
import type { SessionHistory } from "./session-history.ts";
import { rowsAPiece, sealViewInPieces, type TrainingView } from "./training-view.ts";

/** The columns of sessions that a view is made of. */
type Visits = Pick<SessionHistory, "startedAt" | "endedAt" | "offsets" | "product" | "productCount">;

/** Orders, sessions, and the time that is looked at. */
export interface TrainingViewInput {
  readonly orders: OrderHistory;
  /** Without machines: see `filterBots`. */
  readonly sessions?: Visits | undefined;
  /** Milliseconds since 1970, UTC; the first event when left out. */
  readonly from?: number | undefined;
  /** Milliseconds since 1970, UTC, exclusive; just after the last event when left out. */
  readonly until?: number | undefined;
  /** Orders with more distinct products than this are left out: bulk buyers say little about taste. */
  readonly maximumBasketSize?: number | undefined;
}

/**
 * Cancelled lines are dropped and returned ones kept; an order whose lines were all cancelled leaves. A session
 * belongs to the view only when it began and ended inside.
 * @throws InvalidInput when orders and sessions count different products, or `from` is after `until`
 * @throws InvalidOption when `maximumBasketSize` is not a positive integer
 * @example
 * const view = createTrainingView({ orders: history, sessions, until: Date.UTC(2026, 0, 1) });
 */
export function createTrainingView(input: TrainingViewInput): TrainingView {
  return atOnce(createTrainingViewInPieces(input));
}

/** The same, pausing on the way. */
export function* createTrainingViewInPieces({
  orders,
  sessions = withoutSessions(orders),
  until = justAfterLastEvent(orders, sessions),
  from = Math.min(until, firstEvent(orders, sessions)),
  maximumBasketSize,
}: TrainingViewInput): InPieces<TrainingView> {
  if (sessions.productCount !== orders.productCount) {
    throw new InvalidInput("sessions.productCount", sessions.productCount, `${orders.productCount}, as in the orders`);
  }
  if (!(from <= until)) throw new InvalidInput("from", from, `a time that is not after "until" (${until})`);
  if (maximumBasketSize !== undefined) requireInteger("maximumBasketSize", maximumBasketSize, 1);

  const { chosen, baskets, leftOut } = yield* collectBaskets(orders, from, until, maximumBasketSize ?? Infinity);
  const visits = yield* collectSessions(sessions, from, until);
  return yield* sealViewInPieces({
    from,
    until,
    productCount: orders.productCount,
    baskets,
    basketAt: Float64Array.from(chosen, (order) => orders.placedAt[order]),
    basketCustomer: Int32Array.from(chosen, (order) => orders.customerOf[order]),
    customerCount: orders.customers.size,
    sessions: visits.sessions,
    sessionEndedAt: visits.endedAt,
    leftOut: { ...leftOut, sessionsOutside: visits.outside },
  });
}

/** Orders that are evidence, oldest first, and the distinct products of each. */
function* collectBaskets(
  orders: OrderHistory,
  from: number,
  until: number,
  maximumSize: number,
): InPieces<{ chosen: Uint32Array; baskets: Incidence; leftOut: Record<string, number> }> {
  const begin = countBelow(orders.placedAt, from);
  const end = countBelow(orders.placedAt, until);
  const chosen = new Uint32Array(end - begin);
  const row = new Uint32Array(orders.lineOffsets[end] - orders.lineOffsets[begin]);
  const column = new Uint32Array(row.length);
  const readBasket = createBasketReader(orders, column);
  const leftOut = { ordersOutside: orders.placedAt.length - chosen.length, cancelledOrders: 0, bulkOrders: 0 };
  let cancelledLines = 0;
  let rows = 0;
  let cells = 0;
  for (let order = begin; order < end; order++) {
    if (order % rowsAPiece === 0) yield;
    const { size, cancelled } = readBasket(order, cells);
    cancelledLines += cancelled;
    if (size === 0) leftOut.cancelledOrders++;
    else if (size > maximumSize) leftOut.bulkOrders++;
    else {
      row.fill(rows, cells, cells + size);
      chosen[rows++] = order;
      cells += size;
    }
  }
  const kept = { row: row.subarray(0, cells), column: column.subarray(0, cells) };
  const baskets = yield* incidenceInPieces({ rows, columns: orders.productCount, ...kept });
  return { chosen: chosen.subarray(0, rows), baskets, leftOut: { ...leftOut, cancelledLines } };
}

/** @param column where the distinct products of an order are written to, from a place on */
function createBasketReader(
  { lineOffsets, lineProduct, lineFlags, productCount }: OrderHistory,
  column: Uint32Array,
): (order: number, place: number) => { size: number; cancelled: number } {
  /** The order that each product was last seen in. */
  const seenIn = new Int32Array(productCount).fill(-1);
  return (order, place) => {
    let size = 0;
    let cancelled = 0;
    for (let line = lineOffsets[order]; line < lineOffsets[order + 1]; line++) {
      if (lineFlags[line] & lineFlag.cancelled) cancelled++;
      else if (seenIn[lineProduct[line]] !== order) {
        seenIn[lineProduct[line]] = order;
        column[place + size++] = lineProduct[line];
      }
    }
    return { size, cancelled };
  };
}

/** Sessions that began and ended inside. One that runs over the edge would tell of the time beyond it. */
function* collectSessions(
  { startedAt, endedAt, offsets, product, productCount }: Visits,
  from: number,
  until: number,
): InPieces<{ sessions: Incidence; endedAt: Float64Array; outside: number }> {
  const end = countBelow(endedAt, until);
  const indices = new Uint32Array(offsets[end]);
  const rowOffsets = new Uint32Array(end + 1);
  const ends = new Float64Array(end);
  let rows = 0;
  for (let session = 0; session < end; session++) {
    if (session % rowsAPiece === 0) yield;
    if (startedAt[session] < from) continue;
    const events = product.subarray(offsets[session], offsets[session + 1]);
    indices.set(events, rowOffsets[rows]);
    ends[rows] = endedAt[session];
    rowOffsets[rows + 1] = rowOffsets[rows] + events.length;
    rows++;
  }
  const sessions: Incidence = {
    rows,
    columns: productCount,
    offsets: rowOffsets.slice(0, rows + 1),
    indices: indices.slice(0, rowOffsets[rows]),
  };
  return { sessions, endedAt: ends.slice(0, rows), outside: endedAt.length - rows };
}

function withoutSessions({ productCount }: OrderHistory): Visits {
  const none = new Float64Array();
  return { startedAt: none, endedAt: none, offsets: new Uint32Array(1), product: new Uint32Array(), productCount };
}

/** 0 when nothing ever happened. */
function firstEvent({ placedAt }: OrderHistory, { startedAt }: Visits): number {
  let first = placedAt[0] ?? Infinity;
  for (const start of startedAt) if (start < first) first = start;
  return first === Infinity ? 0 : first;
}

function justAfterLastEvent({ placedAt }: OrderHistory, { endedAt }: Visits): number {
  const last = Math.max(placedAt.at(-1) ?? -Infinity, endedAt.at(-1) ?? -Infinity);
  return last === -Infinity ? 0 : last + 1;
}
