/**
 * Collects order lines in any order, from objects or straight from a file, and lays them out as columns.
 * A line costs about 50 bytes and no object.
 */
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import { InvalidInput } from "../errors.ts";
import { atOnce, pieceSize, type InPieces } from "../matrix/pieces.ts";
import { sortByKeyInPieces } from "../matrix/sort.ts";
import { orderInPieces } from "../matrix/sparse.ts";
import type { Order, OrderLine } from "./order.ts";
import {
  checkLine,
  createHeadColumns,
  createLineColumns,
  internHead,
  pushLine,
  type HeadColumns,
  type LineColumns,
  type OrderHead,
} from "./order-columns.ts";
import type { OrderHistory } from "./order-history.ts";
import { parseTime } from "./time.ts";

export type { OrderHead } from "./order-columns.ts";

/** Ids that are looked up between two pauses. */
const idsAPiece = 4096;

/** How many lines could not be laid out, and why. */
export interface OrderHistoryNotes {
  /** Lines whose product is not in the catalogue. */
  readonly unknownProductLines: number;
}

/** Collects orders one by one, or line by line, in any order. */
export interface OrderHistoryBuilder {
  readonly orderCount: number;
  readonly lineCount: number;
  /** Products seen so far, in the order of their first line. */
  readonly products: Identifiers;
  /**
   * Adds one line. Lines of one order may be far apart; what the first of them says of the order holds.
   * @throws InvalidInput naming order, product and field; the line is not added then, and the next one may be
   */
  addLine(head: OrderHead, line: OrderLine): void;
  /**
   * Adds a whole order.
   * @throws InvalidInput as `addLine` does; lines before the faulty one stay
   */
  addOrder(order: Order): void;
  /**
   * Lays out the columns. Lines of products that `catalogueIds` lacks are left out and counted; orders without any
   * line left are dropped. Call it last: the history shares its tables of customers and currencies with the builder.
   */
  finish(catalogueIds: Identifiers): FinishedHistory;
  /** The same, pausing on the way. */
  finishInPieces(catalogueIds: Identifiers): InPieces<FinishedHistory>;
}

/** What a builder makes of its lines. */
export interface FinishedHistory {
  readonly history: OrderHistory;
  readonly notes: OrderHistoryNotes;
}

/**
 * @example
 * const builder = createOrderHistoryBuilder();
 * for (const order of orders) builder.addOrder(order);
 * const { history } = builder.finish(catalogue.ids);
 */
export function createOrderHistoryBuilder(): OrderHistoryBuilder {
  const products = createIdentifiers();
  const heads = createHeadColumns();
  const lines = createLineColumns();

  function addLine(head: OrderHead, line: OrderLine): void {
    checkLine(head.id, line);
    pushLine(lines, internHead(heads, head), products.intern(line.productId), line);
  }
  return {
    get orderCount() {
      return heads.ids.size;
    },
    get lineCount() {
      return lines.order.length;
    },
    products,
    addLine,
    addOrder(order) {
      const head = headOf(order);
      for (const line of order.lines) addLine(head, line);
    },
    finish: (catalogueIds) => atOnce(layOut(heads, lines, products, catalogueIds)),
    finishInPieces: (catalogueIds) => layOut(heads, lines, products, catalogueIds),
  };
}

function headOf({ id, placedAt, customerId, currency }: Order): OrderHead {
  const time = parseTime(placedAt);
  if (Number.isNaN(time)) {
    throw new InvalidInput(`order ${id}: placedAt`, placedAt, 'an RFC 3339 time such as "2026-01-31T08:00:00Z"');
  }
  return { id, placedAt: time, customerId, currency };
}

