/**
 * Collects order lines in any order, from objects or straight from a file, and lays them out as columns.
 * A line costs about 50 bytes and no object.
 */
import { createIdentifiers, type GrowingIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import { InvalidInput } from "../errors.ts";
import { order as stableOrder } from "../matrix/sparse.ts";
import type { Order, OrderLine } from "./order.ts";
import { lineFlag, type OrderHistory } from "./order-history.ts";

/** What an order says once, whichever of its lines says it first. */
export interface OrderHead {
  readonly id: string;
  /** Milliseconds since 1970, UTC. */
  readonly placedAt: number;
  readonly customerId?: string | undefined;
  /** ISO 4217. */
  readonly currency: string;
}

/** How many lines could not be laid out, and why. */
export interface OrderHistoryNotes {
  /** Lines whose product is not in the catalogue. */
  readonly unknownProductLines: number;
}

export interface OrderHistoryBuilder {
  readonly orderCount: number;
  readonly lineCount: number;
  /** Products seen so far, in the order of their first line. */
  readonly products: Identifiers;
  /** Adds one line. Lines of one order may be far apart. */
  addLine(head: OrderHead, line: OrderLine): void;
  /** Adds a whole order. */
  addOrder(order: Order): void;
  /**
   * Lays out the columns. Lines of products that `catalogueIds` lacks are left out and counted; orders without any
   * line left are dropped.
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
  const heads = createHeads();
  const lines = createLineColumns();

  function addLine(head: OrderHead, line: OrderLine): void {
    checkLine(head, line);
    lines.push(heads.intern(head), products.intern(line.productId), line);
  }
  return {
    get orderCount() {
      return heads.ids.size;
    },
    get lineCount() {
      return lines.length;
    },
    products,
    addLine,
    addOrder(order) {
      const placedAt = Date.parse(order.placedAt);
      if (Number.isNaN(placedAt)) {
        throw new InvalidInput(`order ${order.id}: placedAt`, order.placedAt, "an RFC 3339 time");
      }
      const head = { id: order.id, placedAt, customerId: order.customerId, currency: order.currency };
      for (const line of order.lines) addLine(head, line);
    },
    finish: (catalogueIds) => layOut(heads, lines, products, catalogueIds),
  };
}

function checkLine(head: OrderHead, line: OrderLine): void {
  if (!Number.isInteger(line.quantity) || line.quantity <= 0 || line.quantity > 2 ** 31 - 1) {
    throw new InvalidInput(`order ${head.id}: quantity of ${line.productId}`, line.quantity, "a positive integer");
  }
  for (const [name, amount] of [
    ["unitPrice", line.unitPrice],
    ["discount", line.discount ?? 0],
    ["refunded", line.refunded ?? 0],
  ] as const) {
    if (!Number.isSafeInteger(amount) || amount < 0) {
      throw new InvalidInput(`order ${head.id}: ${name} of ${line.productId}`, amount, "minor units, zero or more");
    }
  }
}

/** What is known of each order, by order of first sight. */
interface Heads {
  readonly ids: GrowingIdentifiers;
  readonly customers: GrowingIdentifiers;
  readonly currencies: GrowingIdentifiers;
  readonly placedAt: number[];
  readonly customer: number[];
  readonly currency: number[];
  intern(head: OrderHead): number;
}

function createHeads(): Heads {
  const ids = createIdentifiers();
  const customers = createIdentifiers();
  const currencies = createIdentifiers();
  const placedAt: number[] = [];
  const customer: number[] = [];
  const currency: number[] = [];
  function intern(head: OrderHead): number {
    const known = ids.size;
    const index = ids.intern(head.id);
    if (index === known) {
      placedAt.push(head.placedAt);
      customer.push(head.customerId ? customers.intern(head.customerId) : -1);
      currency.push(currencies.intern(head.currency));
    } else if (customer[index] < 0 && head.customerId) {
      customer[index] = customers.intern(head.customerId);
    }
    return index;
  }
  return { ids, customers, currencies, placedAt, customer, currency, intern };
}

/** Line columns that double when they are full. */
interface LineColumns {
  readonly length: number;
  readonly order: Uint32Array;
  readonly product: Uint32Array;
  readonly quantity: Int32Array;
  readonly unitPrice: Float64Array;
  readonly discount: Float64Array;
  readonly returnedQuantity: Int32Array;
  readonly refunded: Float64Array;
  readonly flags: Uint8Array;
  push(order: number, product: number, line: OrderLine): void;
}

function createLineColumns(): LineColumns {
  let capacity = 1024;
  const columns = {
    length: 0,
    order: new Uint32Array(capacity),
    product: new Uint32Array(capacity),
    quantity: new Int32Array(capacity),
    unitPrice: new Float64Array(capacity),
    discount: new Float64Array(capacity),
    returnedQuantity: new Int32Array(capacity),
    refunded: new Float64Array(capacity),
    flags: new Uint8Array(capacity),
    push(order: number, product: number, line: OrderLine): void {
      if (columns.length === capacity) grow();
      const at = columns.length++;
      columns.order[at] = order;
      columns.product[at] = product;
      columns.quantity[at] = line.quantity;
      columns.unitPrice[at] = line.unitPrice;
      columns.discount[at] = line.discount ?? 0;
      columns.returnedQuantity[at] = line.returnedQuantity ?? 0;
      columns.refunded[at] = line.refunded ?? 0;
      columns.flags[at] = flagsOf(line);
    },
  };
  function grow(): void {
    capacity *= 2;
    columns.order = enlarged(columns.order, new Uint32Array(capacity));
    columns.product = enlarged(columns.product, new Uint32Array(capacity));
    columns.quantity = enlarged(columns.quantity, new Int32Array(capacity));
    columns.unitPrice = enlarged(columns.unitPrice, new Float64Array(capacity));
    columns.discount = enlarged(columns.discount, new Float64Array(capacity));
    columns.returnedQuantity = enlarged(columns.returnedQuantity, new Int32Array(capacity));
    columns.refunded = enlarged(columns.refunded, new Float64Array(capacity));
    columns.flags = enlarged(columns.flags, new Uint8Array(capacity));
  }
  return columns;
}

function enlarged<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

function flagsOf({ cancelled = false, returnedQuantity = 0, refunded = 0, discount = 0 }: OrderLine): number {
  return (
    (cancelled ? lineFlag.cancelled : 0) |
    (returnedQuantity > 0 ? lineFlag.returned : 0) |
    (refunded > 0 ? lineFlag.refunded : 0) |
    (discount > 0 ? lineFlag.discounted : 0)
  );
}

function layOut(
  heads: Heads,
  lines: LineColumns,
  products: Identifiers,
  catalogueIds: Identifiers,
): { history: OrderHistory; notes: OrderHistoryNotes } {
  const catalogueIndex = Int32Array.from(products.all, (id) => catalogueIds.indexOf(id) ?? -1);
  const known = new Uint32Array(lines.length);
  let kept = 0;
  for (let line = 0; line < lines.length; line++) if (catalogueIndex[lines.product[line]] >= 0) known[kept++] = line;

  const rank = rankByTime(heads, lines, known.subarray(0, kept));
  const rankOfLine = Uint32Array.from(known.subarray(0, kept), (line) => rank.of[lines.order[line]]);
  const arranged = stableOrder(rank.orders.length, rankOfLine).map((position) => known[position]);
  const lineOffsets = new Uint32Array(rank.orders.length + 1);
  for (const position of rankOfLine) lineOffsets[position + 1]++;
  for (let o = 0; o < rank.orders.length; o++) lineOffsets[o + 1] += lineOffsets[o];

  const history: OrderHistory = {
    orderIds: Array.from(rank.orders, (order) => heads.ids.idOf(order)),
    placedAt: Float64Array.from(rank.orders, (order) => heads.placedAt[order]),
    customerOf: Int32Array.from(rank.orders, (order) => heads.customer[order]),
    customers: heads.customers,
    currencyOf: Uint16Array.from(rank.orders, (order) => heads.currency[order]),
    currencies: heads.currencies.all,
    lineOffsets,
    lineProduct: Uint32Array.from(arranged, (line) => catalogueIndex[lines.product[line]]),
    lineQuantity: Int32Array.from(arranged, (line) => lines.quantity[line]),
    lineUnitPrice: Float64Array.from(arranged, (line) => lines.unitPrice[line]),
    lineDiscount: Float64Array.from(arranged, (line) => lines.discount[line]),
    lineReturnedQuantity: Int32Array.from(arranged, (line) => lines.returnedQuantity[line]),
    lineRefunded: Float64Array.from(arranged, (line) => lines.refunded[line]),
    lineFlags: Uint8Array.from(arranged, (line) => lines.flags[line]),
    productCount: catalogueIds.size,
  };
  return { history, notes: { unknownProductLines: lines.length - kept } };
}

/** Orders that have a line left, oldest first, and the place of each; equal times keep the order of first sight. */
function rankByTime(heads: Heads, lines: LineColumns, kept: Uint32Array): { orders: Uint32Array; of: Uint32Array } {
  const hasLine = new Uint8Array(heads.ids.size);
  for (const line of kept) hasLine[lines.order[line]] = 1;
  const orders = Uint32Array.from(heads.placedAt.keys()).filter((order) => hasLine[order] === 1);
  orders.sort((a, b) => heads.placedAt[a] - heads.placedAt[b] || a - b);
  const of = new Uint32Array(heads.ids.size);
  for (const [place, order] of orders.entries()) of[order] = place;
  return { orders, of };
}
