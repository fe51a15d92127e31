import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { rowOf, type Incidence } from "../matrix/sparse.ts";
import { createTrainingView } from "./create-training-view.ts";
import type { OrderLine } from "./order.ts";
import type { OrderHistory } from "./order-history.ts";
import { createOrderHistoryBuilder } from "./order-history-builder.ts";
import type { SessionHistory } from "./session-history.ts";
import { sessionize } from "./sessionizer.ts";
import { customerMatrix, viewBefore } from "./training-view.ts";

const ids = createIdentifiers(["mug", "teapot", "tray", "spoon"]);
const minute = 60_000;

/** An order at a minute, its lines as "product", "product!" when cancelled and "product<" when sent back. */
interface Bought {
  at: number;
  lines: string;
  by?: string;
}

function history(...bought: Bought[]): OrderHistory {
  const builder = createOrderHistoryBuilder();
  for (const [index, { at, lines, by }] of bought.entries()) {
    const head = { id: `o${index}`, placedAt: at * minute, customerId: by, currency: "EUR" };
    for (const text of lines.split(" ")) builder.addLine(head, lineOf(text, index));
  }
  return builder.finish(ids).history;
}

function lineOf(text: string, index: number): OrderLine {
  return {
    productId: text.replace(/[!<]$/, ""),
    variantId: `${text} ${index}`,
    quantity: 1,
    unitPrice: 100,
    cancelled: text.endsWith("!"),
    returnedQuantity: text.endsWith("<") ? 1 : 0,
  };
}

/** Views at minutes, as "visitor:minute:product". */
function visits(...texts: string[]): SessionHistory {
  const interactions = texts.map((text) => {
    const [visitorId, at, productId] = text.split(":");
    return { visitorId, productId, kind: "view" as const, occurredAt: new Date(Number(at) * minute).toISOString() };
  });
  return sessionize(interactions, ids).sessions;
}

const rowsOf = (rows: Incidence) =>
  Array.from({ length: rows.rows }, (_, r) => Array.from(rowOf(rows, r), (product) => ids.idOf(product)).join(" "));

