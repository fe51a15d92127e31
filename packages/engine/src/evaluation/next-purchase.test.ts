import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { createTrainingView } from "../history/create-training-view.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import type { OrderHistory } from "../history/order-history.ts";
import { createRandom } from "../random/generator.ts";
import { evaluateNextPurchases, type Contender, type NextPurchaseOptions } from "./next-purchase.ts";

const products = ["a", "b", "c", "d", "e", "f"];
const cut = Date.UTC(2026, 2, 1);
const day = 86_400_000;

/** Orders as [customer, days from the cut, products]; a trailing "!" cancels a line. */
type Row = readonly [customer: string | undefined, days: number, products: string];

function ordersOf(rows: readonly Row[]): OrderHistory {
  const builder = createOrderHistoryBuilder();
  for (const [index, [customerId, days, names]] of rows.entries()) {
    const head = { id: `o${index}`, placedAt: cut + days * day, customerId, currency: "EUR" };
    for (const name of names.split(" ")) {
      const line = { productId: name[0], quantity: 1, unitPrice: 100, cancelled: name.endsWith("!") };
      builder.addLine(head, line);
    }
  }
  return builder.finish(createIdentifiers(products)).history;
}

const rows: readonly Row[] = [
  ["ann", -40, "a b"],
  ["bob", -30, "a c"],
  ["cleo", -20, "a"],
  [undefined, -10, "b a"],
  ["ann", 2, "c a"],
  ["bob", 3, "a"],
  ["dora", 4, "b"],
  ["cleo", 5, "d b!"],
  ["cleo", 45, "e"],
];
const orders = ordersOf(rows);
const view = createTrainingView({ orders, until: cut });

function evaluate(recommenders: readonly Contender[], changes: Partial<NextPurchaseOptions> = {}) {
  return evaluateNextPurchases({ view, orders, recommenders, random: createRandom("test"), resamples: 50, ...changes });
}

/** Knows that Ann will buy c, and Cleo d. */
const oracle: Contender = {
  name: "oracle",
  score: ({ customer }) => (orders.customers.idOf(customer) === "ann" ? [0, 0, 1, 0, 0, 0] : [0, 0, 0, 1, 0, 0]),
};

/** Answers the same to everybody, right or wrong. */
function answering(list: number[], scores: number[]): Contender {
  return {
    name: "broken",
    recommender: { recommend: () => ({ products: Uint32Array.from(list), scores: Float64Array.from(scores) }) },
  };
}

describe("the protocol 'last month'", () => {
  it("judges returning customers by what they bought for the first time, within the horizon", async () => {
    const report = await evaluate([]);
    // Ann (c) and Cleo (d): Bob bought only what he had, Dora is new, Cleo's b was cancelled and her e came too late.
    expect(report.customers).toBe(2);
    expect(report.returningCustomers).toBe(3);
    expect(report.newCustomers).toBe(1);
    expect(report.observedDays).toBe(30);
  });

  it("always shows what popularity alone would have scored", async () => {
    const { popularity } = await evaluate([]);
    // Customers before the cut: a 3, b 1, c 1. Ann's c beats d, e and f. Cleo's d loses to b and c, ties with e and f: 0.25.
    expect(popularity.areaUnderCurve.value).toBeCloseTo((1 + 0.25) / 2, 12);
    expect(popularity.advantage).toMatchObject({ value: 0, lower: 0, upper: 0 });
  });

  it("gives a method that knows the future a perfect score", async () => {
    const { rows } = await evaluate([oracle], { listLength: 2 });
    expect(rows[0].areaUnderCurve).toMatchObject({ value: 1, lower: 1, upper: 1 });
    expect(rows[0].ndcg.value).toBe(1);
    // Popularity had 1 for Ann and 0.25 for Cleo.
    expect(rows[0].advantage.value).toBeCloseTo(0.375, 12);
    // Lists of two: c and the tied d for Ann, d and the tied b for Cleo.
    expect(rows[0].coverage).toBe(0.5);
    expect(rows[0].hitRate.value).toBe(1);
  });

  it("asks with what was known before the cut, and nothing of what came later", async () => {
    const asked: { customer: string; history: number[]; owned: number[]; at: number }[] = [];
    const listener: Contender = {
      name: "listener",
      score({ customer, history, exclude, at }) {
        asked.push({
          customer: orders.customers.idOf(customer),
          history: Array.from(history),
          owned: [...(exclude ?? [])],
          at,
        });
        return new Float64Array(6);
      },
    };
    const { rows } = await evaluate([listener]);
    expect(asked).toEqual([
      { customer: "ann", history: [0, 1], owned: [0, 1], at: cut },
      { customer: "cleo", history: [0], owned: [0], at: cut },
    ]);
    expect(rows[0].areaUnderCurve.value).toBe(0.5);
  });

  it("refuses a training view that has seen the future, be it one basket or one session", async () => {
    await expect(
      evaluate([oracle], { view: createTrainingView({ orders, until: cut + 3 * day }), cut }),
    ).rejects.toThrow(/view\.basketAt\[4\] must be before the cut/);
    const leaking = { ...view, sessionEndedAt: Float64Array.of(cut - day, cut) };
    await expect(evaluate([oracle], { view: leaking })).rejects.toThrow(/view\.sessionEndedAt\[1\]/);
  });

  it("refuses a view that was made from other orders", async () => {
    await expect(evaluate([], { view: { ...view, customerCount: 3 } })).rejects.toThrow(/same orders/);
  });

  it("refuses answers that repeat a product, return an owned one or do not descend", async () => {
    await expect(evaluate([answering([2, 2], [1, 1])])).rejects.toThrow(/does not hold yet/);
    await expect(evaluate([answering([0], [1])])).rejects.toThrow(/does not exclude/);
    await expect(evaluate([answering([2, 3], [1, 2])])).rejects.toThrow(/at most the score before/);
    await expect(evaluate([answering([6], [1])])).rejects.toThrow(/below 6/);
    await expect(evaluate([{ name: "short", score: () => [1] }])).rejects.toThrow(/must be 6/);
  });

  it("says so when nobody can be judged", async () => {
    await expect(evaluate([], { cut: cut + 100 * day })).rejects.toThrow(/buys something new/);
  });

  it("draws customers by chance when there are more than it may judge", async () => {
    const report = await evaluate([], { maximumCustomers: 1 });
    expect([report.customers, report.eligibleCustomers]).toEqual([1, 2]);
  });

  it("stops when asked to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(evaluate([oracle], { signal })).rejects.toThrow("enough");
  });
});
