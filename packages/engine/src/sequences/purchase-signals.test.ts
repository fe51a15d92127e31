import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { incidence } from "../matrix/sparse.ts";
import type { SignalSource } from "../models/signal.ts";
import { SignalColumns } from "../models/signal-columns.ts";
import { basketsByCustomer, selectBaskets, type CustomerBaskets } from "../history/customer-baskets.ts";
import { attributeSignals, weighAttributes } from "./purchase-attributes.ts";
import { purchasePriors } from "./purchase-priors.ts";
import { createPurchaseReader, purchaseHistories, type PurchaseQuestion } from "./purchase-question.ts";
import { purchaseHabits, tableSignals } from "./purchase-signals.ts";

const day = 86_400_000;

/** Customer 0 buys {0, 1}, {0}, {2}; customer 1 buys {0}; a guest {1}. A basket a day; product 3 is never sold. */
const shop: CustomerBaskets = {
  baskets: incidence({ rows: 5, columns: 4, row: [0, 0, 1, 2, 3, 4], column: [0, 1, 0, 0, 2, 1] }),
  basketAt: Float64Array.of(0, day, 2 * day, 3 * day, 4 * day),
  basketCustomer: Int32Array.of(0, 1, 0, 0, -1),
  customerCount: 2,
  productCount: 4,
};

/** What a source says of every product, a row a signal. */
function heard(source: SignalSource<PurchaseQuestion>, question: PurchaseQuestion, size: number): number[][] {
  const { columns } = new SignalColumns(size, source.signals.length);
  source.fill(question, columns);
  return columns.map((column) => Array.from({ length: size }, (_, product) => column.valueOf(product)));
}

describe("customers' baskets", () => {
  it("come by customer, oldest first, without guests", () => {
    const { offsets, indices } = basketsByCustomer(shop);
    expect([...offsets]).toEqual([0, 3, 4]);
    expect([...indices]).toEqual([0, 2, 3, 1]);
  });

  it("can be chosen from, and read as questions", () => {
    const older = selectBaskets(shop, (basket) => basket < 3);
    expect(older.baskets.rows).toBe(3);
    expect([...older.basketAt]).toEqual([0, day, 2 * day]);
    const { history, basketEnds } = purchaseHistories(older)(0);
    expect([...Array.from(history)]).toEqual([0, 1, 0]);
    expect(basketEnds).toEqual([2, 3]);
  });
});

describe("reading a customer", () => {
  it("counts baskets, not lines, and leaves unknown products out", () => {
    const read = createPurchaseReader(3);
    const { owned, basketsAgo, basketCount } = read({ history: [0, 0, 7, 0, 1], basketEnds: [3, 5] });
    expect(basketCount).toBe(2);
    expect(owned).toEqual([
      { product: 0, count: 2, basketsSince: 0 },
      { product: 1, count: 1, basketsSince: 0 },
    ]);
    expect(basketsAgo).toEqual([1, 0, 0]);
  });

  it("takes each entry for a basket where none are marked", () => {
    expect(createPurchaseReader(9)({ history: [4, 5] }).basketCount).toBe(2);
  });

  it("refuses marks that do not ascend to the end", () => {
    const read = createPurchaseReader(9);
    for (const basketEnds of [[1], [2, 1, 2], [3], [0.5, 2]]) {
      expect(() => read({ history: [4, 5], basketEnds })).toThrow(InvalidInput);
    }
  });

  it("counts no product more often than there are baskets", () => {
    const anyHistory = fc.array(fc.array(fc.nat(5), { maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(anyHistory, (baskets) => {
        let end = 0;
        const basketEnds = baskets.map(({ length }) => (end += length));
        const { owned, basketCount } = createPurchaseReader(6)({ history: baskets.flat(), basketEnds });
        expect(basketCount).toBe(baskets.length);
        for (const { product, count, basketsSince } of owned) {
          expect(count).toBe(baskets.filter((basket) => basket.includes(product)).length);
          expect(baskets.at(-1 - basketsSince)).toContain(product);
        }
      }),
    );
  });
});

describe("what is known of products", () => {
  it("is how popular, how current, how new and how often rebought they are", () => {
    const priors = purchasePriors(shop);
    const counts = (column: Float32Array, lift: number) => Array.from(column, (value) => Math.exp(value) - lift);
    const expectCounts = (column: Float32Array, lift: number, expected: readonly number[]) => {
      for (const [product, count] of counts(column, lift).entries()) expect(count).toBeCloseTo(expected[product], 5);
    };
    expectCounts(priors.popularity, 1, [3, 2, 1, 0]);
    expectCounts(priors.current, 0.5, [1, 0, 1, 0]);
    expectCounts(priors.discovered, 0.5, [0, 0, 1, 0]);
    expectCounts(priors.lately, 0.5, [0.64 + 0.8 + 1, 0.64, 1, 0]);
    expect(priors.repeatRate[0]).toBeGreaterThan(priors.repeatRate[1]);
    expectCounts(priors.age, 1, [4, 4, 1, 0]);
    expect(priors.thisWeek[1]).toBeGreaterThan(priors.thisWeek[2]);
  });

  it("takes rare products for as popular as the least that says something", () => {
    expect(Math.exp(purchasePriors(shop, 2).popularity[3])).toBeCloseTo(3, 5);
  });

  it("is nothing in a shop without sales", () => {
    const empty = selectBaskets(shop, () => false);
    for (const column of Object.values(purchasePriors(empty))) expect(column.every(Number.isFinite)).toBe(true);
  });
});

describe("what purchases say", () => {
  const table = {
    rows: 4,
    columns: 4,
    offsets: Uint32Array.of(0, 2, 3, 3, 3),
    indices: Uint32Array.of(1, 2, 3),
    weights: Float32Array.of(1, 0.5, 1),
  };

  it("fades from basket to basket, and is told in parts of the loudest", () => {
    const source = tableSignals([{ name: "table", table, memory: 0.5, owned: true }], createPurchaseReader(4));
    expect(heard(source, { history: [0, 1] }, 4)).toEqual([[0, 0.5, 0.25, 1]]);
  });

  it("is nothing about what is owned where that is asked for", () => {
    const source = tableSignals([{ name: "table", table, memory: 1, owned: false }], createPurchaseReader(4));
    expect(heard(source, { history: [0, 1] }, 4)).toEqual([[0, 0, 0.5, 1]]);
  });

  it("knows the customer's habits", () => {
    const columns = { repeatRate: Float32Array.of(2, 0, 0, 0), current: Float32Array.of(3, 0, 0, 0) };
    const habits = purchaseHabits(columns, createPurchaseReader(4));
    const of = heard(habits, { history: [0, 1, 0], basketEnds: [2, 3] }, 4).map(([first]) => first);
    expect(of).toEqual([1, Math.log(3), 2, 1 / 2, 2 / 2, 3]);
  });

  it("finds products alike by rare attributes rather than common ones", () => {
    // Products 0 and 1 share a rare attribute, all share a common one.
    const cells = { rows: 4, columns: 2, row: [0, 1, 0, 1, 2, 3], column: [0, 0, 1, 1, 1, 1] };
    const attributes = weighAttributes(incidence(cells));
    const source = attributeSignals(attributes, [{ name: "alike", memory: 0.7 }], createPurchaseReader(4));
    const [alike] = heard(source, { history: [0] }, 4);
    expect(alike[0]).toBe(0);
    expect(alike[1]).toBe(1);
    expect(alike[2]).toBeLessThan(0.1);
  });
});
