import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput, InvalidOption } from "../errors.ts";
import type { DatedPurchases } from "../history/customer-baskets.ts";
import { incidence } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { gamma } from "../random/distributions.ts";
import { createRandom } from "../random/generator.ts";
import { loadBuyAgain, trainBuyAgain } from "./buy-again.ts";
import { fitRepurchaseRhythm } from "./repurchase-rhythm.ts";

describeModel("buy again", trainBuyAgain, loadBuyAgain, { hasCheckerboard: false });

const day = 86_400_000;
const end = 1000 * day;

/** Purchases of single products. */
function purchasesOf(
  productCount: number,
  ...purchases: readonly { customer: number; product: number; onDay: number }[]
): DatedPurchases {
  const inOrder = purchases.toSorted((a, b) => a.onDay - b.onDay);
  return {
    baskets: incidence({
      rows: inOrder.length,
      columns: productCount,
      row: [...inOrder.keys()],
      column: inOrder.map(({ product }) => product),
    }),
    basketAt: Float64Array.from(inOrder, ({ onDay }) => onDay * day),
    basketCustomer: Int32Array.from(inOrder, ({ customer }) => customer),
    customerCount: inOrder.reduce((most, { customer }) => Math.max(most, customer + 1), 0),
    until: end,
  };
}

/** Customers who come back for a product after gamma distributed days, until the data end or they leave for good. */
function simulate(products: readonly { meanDays: number; shape: number; repeatRate: number }[], customers: number) {
  const random = createRandom("refills");
  return products.flatMap(({ meanDays, shape, repeatRate }, product) =>
    Array.from({ length: customers }, (_, customer) => {
      const bought: { customer: number; product: number; onDay: number }[] = [];
      let onDay = random.next() * 1000;
      while (onDay < 1000) {
        bought.push({ customer, product, onDay });
        if (random.next() >= repeatRate) break;
        onDay += Math.max(1, (gamma(random, shape) * meanDays) / shape);
      }
      return bought;
    }).flat(),
  );
}

const coffee = { meanDays: 30, shape: 9, repeatRate: 0.9 };
const toaster = { meanDays: 60, shape: 1.5, repeatRate: 0.1 };
const shop = purchasesOf(2, ...simulate([coffee, toaster], 600));

describe("the rhythm of repurchases", () => {
  it("finds the planted mean, regularity and share of repeats", async () => {
    const { meanDays, shape, repeatRate } = await fitRepurchaseRhythm(shop);
    expect(meanDays[0]).toBeGreaterThan(28.5);
    expect(meanDays[0]).toBeLessThan(31.5);
    expect(shape[0]).toBeGreaterThan(7.5);
    expect(shape[0]).toBeLessThan(10.5);
    expect(repeatRate[0]).toBeGreaterThan(0.87);
    expect(repeatRate[0]).toBeLessThan(0.93);
    expect(repeatRate[1]).toBeGreaterThan(0.06);
    expect(repeatRate[1]).toBeLessThan(0.16);
  });

  it("does not hold yesterday's sales against a product", async () => {
    const fresh = Array.from({ length: 300 }, (_, customer) => ({ customer, product: 0, onDay: 998 }));
    const regular = simulate([coffee], 300);
    const before = await fitRepurchaseRhythm(purchasesOf(1, ...regular));
    const after = await fitRepurchaseRhythm(
      purchasesOf(1, ...regular, ...fresh.map((one) => ({ ...one, customer: 300 + one.customer }))),
    );
    expect(Math.abs(after.repeatRate[0] - before.repeatRate[0])).toBeLessThan(0.01);
  });

  it("gives a product without a past the rhythm of its category", async () => {
    const products = [coffee, { meanDays: 90, shape: 4, repeatRate: 0.8 }];
    const view = purchasesOf(4, ...simulate(products, 300));
    const { meanDays } = await fitRepurchaseRhythm(view, { categoryOf: Int32Array.of(0, 1, 0, 1) });
    expect(Math.abs(meanDays[2] - meanDays[0])).toBeLessThan(2);
    expect(Math.abs(meanDays[3] - meanDays[1])).toBeLessThan(8);
  });

  it("takes two orders of one day for one purchase, and nothing from guests", async () => {
    const none = await fitRepurchaseRhythm(purchasesOf(1));
    const twice = purchasesOf(
      1,
      { customer: 0, product: 0, onDay: 10 },
      { customer: 0, product: 0, onDay: 10.1 },
      { customer: -1, product: 0, onDay: 20 },
      { customer: -1, product: 0, onDay: 30 },
    );
    expect((await fitRepurchaseRhythm(twice)).meanDays[0]).toBe(none.meanDays[0]);
  });

  it("refuses categories of other products", async () => {
    await expect(fitRepurchaseRhythm(shop, { categoryOf: Int32Array.of(0) })).rejects.toThrow(InvalidInput);
    await expect(fitRepurchaseRhythm(shop, { priorIntervals: 0 })).rejects.toThrow(InvalidOption);
  });
});

