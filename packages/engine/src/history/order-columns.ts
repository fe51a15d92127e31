/** Where the builder keeps what it has read: a row an order, a row a line, both in the order of first sight. */
import { createIdentifiers, type GrowingIdentifiers } from "../catalogue/identifiers.ts";
import { currencyExponent } from "../catalogue/money.ts";
import { InvalidInput } from "../errors.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { OrderLine } from "./order.ts";
import { lineFlag } from "./order-history.ts";

/** What an order says once, whichever of its lines says it first. */
export interface OrderHead {
  readonly id: string;
  /** Milliseconds since 1970, UTC. */
  readonly placedAt: number;
  readonly customerId?: string | undefined;
  /** ISO 4217. */
  readonly currency: string;
}

/** Orders by index. */
export interface HeadColumns {
  readonly ids: GrowingIdentifiers;
  readonly customers: GrowingIdentifiers;
  readonly currencies: GrowingIdentifiers;
  readonly placedAt: GrowingColumn<Float64Array<ArrayBuffer>>;
  /** Index into `customers`, -1 for guests. */
  readonly customer: GrowingColumn<Int32Array<ArrayBuffer>>;
  /** Index into `currencies`. */
  readonly currency: GrowingColumn<Uint32Array<ArrayBuffer>>;
}

export function createHeadColumns(): HeadColumns {
  return {
    ids: createIdentifiers(),
    customers: createIdentifiers(),
    currencies: createIdentifiers(),
    placedAt: new GrowingColumn(Float64Array),
    customer: new GrowingColumn(Int32Array),
    currency: new GrowingColumn(Uint32Array),
  };
}

/**
 * @returns the index of the order, which is added when it is new. A guest who is named later becomes that customer.
 * @throws InvalidInput when a new order has no id, no time or no currency; nothing is added then
 */
export function internHead(heads: HeadColumns, head: OrderHead): number {
  const { ids, customers, currencies, placedAt, customer, currency } = heads;
  const known = ids.indexOf(head.id);
  if (known === undefined) {
    checkHead(head);
    placedAt.push(head.placedAt);
    customer.push(head.customerId ? customers.intern(head.customerId) : -1);
    currency.push(currencies.intern(head.currency));
    return ids.intern(head.id);
  }
  if (head.customerId && customer.store[known] < 0) customer.store[known] = customers.intern(head.customerId);
  return known;
}

function checkHead({ id, placedAt, currency }: OrderHead): void {
  if (!id) throw new InvalidInput("order id", id, "a non-empty id");
  if (!Number.isFinite(placedAt)) {
    throw new InvalidInput(`order ${id}: placedAt`, placedAt, "milliseconds since 1970, UTC");
  }
  currencyExponent(currency, `order ${id}: currency`);
}

/** Lines by index. */
export interface LineColumns {
  readonly order: GrowingColumn<Uint32Array<ArrayBuffer>>;
  readonly product: GrowingColumn<Uint32Array<ArrayBuffer>>;
  readonly quantity: GrowingColumn<Int32Array<ArrayBuffer>>;
  readonly unitPrice: GrowingColumn<Float64Array<ArrayBuffer>>;
  readonly discount: GrowingColumn<Float64Array<ArrayBuffer>>;
  readonly returnedQuantity: GrowingColumn<Int32Array<ArrayBuffer>>;
  readonly refunded: GrowingColumn<Float64Array<ArrayBuffer>>;
  /** Bits of `lineFlag`. */
  readonly flags: GrowingColumn<Uint8Array<ArrayBuffer>>;
}

export function createLineColumns(): LineColumns {
  return {
    order: new GrowingColumn(Uint32Array),
    product: new GrowingColumn(Uint32Array),
    quantity: new GrowingColumn(Int32Array),
    unitPrice: new GrowingColumn(Float64Array),
    discount: new GrowingColumn(Float64Array),
    returnedQuantity: new GrowingColumn(Int32Array),
    refunded: new GrowingColumn(Float64Array),
    flags: new GrowingColumn(Uint8Array),
  };
}

/** Adds a line that `checkLine` has passed. */
export function pushLine(columns: LineColumns, order: number, product: number, line: OrderLine): void {
  columns.order.push(order);
  columns.product.push(product);
  columns.quantity.push(line.quantity);
  columns.unitPrice.push(line.unitPrice);
  columns.discount.push(line.discount ?? 0);
  columns.returnedQuantity.push(line.returnedQuantity ?? 0);
  columns.refunded.push(line.refunded ?? 0);
  columns.flags.push(flagsOf(line));
}

/**
 * @param orderId names the order in the error
 * @throws InvalidInput naming the order, the product and the field
 */
export function checkLine(orderId: string, line: OrderLine): void {
  const { quantity, unitPrice, discount = 0, returnedQuantity = 0, refunded = 0 } = line;
  const fault = (field: string, received: number, expected: string) =>
    new InvalidInput(`order ${orderId}: ${field} of ${line.productId}`, received, expected);
  if (!isUnits(quantity) || quantity === 0) throw fault("quantity", quantity, "a positive integer");
  if (!isUnits(returnedQuantity)) throw fault("returnedQuantity", returnedQuantity, "an integer, zero or more");
  if (!isAmount(unitPrice)) throw fault("unitPrice", unitPrice, "minor units, zero or more");
  if (!isAmount(discount)) throw fault("discount", discount, "minor units, zero or more");
  if (!isAmount(refunded)) throw fault("refunded", refunded, "minor units, zero or more");
}

/** Whether it fits the column of units. */
function isUnits(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < 2 ** 31;
}

function isAmount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function flagsOf({ cancelled = false, returnedQuantity = 0, refunded = 0, discount = 0 }: OrderLine): number {
  return (
    (cancelled ? lineFlag.cancelled : 0) |
    (returnedQuantity > 0 ? lineFlag.returned : 0) |
    (refunded > 0 ? lineFlag.refunded : 0) |
    (discount > 0 ? lineFlag.discounted : 0)
  );
}