describe("a training view", () => {
  it("holds the distinct products of each order: variants and repeated lines count once", () => {
    const builder = createOrderHistoryBuilder();
    const head = { id: "a", placedAt: 0, currency: "EUR" };
    for (const variantId of ["mug-blue", "mug-red", "mug-blue"]) {
      builder.addLine(head, { productId: "mug", variantId, quantity: 2, unitPrice: 100 });
    }
    builder.addLine(head, { productId: "tray", quantity: 1, unitPrice: 100 });
    const view = createTrainingView({ orders: builder.finish(ids).history });
    expect(rowsOf(view.baskets)).toEqual(["mug tray"]);
  });

  it("drops cancelled lines, keeps returned ones, and drops an order that was cancelled whole", () => {
    const orders = history(
      { at: 1, lines: "mug! tray<" },
      { at: 2, lines: "mug! tray!" },
      { at: 3, lines: "mug mug!" },
    );
    const view = createTrainingView({ orders });
    expect(rowsOf(view.baskets)).toEqual(["tray", "mug"]);
    expect(Array.from(view.basketAt)).toEqual([minute, 3 * minute]);
    expect(view.leftOut).toMatchObject({ cancelledLines: 4, cancelledOrders: 1 });
  });

  it("says who bought, when, and keeps guests apart", () => {
    const view = createTrainingView({ orders: history({ at: 2, lines: "mug", by: "ann" }, { at: 1, lines: "tray" }) });
    expect(Array.from(view.basketCustomer)).toEqual([-1, 0]);
    expect(view.customerCount).toBe(1);
  });

  it("leaves out bulk orders when told what is too many", () => {
    const orders = history({ at: 1, lines: "mug tray spoon" }, { at: 2, lines: "mug mug tray" });
    const view = createTrainingView({ orders, maximumBasketSize: 2 });
    expect(rowsOf(view.baskets)).toEqual(["mug tray"]);
    expect(view.leftOut).toMatchObject({ bulkOrders: 1 });
    expect(createTrainingView({ orders }).baskets.rows).toBe(2);
  });

  it("keeps what a session repeats, in the order it happened", () => {
    const sessions = visits("ann:1:tray", "ann:2:mug", "ann:3:tray", "bob:2:spoon");
    const view = createTrainingView({ orders: history(), sessions });
    expect(rowsOf(view.sessions)).toEqual(["spoon", "tray mug tray"]);
    expect(Array.from(view.sessionEndedAt)).toEqual([2 * minute, 3 * minute]);
  });

  it("reaches from the first event to just after the last when no dates are given", () => {
    const orders = history({ at: 5, lines: "mug" }, { at: 90, lines: "mug" });
    const sessions = visits("ann:2:mug", "ann:3:mug");
    expect(createTrainingView({ orders })).toMatchObject({ from: 5 * minute, until: 90 * minute + 1 });
    expect(createTrainingView({ orders, sessions })).toMatchObject({ from: 2 * minute, until: 90 * minute + 1 });
    expect(createTrainingView({ orders: history() })).toMatchObject({ from: 0, until: 0 });
    expect(createTrainingView({ orders, until: 0 })).toMatchObject({ from: 0, until: 0, baskets: { rows: 0 } });
  });

  it("includes its first moment and excludes its last", () => {
    const orders = history({ at: 1, lines: "mug" }, { at: 2, lines: "tray" }, { at: 3, lines: "spoon" });
    const view = createTrainingView({ orders, from: minute, until: 3 * minute });
    expect(rowsOf(view.baskets)).toEqual(["mug", "tray"]);
    expect(view.leftOut).toMatchObject({ ordersOutside: 1 });
  });

  it("leaves out sessions that run over either edge", () => {
    const sessions = visits("ann:1:mug", "ann:5:tray", "bob:3:mug", "bob:4:tray", "cleo:4:mug", "cleo:8:tray");
    const view = createTrainingView({ orders: history(), sessions, from: 2 * minute, until: 8 * minute });
    expect(rowsOf(view.sessions)).toEqual(["mug tray"]);
    expect(view.leftOut).toMatchObject({ sessionsOutside: 2 });
  });

  it("cannot be changed", () => {
    const view = createTrainingView({ orders: history({ at: 1, lines: "mug" }) });
    for (const part of [view, view.baskets, view.sessions, view.leftOut]) expect(Object.isFrozen(part)).toBe(true);
  });

  it("refuses dates, sizes and sessions that do not fit", () => {
    const orders = history({ at: 1, lines: "mug" });
    expect(() => createTrainingView({ orders, from: 2, until: 1 })).toThrow(InvalidInput);
    expect(() => createTrainingView({ orders, until: Number.NaN })).toThrow(InvalidInput);
    expect(() => createTrainingView({ orders, maximumBasketSize: 0 })).toThrow(InvalidOption);
    const elsewhere = sessionize([], createIdentifiers(["mug"])).sessions;
    expect(() => createTrainingView({ orders, sessions: elsewhere })).toThrow(
      "sessions.productCount must be 4, as in the orders",
    );
  });
});

