import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { home, mug, placeDecision, placeShop, placeVisitors, requestFacts, teapot } from "../../test/shop.ts";
import { decisions, events, markets, orders, products, rollups, visitors } from "../database/schema.ts";
import type { EventRow } from "../ingest/event-row.ts";
import { createEventWriter, insertEvents } from "../ingest/event-writer.ts";
import { orderHandlers } from "../ingest/orders.ts";
import { analyticsHandlers } from "./handlers.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices(({ pool }) => ({ events: createEventWriter(pool) }))));
afterAll(() => services.close());
beforeEach(async () => {
  for (const table of [events, rollups, decisions, visitors, orders, products, markets]) {
    await services.database.db.delete(table);
  }
  await placeShop(services, [mug, teapot]);
});

const none = { params: undefined, query: undefined, body: undefined };
const overview = async (query: { from?: string; until?: string } = {}) =>
  analyticsHandlers.analyticsOverview({ ...none, query }, services, requestFacts());
const incrementality = async (query: { from?: string; until?: string } = {}) =>
  analyticsHandlers.incrementality({ ...none, query }, services, requestFacts());
const clickThrough = async (by: "placement" | "strategy" | "position" = "placement") =>
  analyticsHandlers.clickThrough({ ...none, query: { by } }, services, requestFacts());

const hour = 3_600_000;
const day = 24 * hour;
const time = (ago: number): string => new Date(testNow - ago).toISOString();

let lastId = 0;
const newId = (): string => `generated-${++lastId}`;

async function order(
  ago: number,
  lines: readonly (readonly [productId: string, unitPrice: number])[],
  more: Record<string, unknown> = {},
) {
  const body = {
    id: newId(),
    placedAt: time(ago),
    currency: "EUR",
    version: 1,
    lines: lines.map(([productId, unitPrice]) => ({ productId, quantity: 1, unitPrice })),
    ...more,
  };
  const { results } = await orderHandlers.upsertOrders({ ...none, body: { orders: [body] } }, services, requestFacts());
  expect(results.map(({ status }) => status)).toEqual(["created"]);
}

async function event(kind: string, ago: number, more: Partial<EventRow> = {}) {
  await insertEvents(services.database.pool, [
    {
      id: newId(),
      kind,
      occurredAt: new Date(testNow - ago),
      receivedAt: new Date(testNow - ago),
      visitorId: "visitor-1",
      sessionId: "session-1",
      productId: "mug",
      decisionId: "d1",
      position: 0,
      consentMeasurement: true,
      consentPersonalisation: true,
      ...more,
    },
  ]);
}

describe("attributed revenue", () => {
  const attributed = async () => (await overview()).attributedRevenue.value;
  beforeEach(() => placeDecision(services, { id: "d1", visitorId: "visitor-1", placement: "pdp" }));

  it("is what was bought of what was clicked, and not the rest of the cart", async () => {
    await event("click", 2 * hour);
    await order(
      hour,
      [
        ["mug", 1250],
        ["teapot", 3900],
      ],
      { visitorId: "visitor-1" },
    );
    expect(await attributed()).toBe(1250);
  });

  it.each([
    ["nobody clicked it", [], {}],
    ["another visitor clicked it", [["click", 2 * hour, { visitorId: "visitor-2" }]], {}],
    ["it was clicked after it was bought", [["click", hour / 2, {}]], {}],
    ["it was clicked more than a week before", [["click", 7 * day + 2 * hour, {}]], {}],
    ["it was seen only", [["impression", 2 * hour, {}]], {}],
    ["a crawler clicked it", [["click", 2 * hour, { flaw: "bot" }]], {}],
    ["it was clicked outside recommendations", [["click", 2 * hour, { decisionId: null }]], {}],
    ["the order says no visitor", [["click", 2 * hour, {}]], { visitorId: undefined }],
    ["the order is in another currency", [["click", 2 * hour, {}]], { currency: "USD" }],
    [
      "the line was cancelled",
      [["click", 2 * hour, {}]],
      { lines: [{ productId: "mug", quantity: 1, unitPrice: 1250, cancelled: true }] },
    ],
  ] as const)("is nothing when %s", async (_, happened, change) => {
    for (const [kind, ago, more] of happened) await event(kind, ago, more);
    await order(hour, [["mug", 1250]], { visitorId: "visitor-1", ...change });
    expect(await attributed()).toBe(0);
  });

  it("counts what was put into the cart from a recommendation, and net of what was given back", async () => {
    await event("add-to-cart", 2 * hour);
    const lines = [{ productId: "mug", quantity: 2, unitPrice: 1250, discount: 200, refunded: 300 }];
    await order(hour, [], { visitorId: "visitor-1", lines });
    expect(await attributed()).toBe(2000);
  });

  it("is credited once, to the placement of the last click", async () => {
    await placeDecision(services, { id: "d2", visitorId: "visitor-1", placement: "cart" });
    await event("click", 5 * hour, { decisionId: "d2" });
    await event("click", 3 * hour, { decisionId: "d1" });
    await event("click", 2 * hour, { decisionId: "d2" });
    await order(hour, [["mug", 1250]], { visitorId: "visitor-1" });
    const { placements } = await overview();
    expect(placements).toEqual([
      { placement: "cart", impressions: 0, clicks: 2, attributedRevenue: 1250 },
      { placement: "pdp", impressions: 0, clicks: 1, attributedRevenue: 0 },
    ]);
  });

  it("is told day by day for each placement, and adds up to the day's", async () => {
    await placeDecision(services, { id: "d2", visitorId: "visitor-1", placement: "cart" });
    await event("click", 4 * day);
    await event("click", 4 * day, { decisionId: "d2", productId: "teapot" });
    const visitor = { visitorId: "visitor-1" };
    await order(3 * day, [["mug", 1250]], visitor);
    await order(3 * day - hour, [["teapot", 3900]], visitor);
    await order(hour, [["mug", 1100]], visitor);
    // Of the four weeks before: not on this curve.
    await order(30 * day, [["mug", 1250]], visitor);
    const { days } = await overview();
    const told = days.filter(({ attributedRevenue }) => attributedRevenue > 0);
    expect(told.map((point) => [point.day, point.attributedRevenue, point.attributedByPlacement])).toEqual([
      ["2026-06-12", 5150, { pdp: 1250, cart: 3900 }],
      ["2026-06-14", 1100, { pdp: 1100 }],
    ]);
    expect(days[0].attributedByPlacement).toEqual({});
  });
});

