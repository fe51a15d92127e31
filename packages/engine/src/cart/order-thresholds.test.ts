import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Order } from "../history/order.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import { analyseOrderThresholds, checkoutValues } from "./order-thresholds.ts";

const catalogue = createCatalogue({
  products: [{ id: "mug", title: "Mug", variants: [{ id: "m", prices: { default: 1 } }] }],
});

function order(id: string, day: number, lines: readonly Partial<Order["lines"][number]>[], currency = "EUR"): Order {
  return {
    id,
    placedAt: `2026-01-${String(day).padStart(2, "0")}T12:00:00Z`,
    currency,
    lines: lines.map((line) => ({ productId: "mug", quantity: 1, unitPrice: 1000, ...line })),
  };
}

const builder = createOrderHistoryBuilder();
for (const each of [
  order("a", 1, [{ quantity: 4, discount: 100 }]),
  order("b", 2, [{ quantity: 5, returnedQuantity: 5, refunded: 5000 }]),
  order("c", 3, [{ quantity: 2 }, { quantity: 9, cancelled: true }]),
  order("d", 4, [{ quantity: 7 }], "USD"),
  order("e", 5, [{ cancelled: true }]),
]) {
  builder.addOrder(each);
}
const { history } = builder.finish(catalogue.ids);

describe("threshold analysis over the order history", () => {
  it("values orders as they stood at checkout", () => {
    // Discounts count; what was sent back later reached the threshold all the same; what was never shipped did not.
    expect([...checkoutValues(history, "EUR")]).toEqual([3900, 5000, 2000, 0]);
  });

  it("looks at one currency and one period, and says what it left out", () => {
    const analysis = analyseOrderThresholds(history, { currency: "EUR" }, { candidates: [4000] });
    expect(analysis).toMatchObject({ currency: "EUR", orders: 3, otherCurrencies: 1, leftOutOrders: 1, causal: false });
    expect(analysis.opportunities[0].ordersJustShort.value).toBe(1);
    const later = analyseOrderThresholds(
      history,
      { currency: "EUR" },
      { candidates: [4000], from: Date.UTC(2026, 0, 2) },
    );
    expect(later.opportunities[0].ordersJustShort.value).toBe(0);
  });

  it("refuses a period that ends before it begins, or in which nobody ordered", () => {
    expect(() => analyseOrderThresholds(history, { currency: "EUR" }, { from: 5, until: 5 })).toThrow(/until/);
    expect(() => analyseOrderThresholds(history, { currency: "GBP" })).toThrow(/orders in GBP/);
  });
});
