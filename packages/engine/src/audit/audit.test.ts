import { describe, expect, it } from "vitest";
import { affinitiesFrom, findAffinities, type Affinities } from "../association/affinity.ts";
import { createCatalogue, type Catalogue } from "../catalogue/catalogue.ts";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import type { Product } from "../catalogue/product.ts";
import { evaluateNextPurchases } from "../evaluation/next-purchase.ts";
import { createTrainingView } from "../history/create-training-view.ts";
import type { Order } from "../history/order.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import type { OrderHistory } from "../history/order-history.ts";
import { interactionCode, type SessionHistory } from "../history/session-history.ts";
import { atOnce } from "../matrix/pieces.ts";
import { createRandom } from "../random/generator.ts";
import { createAudit } from "./audit.ts";

const now = Date.UTC(2026, 6, 1);

function product(id: string, price: number, more: Partial<Product> & { cost?: number; stock?: number } = {}): Product {
  const { cost, stock, ...rest } = more;
  const variant = { id: `${id}-one`, prices: { default: price }, ...(cost !== undefined && { cost }) };
  return { id, title: `The ${id}`, variants: [{ ...variant, ...(stock !== undefined && { stock }) }], ...rest };
}

function historyOf(orders: readonly Order[], catalogue: Catalogue): OrderHistory {
  const builder = createOrderHistoryBuilder();
  for (const order of orders) builder.addOrder(order);
  return builder.finish(catalogue.ids).history;
}

/** An order of one piece each, at the catalogue's prices. */
function order(id: number, products: string, more: Partial<Order> = {}): Order {
  const placedAt = new Date(Date.UTC(2026, 0, 1 + id)).toISOString();
  const lines = products.split(" ").map((productId) => ({ productId, quantity: 1, unitPrice: 1000 }));
  return { id: `order-${id}`, placedAt, currency: "EUR", lines, ...more };
}

const catalogue = createCatalogue({
  products: [
    product("cup", 500),
    product("saucer", 1000, { cost: 400, attributes: { related: "spoon, cup" } }),
    product("spoon", 200),
    product("tray", 3000, { stock: 0 }),
    product("jug", 2000, { active: false }),
  ],
});

/** Four orders with a cup, one of them in dollars; one wholly cancelled; one with a return and a refund. */
const orders = historyOf(
  [
    order(0, "cup saucer", { customerId: "ann" }),
    order(1, "cup", { customerId: "ann" }),
    order(2, "cup spoon", { currency: "USD", customerId: "bob" }),
    order(3, "cup cup"),
    order(4, "saucer", {
      lines: [
        { productId: "saucer", quantity: 3, unitPrice: 1000, discount: 500, returnedQuantity: 1, refunded: 900 },
        { productId: "tray", quantity: 1, unitPrice: 3000, cancelled: true },
      ],
    }),
    order(5, "jug", { lines: [{ productId: "jug", quantity: 1, unitPrice: 2000, cancelled: true }] }),
  ],
  catalogue,
);

/** Three affinities in round numbers: cup with saucer, tray and jug. */
const affinities: Affinities = atOnce(
  affinitiesFrom(
    {
      productA: Uint32Array.of(0, 0, 0),
      productB: Uint32Array.of(1, 3, 4),
      count: Uint32Array.of(20, 30, 30),
      expected: Float64Array.of(5, 5, 5),
      logPValue: Float64Array.of(-20, -40, -40),
      logQValue: Float64Array.of(-15, -35, -35),
    },
    Uint32Array.of(40, 50, 10, 60, 60),
    {
      basketCount: 120,
      skippedBaskets: 0,
      soldProducts: 5,
      familySize: 10,
      testedPairs: 6,
      significantPairs: 4,
      level: 0.05,
      minimumLift: 1.5,
      confidence: 0.95,
      minimumCount: 1,
      convergence: { converged: true, iterations: 1, largestMarginError: 0 },
    },
  ),
);
const audit = await createAudit({ catalogue, orders, affinities, now, dataNotes: ["2 lines had no price"] });

