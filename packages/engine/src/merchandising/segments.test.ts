import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import type { OrderHistory } from "../history/order-history.ts";
import { scoreRfm } from "./rfm.ts";
import { rfmSegmentOf, rfmSegments } from "./rfm-segments.ts";
import { createSegmenter } from "./segments.ts";

const catalogue = createCatalogue({ products: [{ id: "mug", title: "Mug", variants: [{ id: "m", prices: {} }] }] });
const at = Date.parse("2026-06-01T00:00:00Z");
const day = 86_400_000;

interface Purchase {
  readonly customer: string;
  readonly daysAgo: number;
  readonly amount: number;
  readonly cancelled?: boolean;
  readonly currency?: string;
}

function historyOf(purchases: readonly Purchase[]): OrderHistory {
  const builder = createOrderHistoryBuilder();
  for (const [index, { customer, daysAgo, amount, cancelled = false, currency = "EUR" }] of purchases.entries()) {
    builder.addOrder({
      id: `o${index}`,
      placedAt: new Date(at - daysAgo * day).toISOString(),
      customerId: customer,
      currency,
      lines: [{ productId: "mug", quantity: 1, unitPrice: amount, cancelled }],
    });
  }
  return builder.finish(catalogue.ids).history;
}

const scores = [1, 2, 3, 4, 5];

describe("recency, frequency and money", () => {
  it("puts every customer of a shop whose values all differ into a fifth of its own", () => {
    // Customer n bought n times, last n days ago, for n euros each time.
    const purchases = Array.from({ length: 10 }, (_, index) => index + 1).flatMap((n) =>
      Array.from({ length: n }, (_, time) => ({ customer: `c${n}`, daysAgo: n + time * 30, amount: n * 100 })),
    );
    const { customers, recency, frequency, monetary, days, orders, spent } = scoreRfm(historyOf(purchases), { at });
    const column = (values: ArrayLike<number>): number[] =>
      Array.from({ length: 10 }, (_, index) => values[customers.indexOf(`c${index + 1}`) ?? -1]);
    expect(column(recency)).toEqual([5, 5, 4, 4, 3, 3, 2, 2, 1, 1]);
    expect(column(frequency)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(column(monetary)).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect([column(days)[2], column(orders)[2], column(spent)[2]]).toEqual([3, 3, 900]);
  });

  it("gives equal customers equal scores, and a shop of equals the middle", () => {
    const once = Array.from({ length: 7 }, (_, index) => ({ customer: `c${index}`, daysAgo: 10, amount: 500 }));
    expect([...scoreRfm(historyOf(once), { at }).frequency]).toEqual([3, 3, 3, 3, 3, 3, 3]);
  });

  it("never scores more for less, whatever the purchases", () => {
    const purchase = fc.record({
      customer: fc.integer({ min: 0, max: 12 }).map((number) => `c${number}`),
      daysAgo: fc.integer({ min: 0, max: 9 }),
      amount: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(purchase, { minLength: 1, maxLength: 60 }), (purchases) => {
        const { recency, frequency, monetary, days, orders, spent, customers } = scoreRfm(historyOf(purchases), { at });
        for (let one = 0; one < customers.size; one++) {
          expect(scores).toContain(frequency[one]);
          for (let other = 0; other < customers.size; other++) {
            expect(Math.sign(recency[one] - recency[other]) * Math.sign(days[other] - days[one])).toBeGreaterThan(-1);
            expect(
              Math.sign(frequency[one] - frequency[other]) * Math.sign(orders[one] - orders[other]),
            ).toBeGreaterThan(-1);
            if (spent[one] === spent[other]) expect(monetary[one]).toBe(monetary[other]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("leaves out cancelled orders, later ones, and customers without any other", () => {
    const history = historyOf([
      { customer: "kept", daysAgo: 5, amount: 100 },
      { customer: "kept", daysAgo: -5, amount: 100 },
      { customer: "cancelled", daysAgo: 5, amount: 100, cancelled: true },
    ]);
    const rfm = scoreRfm(history, { at });
    const [kept, cancelled] = ["kept", "cancelled"].map((id) => rfm.customers.indexOf(id) ?? -1);
    expect([rfm.orders[kept], rfm.spent[kept]]).toEqual([1, 100]);
    expect([rfm.orders[cancelled], rfm.recency[cancelled], rfm.segmentOf(cancelled)]).toEqual([0, 0, undefined]);
  });

  it("asks for rates when money comes in several currencies", () => {
    const history = historyOf([
      { customer: "a", daysAgo: 1, amount: 100 },
      { customer: "a", daysAgo: 1, amount: 100, currency: "GBP" },
    ]);
    expect(() => scoreRfm(history, { at })).toThrow(InvalidOption);
    expect(() => scoreRfm(history, { at, rates: { EUR: 1 } })).toThrow(/rates\.GBP/);
    expect(scoreRfm(history, { at, rates: { EUR: 1, GBP: 1.2 } }).spent[0]).toBeCloseTo(220, 9);
  });

  it("has one name for each of the 125 scores, and uses every name", () => {
    const names = scores.flatMap((r) => scores.flatMap((f) => scores.map((m) => rfmSegmentOf(r, f, m))));
    expect(names.length).toBe(125);
    for (const name of names) expect(rfmSegments).toContain(name);
    expect(new Set(names).size).toBe(rfmSegments.length);
  });

  it("calls the corners what every merchant calls them", () => {
    expect(rfmSegmentOf(5, 5, 5)).toBe("champions");
    expect(rfmSegmentOf(5, 1, 1)).toBe("new");
    expect(rfmSegmentOf(1, 5, 5)).toBe("cannot-lose");
    expect(rfmSegmentOf(1, 1, 1)).toBe("lost");
    expect(rfmSegmentOf(3, 3, 3)).toBe("need-attention");
    expect(rfmSegmentOf(2, 3, 4)).toBe("at-risk");
  });
});

describe("segments by condition", () => {
  const regulars = { field: "customer.orders", operator: "atLeast", value: 3 };
  const asleep = { field: "customer.lastOrderAt", operator: "olderThanDays", value: 90 };

  it("hold customers by what is known of them", () => {
    const segmentsOf = createSegmenter(
      [
        { id: "regulars", name: "Regulars", when: regulars },
        { id: "asleep", name: "Asleep", when: { all: [regulars, asleep] } },
        { id: "strangers", name: "Strangers", when: { field: "customer.id", operator: "exists", value: false } },
      ],
      catalogue,
    );
    expect(segmentsOf({ id: "c", orders: 4, lastOrderAt: at - 100 * day }, at)).toEqual(["regulars", "asleep"]);
    expect(segmentsOf({ id: "c", orders: 4, lastOrderAt: at - 80 * day }, at)).toEqual(["regulars"]);
    expect(segmentsOf({}, at)).toEqual(["strangers"]);
  });

  it("may not ask for the cart, nor for segments, which follow from them", () => {
    for (const field of ["cart.units", "customer.segments"]) {
      const when = { any: [{ field, operator: "exists", value: true }] };
      const create = (): unknown => createSegmenter([{ id: "a", name: "A", when }], catalogue);
      expect(create).toThrow(InvalidInput);
      expect(create).toThrow(/^segments\[0\]\.when\.any\[0\]\.field/);
    }
  });
});