function* layOut(
  heads: HeadColumns,
  lines: LineColumns,
  products: Identifiers,
  catalogueIds: Identifiers,
): InPieces<FinishedHistory> {
  const catalogueIndex = yield* catalogueIndices(products, catalogueIds);
  const known = yield* linesOfKnownProducts(lines, catalogueIndex);
  const orders = yield* ordersByTime(heads, lines, known);
  const { arranged, lineOffsets } = yield* linesByOrder(lines, known, orders, heads.ids.size);
  const ofOrders = orders.length;
  const ofLines = arranged.length;
  const lineProduct = yield* gather(lines.product.store, arranged, new Uint32Array(ofLines));
  const history: OrderHistory = {
    orderIds: yield* gather<string, string[]>(heads.ids.all, orders, []),
    placedAt: yield* gather(heads.placedAt.store, orders, new Float64Array(ofOrders)),
    customerOf: yield* gather(heads.customer.store, orders, new Int32Array(ofOrders)),
    customers: heads.customers,
    currencyOf: yield* gather(heads.currency.store, orders, new Uint16Array(ofOrders)),
    currencies: heads.currencies.all,
    lineOffsets,
    lineProduct: yield* gather(catalogueIndex, lineProduct, new Uint32Array(ofLines)),
    lineQuantity: yield* gather(lines.quantity.store, arranged, new Int32Array(ofLines)),
    lineUnitPrice: yield* gather(lines.unitPrice.store, arranged, new Float64Array(ofLines)),
    lineDiscount: yield* gather(lines.discount.store, arranged, new Float64Array(ofLines)),
    lineReturnedQuantity: yield* gather(lines.returnedQuantity.store, arranged, new Int32Array(ofLines)),
    lineRefunded: yield* gather(lines.refunded.store, arranged, new Float64Array(ofLines)),
    lineFlags: yield* gather(lines.flags.store, arranged, new Uint8Array(ofLines)),
    productCount: catalogueIds.size,
  };
  return { history, notes: { unknownProductLines: lines.order.length - known.length } };
}

/** Catalogue index of each product seen, -1 where the catalogue lacks it. */
function* catalogueIndices(products: Identifiers, catalogueIds: Identifiers): InPieces<Int32Array> {
  const indices = new Int32Array(products.size);
  for (let product = 0; product < indices.length; product++) {
    indices[product] = catalogueIds.indexOf(products.idOf(product)) ?? -1;
    if (product % idsAPiece === 0) yield;
  }
  return indices;
}

function* linesOfKnownProducts({ product }: LineColumns, catalogueIndex: Int32Array): InPieces<Uint32Array> {
  const known = new Uint32Array(product.length);
  let length = 0;
  for (let line = 0; line < product.length; line++) {
    if (catalogueIndex[product.store[line]] >= 0) known[length++] = line;
    if (line % pieceSize === 0) yield;
  }
  return known.subarray(0, length);
}

/** Orders that have a line left, oldest first; equal times keep the order of first sight. */
function* ordersByTime(
  { ids, placedAt }: HeadColumns,
  { order }: LineColumns,
  known: Uint32Array,
): InPieces<Uint32Array> {
  const hasLine = new Uint8Array(ids.size);
  for (let i = 0; i < known.length; i++) {
    hasLine[order.store[known[i]]] = 1;
    if (i % pieceSize === 0) yield;
  }
  const orders = new Uint32Array(ids.size);
  let length = 0;
  let ordered = true;
  for (let index = 0; index < orders.length; index++) {
    if (index % pieceSize === 0) yield;
    if (hasLine[index] === 0) continue;
    ordered &&= length === 0 || placedAt.store[orders[length - 1]] <= placedAt.store[index];
    orders[length++] = index;
  }
  const kept = orders.subarray(0, length);
  // Exports are often in order already.
  return ordered ? kept : yield* sortByKeyInPieces(kept, placedAt.store);
}

/** The known lines, order by order as `orders` ranks them; lines of one order keep the order they came in. */
function* linesByOrder(
  { order }: LineColumns,
  known: Uint32Array,
  orders: Uint32Array,
  orderCount: number,
): InPieces<{ arranged: Uint32Array; lineOffsets: Uint32Array }> {
  const rank = new Uint32Array(orderCount);
  for (let place = 0; place < orders.length; place++) rank[orders[place]] = place;
  const rankOfLine = new Uint32Array(known.length);
  const lineOffsets = new Uint32Array(orders.length + 1);
  for (let i = 0; i < known.length; i++) {
    rankOfLine[i] = rank[order.store[known[i]]];
    lineOffsets[rankOfLine[i] + 1]++;
    if (i % pieceSize === 0) yield;
  }
  for (let place = 0; place < orders.length; place++) lineOffsets[place + 1] += lineOffsets[place];
  const byOrder = yield* orderInPieces(orders.length, rankOfLine);
  return { arranged: yield* gather(known, byOrder, new Uint32Array(known.length)), lineOffsets };
}

/** `into[i] = column[places[i]]`; several times faster than `from` with a function. */
function* gather<Entry, Column extends { [place: number]: Entry }>(
  column: ArrayLike<Entry>,
  places: Uint32Array,
  into: Column,
): InPieces<Column> {
  for (let i = 0; i < places.length; i++) {
    into[i] = column[places[i]];
    if (i % pieceSize === 0) yield;
  }
  return into;
}
