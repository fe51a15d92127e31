import { createEngine } from "@basketlift/engine";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, shopOrigin, type TestApp } from "../../test/test-app.ts";
import { markets, settings } from "../database/schema.ts";
import { databaseDown } from "./answer.ts";
import { createMetrics } from "./metrics.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createRouter } from "./router.ts";
import type { ServingEngine, Services } from "./services.ts";
import { createSystemHandlers, shopNameSetting } from "./system-handlers.ts";
import { contract } from "../contract/index.ts";

const metrics = createMetrics({ ofProcess: false });
const handlers = createSystemHandlers({ version: "1.2.3", metrics });
let serving: ServingEngine | undefined;
let test: TestApp;
let headers: Record<string, string>;

beforeAll(async () => {
  test = await createTestApp({
    handlers,
    observe: metrics.observe,
    services: { engine: { current: () => serving } },
  });
  headers = { authorization: `Bearer ${await test.key({ kind: "secret", scopes: ["read"], origins: [] })}` };
}, 120_000);
afterAll(() => test.close());

async function train(): Promise<void> {
  const variants = [{ id: "mug-1", prices: { default: 900 } }];
  const engine = await createEngine({ products: [{ id: "mug", title: "Mug", variants }], orders: [] });
  serving = { engine, runId: "run-1", trainedAt: new Date(Date.UTC(2026, 0, 2)) };
}

/** The same server after its database stopped. */
function withoutDatabase() {
  const database = { ...test.services.database, problem: () => "It was stopped." };
  return createRouter({
    contract,
    handlers,
    services: { ...test.services, database },
    authenticate: () => ({ kind: "secret", keyId: "k", scopes: ["read"] }),
    allowsOrigin: () => false,
    checkAnswers: true,
  });
}

describe("the server about itself", () => {
  it("is alive before it is ready, and says what is missing", async () => {
    expect(await (await test.app.request("/health")).json()).toEqual({ status: "ok" });
    const early = await test.app.request("/ready");
    expect(early.status).toBe(503);
    expect(await early.json()).toEqual({ status: "not-ready", reasons: ["No engine is trained yet."] });
    await train();
    const later = await test.app.request("/ready");
    expect([later.status, await later.json()]).toEqual([200, { status: "ready", reasons: [] }]);
  });

  it("says what is wrong while the database is down", async () => {
    const app = withoutDatabase();
    const ready = await app.request("/ready");
    expect([ready.status, await ready.json()]).toEqual([503, { status: "not-ready", reasons: ["It was stopped."] }]);
    expect(await (await app.request("/status")).json()).toMatchObject({
      database: { state: "down", detail: "It was stopped." },
      engine: { state: "serving" },
    });
  });

  it("answers whether it lives to a browser whose cookie nobody can look up", async () => {
    const app = createRouter({
      contract,
      handlers,
      services: test.services,
      authenticate: () => Promise.reject(databaseDown()),
      allowsOrigin: () => false,
    });
    expect((await app.request("/health", { headers: { cookie: "basketlift.session_token=x" } })).status).toBe(200);
  });

  it("answers the probes of a load balancer however often they come, and counts everybody else", async () => {
    const policy = { perSecond: 1, burst: 1 };
    const app = createRouter({
      contract,
      handlers,
      services: test.services,
      authenticate: () => ({ kind: "anonymous" }),
      allowsOrigin: () => false,
      rateLimiter: createRateLimiter(() => 0, {
        anonymous: policy,
        storefront: policy,
        secret: policy,
        person: policy,
      }),
    });
    const statuses = async (path: string) => {
      const answers = await Promise.all([1, 2, 3].map(async () => (await app.request(path)).status));
      return [...new Set(answers)];
    };
    expect(await statuses("/health")).toEqual([200]);
    expect(await statuses("/ready")).not.toContain(429);
    expect(await statuses("/status")).toEqual([401, 429]);
  });

  it("tells its state to who may read", async () => {
    const response = await test.app.request("/status", { headers });
    expect(await response.json()).toMatchObject({
      version: "1.2.3",
      database: { state: "up", detail: null },
      engine: { state: "serving", version: serving?.engine.version, trainedAt: "2026-01-02T00:00:00.000Z" },
      events: { waiting: 0 },
    });
    expect((await test.app.request("/status")).status).toBe(401);
  });
});

describe("a page before its first call", () => {
  it("learns the shop's name, market, placements and holdout", async () => {
    const { db } = test.services.database;
    const rank = { country: "GB", locale: "en-GB", timeZone: "Europe/London" };
    await db.insert(markets).values({ id: "uk", rank: 0, currency: "GBP", ...rank });
    await db.insert(settings).values({ key: shopNameSetting, value: "Mugs & Co" });
    const page = { authorization: `Bearer ${await test.key()}`, origin: shopOrigin };
    const path = "/api/upsell-cross-sell/storefront/config";
    const config = await (await test.app.request(path, { headers: page })).json();
    expect(config).toMatchObject({
      shopName: "Mugs & Co",
      market: { id: "uk", currency: "GBP", locale: "en-GB" },
      placements: { cart: expect.any(String) },
      snapshotVersion: null,
      holdoutShare: 0.05,
    });
    expect(await (await withoutDatabase().request(path)).json()).toEqual(config);
  });
});

describe("metrics", () => {
  it("count requests, decisions and events, and show queues, database and engine", async () => {
    const recorded: unknown[] = [];
    const services: Services = {
      ...test.services,
      events: { ...test.services.events, append: async () => {}, waiting: () => 3 },
      decisions: { ...test.services.decisions, record: (receipt) => recorded.push(receipt) },
    };
    const watched = metrics.watch(services);
    const answer = serving?.engine.recommend({ placement: "homepage" });
    if (answer === undefined) throw new Error("There is an engine by now.");
    watched.decisions.record(answer.receipt, {});
    const event = {
      occurredAt: new Date(),
      receivedAt: new Date(),
      consentMeasurement: true,
      consentPersonalisation: true,
    };
    await watched.events.append([{ id: "event-1", kind: "click", ...event }]);
    expect(recorded).toEqual([answer.receipt]);
    const response = await test.app.request("/metrics", { headers });
    expect(response.headers.get("content-type")).toContain("text/plain");
    const text = await response.text();
    for (const line of [
      'basketlift_http_request_duration_seconds_count{route="health",status="200"} 1',
      'basketlift_http_request_duration_seconds_count{route="status",status="401"} 1',
      `basketlift_decisions_total{status="${answer.receipt.status}"} 1`,
      'basketlift_events_total{kind="click"} 1',
      'basketlift_waiting_rows{queue="events"} 3',
      "basketlift_database_up 1",
      `basketlift_engine_trained_timestamp_seconds{version="${serving?.engine.version}",run="run-1"} 1767312000`,
    ]) {
      expect(text).toContain(line);
    }
  });
});
