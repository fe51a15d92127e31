import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import type { Order, OrderLine } from "../history/order.ts";
import type { TrainingView } from "../history/training-view.ts";
import { rowOf } from "../matrix/sparse.ts";
import { describeModel } from "../models/describe-model.ts";
import { loadBestsellers, trainBestsellers } from "./bestsellers.ts";

describeModel(
  "bestsellers",
  (view, controls) => trainBestsellers(ordersOf(view), { by: "units", ...controls }),
  loadBestsellers,
  { hasCheckerboard: false },
);

const currency = "EUR";
const anyone = { history: [] };

/** The orders that a view was made of. */
function ordersOf({ baskets, basketAt, productCount }: TrainingView) {
  const orders = Array.from({ length: baskets.rows }, (_, basket): Order => ({
    id: `o${basket}`,
    placedAt: new Date(basketAt[basket]).toISOString(),
    currency,
    lines: Array.from(rowOf(baskets, basket), (product) => ({ productId: `p${product}`, quantity: 1, unitPrice: 100 })),
  }));
  return historyOf(productCount, orders);
}

function historyOf(productCount: number, orders: readonly Order[]) {
  const builder = createOrderHistoryBuilder();
  for (const order of orders) builder.addOrder(order);
  return builder.finish(createIdentifiers(Array.from({ length: productCount }, (_, product) => `p${product}`))).history;
}

/** Orders of a single line each, a day apart from the first of January. */
function shopOf(...lines: readonly (Partial<OrderLine> & { product: number; currency?: string })[]) {
  return historyOf(
    4,
    lines.map(({ product, currency: code = currency, ...line }, day) => ({
      id: `o${day}`,
      placedAt: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
      currency: code,
      lines: [{ productId: `p${product}`, quantity: 1, unitPrice: 1000, ...line }],
    })),
  );
}

async function best(...[orders, options]: Parameters<typeof trainBestsellers>) {
  const { products, scores } = (await trainBestsellers(orders, options)).recommend(anyone, 4);
  return Array.from(products, (product, place) => [product, scores[place]]).filter(([, score]) => score > 0);
}

describe("bestsellers", () => {
  const shop = shopOf(
    { product: 0 },
    { product: 0 },
    { product: 1, quantity: 500, unitPrice: 1 },
    { product: 2, unitPrice: 90_000, discount: 10_000 },
  );

  it("are counted in orders, in units or in money", async () => {
    expect(await best(shop)).toEqual([
      [0, 2],
      [1, 1],
      [2, 1],
    ]);
    expect((await best(shop, { by: "units" }))[0]).toEqual([1, 500]);
    expect((await best(shop, { by: "revenue" }))[0]).toEqual([2, 800]);
  });

  it("count nothing that was cancelled, sent back or refunded", async () => {
    const orders = shopOf(
      { product: 0, cancelled: true },
      { product: 1, quantity: 3, returnedQuantity: 2, refunded: 2000 },
      { product: 2, returnedQuantity: 1 },
    );
    expect(await best(orders, { by: "units" })).toEqual([[1, 1]]);
    expect(await best(orders, { by: "orders" })).toEqual([[1, 1]]);
    expect((await best(orders, { by: "revenue" }))[0]).toEqual([1, 10]);
  });

  it("count two variants in one order as one order and as two units", async () => {
    const line = { productId: "p1", quantity: 1, unitPrice: 500 };
    const orders = historyOf(4, [
      { id: "o", placedAt: "2026-01-01T00:00:00Z", currency, lines: [{ ...line, variantId: "a" }, line] },
    ]);
    expect(await best(orders, { by: "orders" })).toEqual([[1, 1]]);
    expect(await best(orders, { by: "units" })).toEqual([[1, 2]]);
  });

  it("belong to a window, know nothing of later orders, and fade", async () => {
    const until = Date.UTC(2026, 0, 4);
    expect(await best(shop, { until, windowDays: 2 })).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(await best(shop, { until, halfLifeDays: 1 })).toEqual([
      [1, 0.5],
      [0, 0.375],
    ]);
  });

  it("add up money of several currencies at the rates of the shop, and refuse to guess", async () => {
    const orders = shopOf({ product: 0 }, { product: 1, currency: "JPY", unitPrice: 5000 });
    const rates = { EUR: 1, JPY: 0.006 };
    expect(await best(orders, { by: "revenue", rates })).toEqual([
      [1, 30],
      [0, 10],
    ]);
    await expect(best(orders, { by: "revenue" })).rejects.toThrow(InvalidInput);
    await expect(best(orders, { by: "revenue", rates: { EUR: 1, JPY: NaN } })).rejects.toThrow(InvalidInput);
  });

  it("are nobody's in a shop without orders", async () => {
    expect(await best(historyOf(4, []))).toEqual([]);
    await expect(best(shop, { windowDays: 0 })).rejects.toThrow(InvalidOption);
    await expect(best(shop, { until: NaN })).rejects.toThrow(InvalidOption);
  });
});