describe("the version of a view", () => {
  const bought: Bought[] = [
    { at: 1, lines: "mug tray", by: "ann" },
    { at: 2, lines: "tray" },
  ];
  const versionOf = (...orders: Bought[]) => createTrainingView({ orders: history(...orders) }).version;

  it("is the same for the same content, however it was dated", () => {
    const orders = history(...bought);
    expect(versionOf(...bought)).toBe(versionOf(...bought));
    expect(createTrainingView({ orders, from: 0, until: 1e12 }).version).toBe(versionOf(...bought));
    expect(versionOf(...bought)).toMatch(/^[0-9a-f]{16}$/);
  });

  it("changes with products, times, customers and sessions", () => {
    const [first, second] = bought;
    const versions = [
      versionOf(...bought),
      versionOf(first),
      versionOf(first, { ...second, lines: "mug" }),
      versionOf(first, { ...second, at: 3 }),
      versionOf(first, { ...second, by: "ann" }),
      createTrainingView({ orders: history(...bought), sessions: visits("ann:1:mug") }).version,
      createTrainingView({ orders: history(...bought), sessions: visits("ann:1:tray") }).version,
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });
});

describe("cutting off the newest", () => {
  const anyBought = fc.record({
    at: fc.integer({ min: 0, max: 50 }),
    lines: fc
      .array(fc.constantFrom("mug", "tray", "spoon", "mug!", "tray<"), { minLength: 1, maxLength: 4 })
      .map((lines) => lines.join(" ")),
    by: fc.constantFrom("ann", "bob", ""),
  });
  const anyVisit = fc
    .tuple(fc.constantFrom("ann", "bob"), fc.integer({ min: 0, max: 100 }), fc.constantFrom("mug", "tray"))
    .map((parts) => parts.join(":"));

  it("leaks nothing of what came at or after the cut, and keeps all that came before", () => {
    const anyHistory = [fc.array(anyBought), fc.array(anyVisit), fc.integer({ min: 0, max: 110 })] as const;
    fc.assert(
      fc.property(...anyHistory, (bought, seen, at) => {
        const until = at * minute;
        const orders = history(...bought);
        const sessions = visits(...seen);
        const whole = createTrainingView({ orders, sessions });
        const view = viewBefore(whole, until);
        expect(view.basketAt.every((time) => time < until)).toBe(true);
        expect(view.sessionEndedAt.every((time) => time < until)).toBe(true);
        expect(view.basketAt.length).toBe(whole.basketAt.filter((time) => time < until).length);
        expect(view.baskets.offsets.at(-1)).toBe(view.baskets.indices.length);
        expect(view.sessions.offsets.at(-1)).toBe(view.sessions.indices.length);
        // The very view that would have been made on that day.
        const fresh = createTrainingView({ orders, sessions, until: Math.min(until, whole.until) });
        expect(view.version).toBe(fresh.version);
        expect(rowsOf(view.baskets)).toEqual(rowsOf(fresh.baskets));
        expect(rowsOf(view.sessions)).toEqual(rowsOf(fresh.sessions));
      }),
    );
  });

  it("copies no column", () => {
    const whole = createTrainingView({ orders: history({ at: 1, lines: "mug" }, { at: 2, lines: "tray" }) });
    const view = viewBefore(whole, 2 * minute);
    expect(view.baskets.indices.buffer).toBe(whole.baskets.indices.buffer);
    expect(view.basketAt.buffer).toBe(whole.basketAt.buffer);
    expect(view).toMatchObject({ until: 2 * minute, leftOut: { ordersOutside: 1, sessionsOutside: 0 } });
    expect(Object.isFrozen(view) && Object.isFrozen(view.baskets)).toBe(true);
  });

  it("after the end changes nothing", () => {
    const whole = createTrainingView({ orders: history({ at: 1, lines: "mug" }) });
    expect(viewBefore(whole, whole.until)).toBe(whole);
  });
});

describe("the matrix of customers and products", () => {
  it("counts the baskets a customer had a product in, and leaves guests out", () => {
    const orders = history(
      { at: 1, lines: "mug mug tray", by: "ann" },
      { at: 2, lines: "mug" },
      { at: 3, lines: "mug spoon!", by: "ann" },
      { at: 4, lines: "spoon", by: "bob" },
    );
    const matrix = customerMatrix(createTrainingView({ orders }));
    expect([matrix.rows, matrix.columns]).toEqual([2, 4]);
    expect(rowsOf(matrix)).toEqual(["mug tray", "spoon"]);
    expect(Array.from(matrix.values)).toEqual([2, 1, 1]);
  });

  it("keeps the row of a customer who has nothing before the cut", () => {
    const orders = history({ at: 1, lines: "mug", by: "ann" }, { at: 5, lines: "mug", by: "bob" });
    const matrix = customerMatrix(viewBefore(createTrainingView({ orders }), 2 * minute));
    expect(rowsOf(matrix)).toEqual(["mug", ""]);
  });
});