describe("the comparison of strategies", () => {
  const compare = async () => analyticsHandlers.strategyComparison({ ...none, query: {} }, services, requestFacts());
  const rowOf = async (strategy: string | null, placement: string | null) =>
    (await compare()).rows.find((row) => row.strategy === strategy && row.placement === placement);
  beforeEach(async () => {
    await placeDecision(services, { id: "d1", visitorId: "visitor-1", placement: "pdp", strategyId: "mine" });
    await placeDecision(services, { id: "d2", visitorId: "visitor-1", placement: "cart", strategyId: "mine" });
    await placeDecision(services, { id: "d3", visitorId: "visitor-1", placement: "cart", strategyId: "other" });
  });

  it("counts a visit once, in each place and over all of them", async () => {
    for (const decisionId of ["d1", "d1", "d2", "d3"]) await event("impression", hour, { decisionId });
    await event("click", hour, { decisionId: "d2" });
    await event("impression", hour, { decisionId: "d2", sessionId: "session-2" });
    expect(await rowOf("mine", "pdp")).toMatchObject({ sessions: 1, sessionsWithClick: 0 });
    expect(await rowOf("mine", "cart")).toMatchObject({ sessions: 2, sessionsWithClick: 1 });
    expect(await rowOf("mine", null)).toMatchObject({
      sessions: 2,
      sessionsWithClick: 1,
      clickThrough: { value: 0.5 },
    });
    expect(await rowOf(null, "cart")).toMatchObject({ sessions: 2, sessionsWithClick: 1 });
    expect(await rowOf("other", "cart")).toMatchObject({ sessions: 1, netRevenue: 0, revenue: null });
  });

  it("credits each line to one strategy in one place, and says by which rule", async () => {
    await event("click", 3 * hour, { decisionId: "d3" });
    await event("click", 2 * hour, { decisionId: "d2" });
    await event("click", 2 * hour, { decisionId: "d1", productId: "teapot" });
    const lines = [
      ["mug", 1250],
      ["teapot", 3900],
    ] as const;
    await order(hour, lines, { visitorId: "visitor-1" });
    expect(await rowOf("mine", "cart")).toMatchObject({ netRevenue: 1250, buyers: 1 });
    expect(await rowOf("mine", "pdp")).toMatchObject({ netRevenue: 3900, buyers: 1 });
    expect(await rowOf("mine", null)).toMatchObject({ netRevenue: 5150, buyers: 1 });
    expect((await rowOf("other", "cart"))?.netRevenue ?? 0).toBe(0);
    expect((await compare()).attribution).toContain("last recommendation in which the same visitor had clicked it");
  });

  it("gives an interval where there are enough buyers, and none where single orders would make it", async () => {
    for (let buyer = 1; buyer <= 5; buyer++) {
      expect((await rowOf("mine", "pdp"))?.revenue ?? null).toBeNull();
      const visitorId = `visitor-b${buyer}`;
      await placeDecision(services, { id: `of-${buyer}`, visitorId, placement: "pdp", strategyId: "mine" });
      await event("click", 2 * hour, { visitorId, sessionId: visitorId, decisionId: `of-${buyer}` });
      await order(hour, [["mug", 1000 * buyer]], { visitorId });
    }
    // Sum 15000; variance 1000^2 (1 + 4 + 9 + 16 + 25), and 1.959964 of its root either way.
    const row = await rowOf("mine", "pdp");
    expect(row).toMatchObject({ buyers: 5, netRevenue: 15_000 });
    expect(row?.revenue?.value).toBe(15_000);
    expect(row?.revenue?.lower).toBeCloseTo(15_000 - 1.959964 * 1000 * Math.sqrt(55), 1);
    expect(row?.revenue?.upper).toBeCloseTo(15_000 + 1.959964 * 1000 * Math.sqrt(55), 1);
  });
});