describe("buy again", () => {
  const now = 500 * day;
  const since = (days: number) => now - days * day;

  it("tells early from due from overdue, with a date between two others", async () => {
    const again = await trainBuyAgain(shop);
    const stateAfter = (days: number) => again.dueDates({ history: [0], boughtAt: [since(days)], now })[0];
    expect([5, 30, 90].map((days) => stateAfter(days).state)).toEqual(["too-early", "due", "overdue"]);
    const { earliest, dueAt, latest, lastBoughtAt } = stateAfter(30);
    expect(lastBoughtAt).toBe(since(30));
    expect(earliest).toBeLessThan(dueAt);
    expect(dueAt).toBeLessThan(latest);
    expect(Math.abs(dueAt - now) / day).toBeLessThan(3);
  });

  it("covers as many of the planted intervals as it says", async () => {
    const again = await trainBuyAgain(shop, { confidence: 0.8 });
    const [{ earliest, latest }] = again.dueDates({ history: [0], boughtAt: [now], now });
    const random = createRandom("intervals");
    let covered = 0;
    for (let draw = 0; draw < 4000; draw++) {
      const next = now + ((gamma(random, coffee.shape) * coffee.meanDays) / coffee.shape) * day;
      if (next >= earliest && next <= latest) covered++;
    }
    expect(covered / 4000).toBeGreaterThan(0.77);
    expect(covered / 4000).toBeLessThan(0.84);
  });

  it("ranks by the chance of the next days: due before early, before what is hardly ever bought twice", async () => {
    const again = await trainBuyAgain(purchasesOf(3, ...simulate([coffee, coffee, toaster], 400)));
    const query = { history: [0, 1, 2], boughtAt: [since(2), since(28), since(60)], now, repeats: true };
    const { products, scores } = again.recommend(query, 3);
    expect(products[0]).toBe(1);
    expect(scores[0]).toBeGreaterThan(0.5);
    expect(scores[1]).toBeLessThan(0.1);
    expect(again.dueDates(query).map(({ product }) => product)).toEqual([...products]);
  });

  it("gives up on customers who are long overdue", async () => {
    const again = await trainBuyAgain(shop);
    const chanceAfter = (days: number) => again.dueDates({ history: [0], boughtAt: [since(days)], now })[0].chance;
    expect(chanceAfter(120)).toBeLessThan(chanceAfter(30) / 5);
  });

  it("learns the customer's own rhythm", async () => {
    const again = await trainBuyAgain(shop);
    const boughtAt = [100, 80, 60, 40, 20, 0].map(since);
    const [{ dueAt }] = again.dueDates({ history: [0, 0, 0, 0, 0, 0], boughtAt, now });
    expect((dueAt - now) / day).toBeLessThan(25);
    expect((dueAt - now) / day).toBeGreaterThan(18);
  });

  it("ranks by how often products are bought again where nobody says when", async () => {
    const again = await trainBuyAgain(shop);
    expect([...again.recommend({ history: [0, 1], repeats: true }, 2).products]).toEqual([0, 1]);
    expect([...again.recommend({ history: [0, 1] }, 2).products]).toEqual([]);
  });

  it("knows nothing of purchases that are still to come", async () => {
    const again = await trainBuyAgain(shop);
    expect(again.dueDates({ history: [0], boughtAt: [now + day], now })).toEqual([]);
  });

  it("says what is missing or wrong", async () => {
    const again = await trainBuyAgain(shop);
    expect(() => again.dueDates({ history: [0] })).toThrow(InvalidInput);
    expect(() => again.dueDates({ history: [0], boughtAt: [0] })).toThrow(InvalidInput);
    expect(() => again.recommend({ history: [0], boughtAt: [0, 1], now }, 1)).toThrow(InvalidInput);
    expect(() => again.recommend({ history: [0], boughtAt: [NaN], now }, 1)).toThrow(InvalidInput);
    await expect(trainBuyAgain(shop, { horizonDays: Infinity })).rejects.toThrow(InvalidOption);
    await expect(trainBuyAgain(shop, { confidence: 1 })).rejects.toThrow(InvalidOption);
    const file = again.save();
    const columns = { ...file.columns, shape: Float64Array.of(0, 1) };
    await expect(loadBuyAgain({ ...file, columns })).rejects.toThrow(InvalidFile);
  });
});
