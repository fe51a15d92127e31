import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { InvalidInput } from "../errors.ts";
import type { Order, OrderLine } from "./order.ts";
import { lineFlag, netOfLine, netOfOrder, type OrderHistory } from "./order-history.ts";
import { createOrderHistoryBuilder } from "./order-history-builder.ts";

const ids = createIdentifiers(["mug", "teapot", "tray"]);

const line = (productId: string, more: Partial<OrderLine> = {}): OrderLine => ({
  productId,
  quantity: 1,
  unitPrice: 1000,
  ...more,
});

function order(id: string, day: number, lines: readonly OrderLine[], more: Partial<Order> = {}): Order {
  const placedAt = new Date(Date.UTC(2026, 0, day)).toISOString();
  return { id, placedAt, currency: "EUR", lines, ...more };
}

function build(...orders: Order[]): OrderHistory {
  const builder = createOrderHistoryBuilder();
  for (const one of orders) builder.addOrder(one);
  return builder.finish(ids).history;
}

/** Each order as its id and its lines' products. */
function show(history: OrderHistory): string[] {
  return history.orderIds.map((id, o) => {
    const products = history.lineProduct.subarray(history.lineOffsets[o], history.lineOffsets[o + 1]);
    return [id, ...Array.from(products, (product) => ids.idOf(product))].join(" ");
  });
}

describe("building a history of orders", () => {
  it("puts the oldest first and keeps the order of lines", () => {
    const history = build(order("b", 2, [line("tray"), line("mug")]), order("a", 1, [line("teapot")]));
    expect(show(history)).toEqual(["a teapot", "b tray mug"]);
    expect(history.placedAt).toEqual(Float64Array.of(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2)));
    expect(history.productCount).toBe(3);
  });

  it("keeps the order of first sight where times are equal", () => {
    const history = build(
      order("c", 1, [line("mug")]),
      order("a", 1, [line("mug")]),
      order("b", 1, [line("mug")]),
      order("0", 0, [line("mug")]),
    );
    expect(history.orderIds).toEqual(["0", "c", "a", "b"]);
  });

  it("gathers lines of one order that lie far apart in a file", () => {
    const builder = createOrderHistoryBuilder();
    const head = (id: string, placedAt: number) => ({ id, placedAt, currency: "EUR" });
    builder.addLine(head("a", 20), line("mug"));
    builder.addLine(head("b", 10), line("tray"));
    builder.addLine(head("a", 99), line("teapot"));
    expect([builder.orderCount, builder.lineCount, builder.products.all]).toEqual([2, 3, ["mug", "tray", "teapot"]]);
    const { history } = builder.finish(ids);
    expect(show(history)).toEqual(["b tray", "a mug teapot"]);
    expect(Array.from(history.placedAt)).toEqual([10, 20]);
  });

  it("tells guests from customers, and learns who a guest was from a later line", () => {
    const builder = createOrderHistoryBuilder();
    const head = { id: "a", placedAt: 1, currency: "EUR" };
    builder.addLine(head, line("mug"));
    builder.addLine({ ...head, id: "b", customerId: "ann" }, line("mug"));
    builder.addLine({ ...head, id: "c", customerId: "" }, line("mug"));
    builder.addLine({ ...head, customerId: "bob" }, line("tray"));
    const { history } = builder.finish(ids);
    const names = Array.from(history.customerOf, (customer) =>
      customer < 0 ? "guest" : history.customers.idOf(customer),
    );
    expect(names).toEqual(["bob", "ann", "guest"]);
  });

  it("leaves out unknown products, counts their lines, and drops orders that have nothing else", () => {
    const builder = createOrderHistoryBuilder();
    builder.addOrder(order("a", 1, [line("gone"), line("mug")]));
    builder.addOrder(order("b", 2, [line("gone"), line("lost")]));
    builder.addOrder(order("c", 3, [line("tray")]));
    const { history, notes } = builder.finish(ids);
    expect(notes).toEqual({ unknownProductLines: 3 });
    expect(show(history)).toEqual(["a mug", "c tray"]);
  });

  it("remembers each order's currency", () => {
    const history = build(order("a", 1, [line("mug")]), order("b", 2, [line("mug")], { currency: "JPY" }));
    expect(Array.from(history.currencyOf, (currency) => history.currencies[currency])).toEqual(["EUR", "JPY"]);
  });

  it("may be empty", () => {
    const history = build();
    expect(show(history)).toEqual([]);
    expect(history.lineOffsets).toEqual(Uint32Array.of(0));
  });

  it("keeps every line of every order, in whatever order they arrive", () => {
    const anyLine = fc.record({ order: fc.nat(5), product: fc.nat(2), quantity: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 3000 }),
        fc.array(fc.nat(3), { minLength: 6, maxLength: 6 }),
        (lines, times) => {
          const builder = createOrderHistoryBuilder();
          for (const { order: o, product, quantity } of lines) {
            builder.addLine(
              { id: `o${o}`, placedAt: times[o], currency: "EUR" },
              line(ids.idOf(product), { quantity }),
            );
          }
          const { history } = builder.finish(ids);
          expect(history.placedAt.slice().sort()).toEqual(history.placedAt);
          for (const [place, id] of history.orderIds.entries()) {
            const [begin, end] = history.lineOffsets.subarray(place, place + 2);
            const own = lines.filter(({ order: o }) => `o${o}` === id);
            expect(Array.from(history.lineProduct.subarray(begin, end))).toEqual(own.map(({ product }) => product));
            expect(Array.from(history.lineQuantity.subarray(begin, end))).toEqual(own.map(({ quantity }) => quantity));
          }
          expect(history.lineOffsets.at(-1)).toBe(lines.length);
        },
      ),
    );
  });
});