describe("the overview", () => {
  it("shows an event and an order as soon as they were accepted", async () => {
    await placeDecision(services, { id: "d1", visitorId: "visitor-1" });
    await event("impression", hour);
    await event("click", hour);
    await order(1, [["mug", 1250]], { visitorId: "visitor-1" });
    expect(await overview()).toMatchObject({
      currency: "EUR",
      visitors: { value: 1, before: 0, change: null },
      views: { value: 1 },
      clicks: { value: 1 },
      orders: { value: 1 },
      netRevenue: { value: 1250 },
      averageOrderValue: { value: 1250 },
      attributedRevenue: { value: 1250 },
      withoutConsent: 0,
    });
  });

  it("has a point for each of the last 28 days, those without anything included", async () => {
    await order(hour, [["mug", 1000]]);
    await order(27 * day, [["mug", 2000]]);
    const { days } = await overview();
    // It is midnight: the day that begins has not begun yet.
    expect(days).toHaveLength(28);
    expect(days.at(-1)).toMatchObject({ day: "2026-06-14", netRevenue: 1000, orders: 1 });
    expect(days.reduce((sum, { netRevenue }) => sum + netRevenue, 0)).toBe(3000);
  });

  it("cuts days in the shop's time zone, over a change of clocks too", async () => {
    await services.database.db.delete(markets);
    await services.database.db.insert(markets).values({ ...home, rank: 0, timeZone: "Europe/Berlin" });
    // 23:30 UTC is 00:30 of the next day in Berlin, in winter as in summer time.
    const late = Date.UTC(2026, 2, 28, 23, 30);
    await order(testNow - late, [["mug", 1000]]);
    const { days } = await overview({ from: "2026-03-27T23:00:00Z", until: "2026-03-30T22:00:00Z" });
    expect(days.map(({ day: date, orders: count }) => [date, count])).toEqual([
      ["2026-03-28", 0],
      ["2026-03-29", 1],
      ["2026-03-30", 0],
    ]);
  });

  it("compares with the period before, day by day, with an interval", async () => {
    for (let ago = 1; ago <= 56; ago++) {
      await order(ago * day - hour, [["mug", ago <= 28 ? 1200 + (ago % 3) * 10 : 1000 + (ago % 3) * 10]]);
    }
    const { netRevenue, orders: counted, averageOrderValue } = await overview();
    expect(netRevenue.change?.value).toBeCloseTo(netRevenue.value / netRevenue.before - 1, 10);
    expect(netRevenue.change?.lower).toBeGreaterThan(0.15);
    expect(netRevenue.change?.upper).toBeLessThan(0.25);
    expect(counted).toMatchObject({ value: 28, before: 28, change: { value: 0 } });
    expect(averageOrderValue.change?.value).toBeCloseTo(0.2, 1);
  });

  it("says how many events came without consent, and counts no visitor for them", async () => {
    await event("view", hour, { decisionId: null });
    const anonymous = { visitorId: null, sessionId: null, consentMeasurement: false, decisionId: null };
    for (let i = 0; i < 3; i++) await event("view", hour, anonymous);
    expect(await overview()).toMatchObject({ withoutConsent: 0.75, visitors: { value: 1 } });
  });

  it("refuses a period that ends before it begins", async () => {
    await expect(overview({ from: "2026-06-02T00:00:00Z", until: "2026-06-01T00:00:00Z" })).rejects.toMatchObject({
      code: "invalid-request",
    });
  });
});