describe("the evidence report", () => {
  it("counts orders, customers and products as they are on file", () => {
    const { shop } = audit;
    expect(shop.orders).toEqual({ value: 5, unit: "orders" });
    expect(shop.cancelledOrders.value).toBe(1);
    expect(shop.customers.value).toBe(2);
    expect(shop.returningCustomers?.value).toBe(0.5);
    expect(shop.guestOrders.value).toBe(0.4);
    expect(shop.productsSold.value).toBe(3);
    expect(shop.singleProductOrders.value).toBe(0.6);
    expect(shop.productsPerOrder.value).toBe(7 / 5);
    expect(shop.pieces.value).toBe(2 + 1 + 2 + 2 + 3);
    expect(shop.cancelledLines.value).toBe(2 / 10);
    expect(shop.returnedLines.value).toBe(1 / 8);
    expect(shop.period).toMatchObject({ from: "2026-01-01T00:00:00.000Z", days: { value: 4, unit: "days" } });
  });

  it("states money in the home currency only, and counts the others apart", () => {
    // Net: 20.00 + 10.00 + 20.00 + (30.00 - 5.00 - 9.00).
    expect(audit.shop.money?.netRevenue).toEqual({ value: 6600, unit: "money", currency: "EUR" });
    expect(audit.shop.money?.averageOrderValue.value).toBe(1650);
    expect(audit.shop.money?.refunded.value).toBe(900);
    expect(audit.shop.otherCurrencies).toEqual([{ currency: "USD", orders: { value: 1, unit: "orders" } }]);
    expect(audit.caveats.find(({ code }) => code === "other-currencies")?.text).toContain("USD");
  });

  it("gives the mean order value the interval of a mean", () => {
    // Values 2000, 1000, 2000, 1600: variance 223,333; 1.959964 sqrt(223,333 / 4) = 463.
    const interval = audit.shop.money?.averageOrderValue.interval;
    expect(interval).toEqual({ lower: 1650 - 463, upper: 1650 + 463, level: 0.95 });
  });

  it("lists affinities, the one with the most sure orders first, with both confidences", () => {
    const { evidence } = audit;
    expect(evidence.top.map(({ productB }) => productB.id)).toEqual(["tray", "jug", "saucer"]);
    expect(evidence.top[2]).toMatchObject({
      productA: { id: "cup", title: "The cup" },
      count: { value: 20, unit: "orders" },
      lift: { value: 4, unit: "ratio" },
      confidenceAToB: { value: 0.5 },
      confidenceBToA: { value: 0.4 },
    });
    // Garwood's interval for a count of 20 is 12.2165 to 30.8884.
    expect(evidence.top[2].lift.interval?.lower).toBeCloseTo(12.2165 / 5, 4);
    // The largest p-value times ten pairs is less than 0.05 times four.
    expect(evidence.falseDiscoveries.value).toBeCloseTo(10 * Math.exp(-20), 15);
  });

  it("tells which companions a page lacks: on sale, in stock, and not linked yet", () => {
    const pages = audit.companions.pages.map(({ product, show }) => [product.id, show.map(({ id }) => id)]);
    // The tray is out of stock and the jug not on sale; the saucer's page links the cup already.
    expect(pages).toEqual([
      ["tray", ["cup"]],
      ["cup", ["saucer"]],
    ]);
    expect(audit.companions.rankedBy).toBe("orders");
    expect(audit.companions.linksKnown).toBe(true);
  });

  it("sizes orders that hold one product of a pair and not the other", () => {
    const { pairs, causal, bound } = audit.openPairs;
    expect([causal, bound]).toEqual([false, "upper"]);
    const open = pairs.find(({ holds, lacks }) => holds.id === "cup" && lacks.id === "saucer");
    // 20 of 40 orders lack it; (20 - 5) / 40 beyond chance; three of four orders with a cup were in euros.
    expect(open?.orders.value).toBe(20);
    expect(open?.excessRate.value).toBe(0.375);
    expect(open?.extraPieces.value).toBe(7.5);
    expect(open?.extraRevenue).toMatchObject({ value: 5625, unit: "money", currency: "EUR" });
    expect(open?.extraMargin?.value).toBe(3375);
    expect(open?.extraPieces.interval?.lower).toBeCloseTo((20 * (12.2165 - 5)) / 40, 3);
  });

  it("does not value what is not on sale, nor state a margin without a cost", () => {
    const { pairs } = audit.openPairs;
    expect(pairs.some(({ lacks }) => lacks.id === "jug")).toBe(false);
    expect(pairs.find(({ lacks }) => lacks.id === "tray")?.extraMargin).toBeUndefined();
  });

  it("holds thresholds against what shoppers saw at checkout, before refunds", () => {
    // 20.00, 10.00, 20.00 and 25.00.
    expect(audit.thresholds?.quantiles.find(({ fraction }) => fraction === 0.5)?.value.value).toBe(2000);
    expect(audit.thresholds?.causal).toBe(false);
  });

  it("plans the holdout on orders, and says so, when visitors are not known", () => {
    expect(audit.holdout?.basis).toBe("orders");
    expect(audit.holdout?.perWeek.value).toBeCloseTo(4 / (4 / 7), 9);
    expect(audit.caveats.map(({ code }) => code)).toContain("visitors-unknown");
    expect(audit.holdout?.rows.map(({ lift }) => lift.value)).toEqual([0.02, 0.05, 0.1]);
    const [two, five] = audit.holdout?.rows ?? [];
    expect(two.weeks.value / five.weeks.value).toBeCloseTo(6.25, 1);
  });

  it("survives JSON, carries its date and what the import said", () => {
    expect(JSON.parse(JSON.stringify(audit))).toEqual(audit);
    expect(audit.createdAt).toBe("2026-07-01T00:00:00.000Z");
    expect(audit.dataNotes).toEqual(["2 lines had no price"]);
    expect(audit.caveats[0].code).toBe("not-causal");
  });

  it("refuses data that does not belong together, and orders without anything in them", async () => {
    const other = createCatalogue({ products: [product("cup", 500)] });
    await expect(createAudit({ catalogue: other, orders, affinities, now })).rejects.toThrow(/orders\.productCount/);
    const none = historyOf([], catalogue);
    await expect(createAudit({ catalogue, orders: none, affinities, now })).rejects.toThrow(/at least one order/);
  });

  it("states no money when no order is in the home currency", async () => {
    const dollars = historyOf([order(0, "cup saucer", { currency: "USD" })], catalogue);
    const report = await createAudit({ catalogue, orders: dollars, affinities, now });
    expect([report.shop.money, report.thresholds, report.holdout]).toEqual([undefined, undefined, undefined]);
    expect(report.openPairs.pairs.every(({ extraRevenue }) => (extraRevenue?.value ?? 0) === 0)).toBe(true);
    expect(report.caveats.map(({ code }) => code)).toContain("no-home-orders");
  });
});

