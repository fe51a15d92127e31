/** Reads orders one by one: each is a row of the `orders` table, or is refused with what is wrong where. */
import { InvalidInput } from "@basketlift/engine";
import {
  createOrderHistoryBuilder,
  lineFlag,
  netOfLine,
  netOfOrder,
  parseTime,
  type Order,
  type OrderHistory,
  type OrderLine,
} from "@basketlift/engine/history";
import type { z } from "zod";
import { orderInput } from "../contract/data.ts";
import type { orders, StoredOrderLine } from "../database/schema.ts";
import { faultsInWords, isStorable, pointersOf } from "./input.ts";

/** An order as it is stored. */
export type OrderRow = Omit<typeof orders.$inferInsert, "updatedAt">;
type GivenOrder = z.output<typeof orderInput>;

/** An order that cannot be taken. */
export interface OrderRefusal {
  readonly id: string;
  readonly fault: string;
}

/** Servers' clocks and time zones differ, but not by more than this. */
const largestLead = 86_400_000;
const currencies = new Set(Intl.supportedValuesOf("currency"));

/**
 * @param now milliseconds since 1970, UTC
 * @returns for each input its row, or its fault with a pointer
 */
export function readOrders(inputs: readonly unknown[], now: number): readonly (OrderRow | OrderRefusal)[] {
  const given = inputs.map((input) => readOrder(input, now));
  const count = countNets(given.map((order) => ("fault" in order ? undefined : withoutUndefined(order))));
  return given.map((order, index) => {
    if ("fault" in order) return order;
    const counted = count[index];
    if ("fault" in counted) return { id: order.id, fault: counted.fault };
    const { id, customerId, visitorId, sessionId, currency, version } = order;
    return {
      id,
      placedAt: new Date(parseTime(order.placedAt)),
      customerId: customerId ?? null,
      visitorId: visitorId ?? null,
      sessionId: sessionId ?? null,
      currency,
      version,
      importId: null,
      ...counted,
    };
  });
}

/** Rows of orders that come from a trusted source, for example the demo shop. @throws InvalidInput naming the order */
export function orderRows(given: readonly Order[], importId: string): readonly OrderRow[] {
  return countNets(given).map((counted, index) => {
    if ("fault" in counted) throw new InvalidInput("orders", given[index].id, counted.fault);
    const { id, placedAt, customerId, currency } = given[index];
    return {
      id,
      placedAt: new Date(parseTime(placedAt)),
      customerId: customerId ?? null,
      visitorId: null,
      sessionId: null,
      currency,
      version: 0,
      importId,
      ...counted,
    };
  });
}

/**
 * One order of a history as a row.
 * @param productAt what the shop calls the product of an index
 */
export function orderRowAt(
  history: OrderHistory,
  order: number,
  productAt: (index: number) => Pick<OrderLine, "productId" | "variantId">,
  importId: string,
): OrderRow {
  const customer = history.customerOf[order];
  const lines: StoredOrderLine[] = [];
  for (let line = history.lineOffsets[order]; line < history.lineOffsets[order + 1]; line++) {
    const plain = plainLine({
      ...productAt(history.lineProduct[line]),
      quantity: history.lineQuantity[line],
      unitPrice: history.lineUnitPrice[line],
      discount: history.lineDiscount[line],
      cancelled: (history.lineFlags[line] & lineFlag.cancelled) !== 0,
      returnedQuantity: history.lineReturnedQuantity[line],
      refunded: history.lineRefunded[line],
    });
    lines.push({ ...plain, net: netOfLine(history, line) });
  }
  return {
    id: history.orderIds[order],
    placedAt: new Date(history.placedAt[order]),
    customerId: customer < 0 ? null : history.customers.idOf(customer),
    visitorId: null,
    sessionId: null,
    currency: history.currencies[history.currencyOf[order]],
    version: 0,
    importId,
    net: netOfOrder(history, order),
    lines,
  };
}