describe("what an order brought in", () => {
  it.each<[string, Partial<OrderLine>, number, number]>([
    ["a plain line", { quantity: 3 }, 3000, 0],
    ["a discount on the line", { quantity: 2, discount: 500 }, 1500, lineFlag.discounted],
    ["a cancelled line", { cancelled: true, discount: 1 }, 0, lineFlag.cancelled | lineFlag.discounted],
    [
      "units sent back and paid back",
      { quantity: 2, returnedQuantity: 1, refunded: 1000 },
      1000,
      lineFlag.returned | lineFlag.refunded,
    ],
    ["units sent back and not yet paid back", { quantity: 2, returnedQuantity: 1 }, 2000, lineFlag.returned],
    ["a refund as goodwill", { refunded: 300 }, 700, lineFlag.refunded],
    ["more given back than was paid", { discount: 600, refunded: 600 }, 0, lineFlag.discounted | lineFlag.refunded],
    ["nothing", { unitPrice: 0 }, 0, 0],
  ])("with %s", (_, more, net, flags) => {
    const history = build(order("a", 1, [line("mug", more)]));
    expect(netOfLine(history, 0)).toBe(net);
    expect(history.lineFlags[0]).toBe(flags);
  });

  it("is the sum of its own lines", () => {
    const history = build(
      order("a", 1, [line("mug", { quantity: 2, discount: 100 }), line("tray", { cancelled: true }), line("teapot")]),
      order("b", 2, [line("mug", { refunded: 1000 }), line("tray", { unitPrice: 5 })]),
    );
    expect([netOfOrder(history, 0), netOfOrder(history, 1)]).toEqual([2900, 5]);
  });
});

describe("an order that cannot be right", () => {
  it.each<[string, Order, string]>([
    ["no id", order("", 1, [line("mug")]), "order id must be a non-empty id"],
    [
      "a time without a zone",
      order("a", 1, [line("mug")], { placedAt: "2026-01-01T00:00:00" }),
      "order a: placedAt must be an RFC 3339 time",
    ],
    ["no currency", order("a", 1, [line("mug")], { currency: "" }), "order a: currency must be an ISO 4217 code"],
    [
      "a quantity of zero",
      order("a", 1, [line("mug", { quantity: 0 })]),
      "order a: quantity of mug must be a positive integer; received 0.",
    ],
    ["half a unit", order("a", 1, [line("mug", { quantity: 0.5 })]), "quantity of mug"],
    ["more units than fit", order("a", 1, [line("mug", { quantity: 2 ** 31 })]), "quantity of mug"],
    [
      "a price in major units",
      order("a", 1, [line("mug", { unitPrice: 19.99 })]),
      "unitPrice of mug must be minor units",
    ],
    ["a discount below zero", order("a", 1, [line("mug", { discount: -1 })]), "discount of mug"],
    ["a refund that is no number", order("a", 1, [line("mug", { refunded: Number.NaN })]), "refunded of mug"],
    ["units sent back below zero", order("a", 1, [line("mug", { returnedQuantity: -1 })]), "returnedQuantity of mug"],
  ])("for %s is refused, naming order and field", (_, faulty, message) => {
    expect(() => build(faulty)).toThrow(InvalidInput);
    expect(() => build(faulty)).toThrow(message);
  });

  it("leaves no trace, so that an import may go on with the next line", () => {
    const builder = createOrderHistoryBuilder();
    const head = { id: "a", placedAt: Number.NaN, currency: "EUR" };
    expect(() => builder.addLine(head, line("mug"))).toThrow("order a: placedAt must be milliseconds since 1970, UTC");
    expect(() => builder.addLine({ ...head, placedAt: 1 }, line("mug", { quantity: -1 }))).toThrow(InvalidInput);
    expect([builder.orderCount, builder.lineCount]).toEqual([0, 0]);
    builder.addLine({ ...head, placedAt: 1 }, line("tray"));
    expect(show(builder.finish(ids).history)).toEqual(["a tray"]);
  });
});
