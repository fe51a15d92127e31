/**
 * Collects order lines in any order, from objects or straight from a file, and lays them out as columns.
 * A line costs about 50 bytes and no object.
 */
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import { InvalidInput } from "../errors.ts";
import { order as stableOrder } from "../matrix/sparse.ts";
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
  finish(catalogueIds: Identifiers): { history: OrderHistory; notes: OrderHistoryNotes };
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
    finish: (catalogueIds) => layOut(heads, lines, products, catalogueIds),
  };
}

function headOf({ id, placedAt, customerId, currency }: Order): OrderHead {
  const time = parseTime(placedAt);
  if (Number.isNaN(time)) {
    throw new InvalidInput(`order ${id}: placedAt`, placedAt, 'an RFC 3339 time such as "2026-01-31T08:00:00Z"');
  }
  return { id, placedAt: time, customerId, currency };
}

function layOut(
  heads: HeadColumns,
  lines: LineColumns,
  products: Identifiers,
  catalogueIds: Identifiers,
): { history: OrderHistory; notes: OrderHistoryNotes } {
  const catalogueIndex = Int32Array.from(products.all, (id) => catalogueIds.indexOf(id) ?? -1);
  const known = linesOfKnownProducts(lines, catalogueIndex);
  const orders = ordersByTime(heads, lines, known);
  const { arranged, lineOffsets } = linesByOrder(lines, known, orders, heads.ids.size);

  const history: OrderHistory = {
    orderIds: Array.from(orders, (order) => heads.ids.idOf(order)),
    placedAt: gather(heads.placedAt.store, orders, new Float64Array(orders.length)),
    customerOf: gather(heads.customer.store, orders, new Int32Array(orders.length)),
    customers: heads.customers,
    currencyOf: gather(heads.currency.store, orders, new Uint16Array(orders.length)),
    currencies: heads.currencies.all,
    lineOffsets,
    lineProduct: gather(catalogueIndex, gatherLines(lines.product.store), new Uint32Array(arranged.length)),
    lineQuantity: gather(lines.quantity.store, arranged, new Int32Array(arranged.length)),
    lineUnitPrice: gather(lines.unitPrice.store, arranged, new Float64Array(arranged.length)),
    lineDiscount: gather(lines.discount.store, arranged, new Float64Array(arranged.length)),
    lineReturnedQuantity: gather(lines.returnedQuantity.store, arranged, new Int32Array(arranged.length)),
    lineRefunded: gather(lines.refunded.store, arranged, new Float64Array(arranged.length)),
    lineFlags: gather(lines.flags.store, arranged, new Uint8Array(arranged.length)),
    productCount: catalogueIds.size,
  };
  return { history, notes: { unknownProductLines: lines.order.length - known.length } };

  function gatherLines(column: Uint32Array): Uint32Array {
    return gather(column, arranged, new Uint32Array(arranged.length));
  }
}

function linesOfKnownProducts({ product }: LineColumns, catalogueIndex: Int32Array): Uint32Array {
  const known = new Uint32Array(product.length);
  let length = 0;
  for (let line = 0; line < product.length; line++) {
    if (catalogueIndex[product.store[line]] >= 0) known[length++] = line;
  }
  return known.subarray(0, length);
}

/** Orders that have a line left, oldest first; equal times keep the order of first sight. */
function ordersByTime({ ids, placedAt }: HeadColumns, { order }: LineColumns, known: Uint32Array): Uint32Array {
  const hasLine = new Uint8Array(ids.size);
  for (const line of known) hasLine[order.store[line]] = 1;
  const orders = new Uint32Array(ids.size);
  let length = 0;
  let ordered = true;
  for (let index = 0; index < ids.size; index++) {
    if (hasLine[index] === 0) continue;
    ordered &&= length === 0 || placedAt.store[orders[length - 1]] <= placedAt.store[index];
    orders[length++] = index;
  }
  const times = placedAt.store;
  const kept = orders.subarray(0, length);
  // Exports are often in order already.
  return ordered ? kept : kept.sort((a, b) => times[a] - times[b] || a - b);
}

/** The known lines, order by order as `orders` ranks them; lines of one order keep the order they came in. */
function linesByOrder(
  { order }: LineColumns,
  known: Uint32Array,
  orders: Uint32Array,
  orderCount: number,
): { arranged: Uint32Array; lineOffsets: Uint32Array } {
  const rank = new Uint32Array(orderCount);
  for (let place = 0; place < orders.length; place++) rank[orders[place]] = place;
  const rankOfLine = new Uint32Array(known.length);
  const lineOffsets = new Uint32Array(orders.length + 1);
  for (let i = 0; i < known.length; i++) {
    rankOfLine[i] = rank[order.store[known[i]]];
    lineOffsets[rankOfLine[i] + 1]++;
  }
  for (let place = 0; place < orders.length; place++) lineOffsets[place + 1] += lineOffsets[place];
  return {
    arranged: gather(known, stableOrder(orders.length, rankOfLine), new Uint32Array(known.length)),
    lineOffsets,
  };
}

/** `into[i] = column[places[i]]`; several times faster than `from` with a function. */
function gather<Column extends Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array>(
  column: ArrayLike<number>,
  places: Uint32Array,
  into: Column,
): Column {
  for (let i = 0; i < places.length; i++) into[i] = column[places[i]];
  return into;
}