describe("the effect of recommendations", () => {
  /** Every fifth visitor is held out; of the others half as many again buy. */
  async function runExperiment(count: number) {
    const assigned = Array.from({ length: count }, (_, index) => ({
      id: `visitor-${index}`,
      arm: index % 5 === 0 ? ("holdout" as const) : ("treatment" as const),
      firstSeenAt: new Date(testNow - 10 * day),
    }));
    await placeVisitors(services, assigned);
    const buyers = assigned.filter(({ arm }, index) =>
      arm === "holdout" ? index % 25 === 0 : index % 10 < 3 && index % 5 !== 0,
    );
    const given = buyers.map(({ id }, index) => ({
      id: `order-${index}`,
      placedAt: time(5 * day),
      currency: "EUR",
      version: 1,
      visitorId: id,
      lines: [{ productId: "mug", quantity: 1, unitPrice: 2000 + (index % 7) * 100 }],
    }));
    await orderHandlers.upsertOrders({ ...none, body: { orders: given } }, services, requestFacts());
  }

  it("is net revenue for each assigned visitor, those who bought nothing included", async () => {
    await runExperiment(2000);
    const { treatment, holdout, revenuePerVisitor, conversion, averageOrderValue } = await incrementality();
    expect([treatment.visitors, holdout.visitors]).toEqual([1600, 400]);
    expect([treatment.orders, holdout.orders]).toEqual([400, 80]);
    const lift = treatment.netRevenue / 1600 / (holdout.netRevenue / 400) - 1;
    expect(revenuePerVisitor?.value).toBeCloseTo(lift, 10);
    expect(conversion?.value).toBeCloseTo(400 / 1600 / (80 / 400) - 1, 10);
    expect(averageOrderValue?.value).toBeCloseTo(treatment.netRevenue / 400 / (holdout.netRevenue / 80) - 1, 10);
    for (const estimate of [revenuePerVisitor, conversion, averageOrderValue]) {
      expect(estimate?.lower).toBeLessThan(estimate?.value ?? NaN);
      expect(estimate?.upper).toBeGreaterThan(estimate?.value ?? NaN);
    }
  });

  it("counts orders from the first sight of a visitor on, and not those of strangers", async () => {
    await placeVisitors(services, [{ id: "visitor-1", arm: "treatment" }]);
    await order(2 * day, [["mug", 1000]], { visitorId: "visitor-1" });
    await order(hour, [["mug", 1250]], { visitorId: "visitor-1" });
    await order(hour, [["mug", 9999]], { visitorId: "visitor-9" });
    await order(hour, [["mug", 9999]]);
    expect((await incrementality()).treatment).toEqual({ visitors: 1, orders: 1, netRevenue: 1250 });
  });

  it("is not told from a handful of buyers", async () => {
    await runExperiment(50);
    const { revenuePerVisitor, verdict, plan } = await incrementality();
    expect(revenuePerVisitor).toBeNull();
    expect(verdict).toContain("Too early to say");
    expect(plan).toEqual({ neededVisitors: null, observedVisitors: 50 });
  });

  it("begins with the first visitor unless a period is asked for", async () => {
    await runExperiment(50);
    expect((await incrementality()).from).toBe(time(10 * day));
    expect((await incrementality({ from: time(day) })).treatment.visitors).toBe(0);
  });

  it("is silent about a shop without visitors", async () => {
    const { verdict, treatment } = await incrementality();
    expect(treatment).toEqual({ visitors: 0, orders: 0, netRevenue: 0 });
    expect(verdict).toContain("Nobody is held out");
  });
});

describe("click-through", () => {
  beforeEach(async () => {
    await placeDecision(services, { id: "d1", placement: "pdp", strategyId: "companions" });
    await placeDecision(services, { id: "d2", placement: "cart", strategyId: "personal" });
  });

  it("is sessions with a click over sessions that saw something, with items beside it", async () => {
    for (const sessionId of ["session-1", "session-2", "session-3", "session-4"]) {
      for (const position of [0, 1]) await event("impression", hour, { sessionId, position });
    }
    for (let i = 0; i < 3; i++) await event("click", hour, { sessionId: "session-1" });
    // A click without anything seen is no session with a widget.
    await event("click", hour, { sessionId: "session-5" });
    await event("impression", hour, { decisionId: "d2" });
    const { rows } = await clickThrough();
    expect(rows).toMatchObject([
      { key: "pdp", sessions: 4, sessionsWithClick: 1, clickThrough: { value: 0.25 }, impressions: 8, clicks: 4 },
      { key: "cart", sessions: 1, sessionsWithClick: 0, clickThrough: { value: 0, lower: 0 }, impressions: 1 },
    ]);
  });

  it("is split by strategy and by position", async () => {
    for (const position of [0, 2, 10]) await event("impression", hour, { position });
    expect((await clickThrough("position")).rows.map(({ key }) => key)).toEqual(["0", "2", "10"]);
    expect((await clickThrough("strategy")).rows.map(({ key }) => key)).toEqual(["companions"]);
  });
});
