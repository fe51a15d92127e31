import fc from "fast-check";
import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { placeDecision, placeShop } from "../../test/shop.ts";
import { events, rollups } from "../database/schema.ts";
import { createEventWriter, insertEvents } from "../ingest/event-writer.ts";
import { receiveEvents } from "../ingest/events.ts";
import { rebuildRollups } from "./rollups.ts";

let services: TestServices;
beforeAll(async () => {
  services = await createTestServices(({ pool }) => ({ events: createEventWriter(pool) }));
  await placeShop(services);
  await placeDecision(services, { id: "d1", visitorId: "visitor-1", placement: "pdp", strategyId: "bought-together" });
  await placeDecision(services, { id: "d2", placement: "cart", strategyId: "personal" });
  await placeDecision(services, { id: "ghost", visitorId: "visitor-2", status: "holdout", arm: "holdout" });
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.db.delete(events);
  await services.database.db.delete(rollups);
});

const counted = () =>
  services.database.db
    .select()
    .from(rollups)
    .orderBy(asc(rollups.bucket), asc(rollups.placement), asc(rollups.strategy), asc(rollups.position));

const quarter = 900_000;
const event = fc.record(
  {
    id: fc.integer({ min: 1, max: 30 }).map((number) => `event-${number + 100}`),
    kind: fc.constantFrom("impression", "click", "view", "add-to-cart", "checkout"),
    occurredAt: fc
      .integer({ min: testNow - 5 * quarter, max: testNow + quarter })
      .map((time) => new Date(time).toISOString()),
    visitorId: fc.constantFrom("visitor-1", "visitor-2"),
    sessionId: fc.constant("session-1"),
    productId: fc.constantFrom("mug", "teapot", "yacht"),
    decisionId: fc.constantFrom("d1", "d2", "ghost", "made-up"),
    position: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ["id", "kind", "occurredAt", "productId"] },
);
const consent = fc.record({ measurement: fc.boolean(), personalisation: fc.boolean() });
const userAgent = fc.constantFrom(undefined, "curl/8.0");

describe("rollups", () => {
  it("kept while events come in are those that are made again from the log", async () => {
    const batch = fc.record({ events: fc.array(event, { minLength: 1, maxLength: 12 }), consent, userAgent });
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 6 }), async (batches) => {
        await services.database.db.delete(events);
        await services.database.db.delete(rollups);
        // At once, so that events of the same id meet in one group and in several.
        await Promise.all(
          batches.map(({ events: given, ...reception }) =>
            receiveEvents(given, { receivedAt: testNow, ...reception }, services),
          ),
        );
        const kept = await counted();
        await rebuildRollups(services.database.pool);
        expect(await counted()).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });

  const click = {
    kind: "click",
    occurredAt: new Date(testNow - 1),
    receivedAt: new Date(testNow),
    productId: "mug",
    decisionId: "d1",
    position: 1,
    consentMeasurement: true,
    consentPersonalisation: true,
  };

  it("count an event once, under the decision's own placement, in the quarter of an hour it happened in", async () => {
    const forged = { ...click, id: "event-1", placement: "a-placement-of-my-own" };
    await insertEvents(services.database.pool, [forged]);
    await insertEvents(services.database.pool, [forged, { ...forged, id: "event-2", occurredAt: new Date(testNow) }]);
    expect(await counted()).toEqual([
      {
        bucket: new Date(testNow - quarter),
        placement: "pdp",
        strategy: "bought-together",
        position: 1,
        isReranked: false,
        impressions: 0,
        clicks: 1,
        addToCarts: 0,
      },
      expect.objectContaining({ bucket: new Date(testNow), clicks: 1 }),
    ]);
  });

  it("leave out what nobody saw, and what cannot be trusted", async () => {
    await insertEvents(services.database.pool, [
      { ...click, id: "event-1", decisionId: "ghost" },
      { ...click, id: "event-2", flaw: "bot" },
      { ...click, id: "event-3", decisionId: null },
      { ...click, id: "event-4", kind: "view" },
    ]);
    expect(await counted()).toEqual([]);
  });
});
