import { describe, expect, it } from "vitest";
import { incidence, rowOf } from "../matrix/sparse.ts";
import { basketsByCustomer, selectBaskets } from "./customer-baskets.ts";

const baskets = incidence({ rows: 4, columns: 3, row: [0, 1, 2, 3], column: [0, 1, 2, 0] });
const shop = {
  baskets,
  basketAt: Float64Array.of(10, 20, 30, 40),
  basketCustomer: Int32Array.of(1, -1, 0, 1),
  customerCount: 2,
  productCount: 3,
};

describe("the baskets of each customer", () => {
  it("stand in the order of buying, without those of guests", () => {
    const basketsOf = basketsByCustomer(shop);
    expect([...rowOf(basketsOf, 0)]).toEqual([2]);
    expect([...rowOf(basketsOf, 1)]).toEqual([0, 3]);
  });

  it("are refused in any other order", () => {
    expect(() => basketsByCustomer({ ...shop, basketAt: Float64Array.of(50, 20, 30, 40) })).toThrow(
      /basketAt\[3\].*50/,
    );
    expect(() => basketsByCustomer({ ...shop, basketAt: Float64Array.of(1) })).toThrow(/one of each for 4 baskets/);
  });

  it("can be cut without changing who and what they are", () => {
    const older = selectBaskets(shop, (basket) => shop.basketAt[basket] < 40);
    expect(older.baskets.rows).toBe(3);
    expect([...rowOf(older.baskets, 2)]).toEqual([2]);
    expect(older).toMatchObject({ customerCount: 2, productCount: 3 });
  });
});