describe("the evidence report with visits", () => {
  /** Each visit looks at one product; the saucer is looked at most. */
  function visits(products: readonly number[]): SessionHistory {
    const times = Float64Array.from(products.keys(), (visit) => Date.UTC(2026, 0, 1) + visit * 3_600_000);
    return {
      visitors: createIdentifiers(products.map((_, visit) => `visitor-${visit}`)),
      visitorOf: Uint32Array.from(products.keys()),
      startedAt: times,
      endedAt: times,
      offsets: Uint32Array.from({ length: products.length + 1 }, (_, visit) => visit),
      product: Uint32Array.from(products),
      kind: new Uint8Array(products.length).fill(interactionCode.view),
      occurredAt: times,
      productCount: 5,
    };
  }
  const sessions = visits(Array.from({ length: 169 }, (_, visit) => (visit % 10 === 0 ? 0 : 3)));

  it("ranks pages by visits and plans the holdout on visitors", async () => {
    const report = await createAudit({ catalogue, orders, affinities, sessions, now });
    expect(report.companions.rankedBy).toBe("sessions");
    expect(report.companions.pages[0]).toMatchObject({
      product: { id: "tray" },
      reach: { value: 152, unit: "sessions" },
    });
    // A week of visits: 169 visitors over 168 hours, four orders in euros within them.
    expect(report.holdout).toMatchObject({
      basis: "visitors",
      perWeek: { value: 169 },
      conversion: { value: 4 / 169 },
    });
    expect(report.caveats.map(({ code }) => code)).toContain("visitors-from-orders");
  });

  it("falls back to orders when visits cover less than a week, or fewer visitors than orders", async () => {
    for (const unfit of [visits([0, 1, 0]), { ...sessions, visitorOf: new Uint32Array(169) }]) {
      const report = await createAudit({ catalogue, orders, affinities, sessions: unfit, now });
      expect(report.holdout?.basis).toBe("orders");
    }
  });
});

describe("the evidence report of whole shops", () => {
  const shelf = createCatalogue({ products: Array.from({ length: 30 }, (_, index) => product(`p${index}`, 1000)) });

  /** Baskets of chance, in which p0 brings p1 along as often as `together` says. */
  function shopOf(together: number): OrderHistory {
    const random = createRandom("shop");
    const rows = Array.from({ length: 1500 }, (_, id) => {
      const names = new Set(Array.from({ length: 1 + random.integer(4) }, () => `p${random.integer(30)}`));
      if (names.has("p0") && random.next() < together) names.add("p1");
      return order(id % 300, [...names].join(" "), { id: `o${id}`, customerId: `c${random.integer(200)}` });
    });
    return historyOf(rows, shelf);
  }

  it("finds the planted pair and nothing else", async () => {
    const history = shopOf(0.6);
    const view = createTrainingView({ orders: history });
    const report = await createAudit({
      catalogue: shelf,
      orders: history,
      affinities: await findAffinities(view.baskets),
      now,
    });
    expect(report.evidence.top.map(({ productA, productB }) => `${productA.id} ${productB.id}`)).toEqual(["p0 p1"]);
  });

  it("says that there is nothing to be found where there is nothing", async () => {
    const history = shopOf(0);
    const view = createTrainingView({ orders: history });
    const report = await createAudit({
      catalogue: shelf,
      orders: history,
      affinities: await findAffinities(view.baskets),
      now,
    });
    expect(report.evidence.affinities.value).toBe(0);
    expect(report.caveats.map(({ code }) => code)).toContain("no-affinities");
  });

  it("takes the quality of methods along, popularity first", async () => {
    const history = shopOf(0.6);
    const cut = Date.UTC(2026, 8, 1);
    const view = createTrainingView({ orders: history, until: cut });
    const quality = await evaluateNextPurchases({
      view,
      orders: history,
      recommenders: [{ name: "alphabet", score: () => Float64Array.from({ length: 30 }, (_, index) => -index) }],
      random: createRandom("quality"),
      resamples: 100,
    });
    const report = await createAudit({
      catalogue: shelf,
      orders: history,
      affinities: await findAffinities(view.baskets),
      now,
      quality,
    });
    expect(report.quality?.rows.map(({ name }) => name)).toEqual(["popularity", "alphabet"]);
    expect(report.quality?.rows[0].areaUnderCurve).toMatchObject({ unit: "metric", interval: { level: 0.95 } });
    expect(report.caveats.map(({ code }) => code)).toContain("left-out-orders");
  });
});