/** Whether two rows say the same of their order, whatever their versions. */
export function isSameOrder(a: OrderRow, b: OrderRow): boolean {
  return contentOf(a) === contentOf(b);
}

function contentOf({ placedAt, customerId, visitorId, sessionId, currency, lines }: OrderRow): string {
  // The database gives a line's fields back in an order of its own.
  const ordered = lines.map(plainLine);
  return JSON.stringify([placedAt.getTime(), customerId, visitorId, sessionId, currency, ordered]);
}

/** A line as the shop gave it; fields that say nothing are left out. */
export function plainLine(line: OrderLine | GivenOrder["lines"][number]): OrderLine {
  const { productId, variantId, quantity, unitPrice, discount, cancelled, returnedQuantity, refunded } = line;
  return {
    productId,
    ...(variantId !== undefined && { variantId }),
    quantity,
    unitPrice,
    ...(discount && { discount }),
    ...(cancelled && { cancelled }),
    ...(returnedQuantity && { returnedQuantity }),
    ...(refunded && { refunded }),
  };
}

function readOrder(input: unknown, now: number): GivenOrder | OrderRefusal {
  const parsed = orderInput.safeParse(input);
  if (!parsed.success) return { id: idOf(input), fault: faultsInWords(pointersOf(parsed.error)) };
  const order = parsed.data;
  const fault = faultOf(order, now);
  return fault === undefined ? order : { id: order.id, fault };
}

function faultOf({ placedAt, currency, lines, ...ids }: GivenOrder, now: number): string | undefined {
  if (!isStorable(ids) || !isStorable(lines)) return "/: an id holds characters that cannot be stored";
  if (!currencies.has(currency)) return `/currency: ${currency} is no currency of ISO 4217`;
  if (parseTime(placedAt) > now + largestLead) {
    return `/placedAt: ${placedAt} is more than a day ahead; check the clock of the shop's server`;
  }
  const line = lines.findIndex(({ quantity, returnedQuantity = 0 }) => returnedQuantity > quantity);
  return line < 0 ? undefined : `/lines/${line}/returnedQuantity: more came back than was bought`;
}

function idOf(input: unknown): string {
  if (typeof input !== "object" || input === null || !("id" in input)) return "";
  return typeof input.id === "string" ? input.id.slice(0, 200) : "";
}

/** The net of each order and line, by the engine's own count. */
function countNets(
  given: readonly (Order | undefined)[],
): readonly ({ readonly net: number; readonly lines: readonly StoredOrderLine[] } | { readonly fault: string })[] {
  const builder = createOrderHistoryBuilder();
  // Named by their place: one batch may hold two versions of an order.
  const faults = given.map((order, index) => order && tryAdding(builder, { ...order, id: String(index) }));
  const { history } = builder.finish(builder.products);
  const orderAt = new Map(history.orderIds.map((id, order) => [id, order]));
  return given.map((order, index) => {
    const at = orderAt.get(String(index));
    const fault = faults[index];
    if (order === undefined || at === undefined || fault !== undefined) return { fault: fault ?? "it has no lines" };
    const net = netOfOrder(history, at);
    if (!Number.isSafeInteger(net)) return { fault: "/lines: they add up to more than can be counted" };
    const first = history.lineOffsets[at];
    const lines = order.lines.map((line, place) => ({ ...plainLine(line), net: netOfLine(history, first + place) }));
    return { net, lines };
  });
}

function tryAdding(builder: ReturnType<typeof createOrderHistoryBuilder>, order: Order): string | undefined {
  try {
    builder.addOrder(order);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidInput) return `/lines: ${error.message}`;
    throw error;
  }
}

/** The engine's types know absent fields, not undefined ones. */
function withoutUndefined(order: GivenOrder): Order {
  const { id, placedAt, currency, customerId, lines } = order;
  return {
    id,
    placedAt,
    currency,
    ...(customerId !== undefined && { customerId }),
    lines: lines.map(plainLine),
  };
}
