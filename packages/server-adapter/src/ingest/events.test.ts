import { count } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { placeDecision, placeShop, requestFacts } from "../../test/shop.ts";
import { events, rollups } from "../database/schema.ts";
import { createEventWriter } from "./event-writer.ts";
import { eventHandlers } from "./events.ts";

const consent = { measurement: true, personalisation: true };
const justNow = new Date(testNow - 60_000).toISOString();

let services: TestServices;
beforeAll(async () => {
  services = await createTestServices(({ pool }) => ({ events: createEventWriter(pool) }));
  await placeShop(services);
  await placeDecision(services, { id: "decision-of-visitor-1", visitorId: "visitor-1" });
  await placeDecision(services, { id: "decision-of-nobody" });
});
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.db.delete(events);
  await services.database.db.delete(rollups);
});

const view = { kind: "view", productId: "mug", occurredAt: justNow, visitorId: "visitor-1", sessionId: "session-1" };

async function send(batch: readonly unknown[], given: Partial<{ consent: typeof consent; userAgent: string }> = {}) {
  const headers = given.userAgent === undefined ? {} : { "user-agent": given.userAgent };
  const input = {
    params: undefined,
    query: undefined,
    body: { events: [...batch], consent: given.consent ?? consent },
  };
  return eventHandlers.sendEvents(input, services, requestFacts({ headers }));
}

const stored = () => services.database.db.select().from(events);

describe("storefront events", () => {
  it("are in the log when the answer comes, with the time and consent they came with", async () => {
    expect(await send([{ ...view, id: "event-001" }])).toEqual({ accepted: 1, repeated: 0, refused: [] });
    expect(await stored()).toMatchObject([
      {
        id: "event-001",
        visitorId: "visitor-1",
        sessionId: "session-1",
        occurredAt: new Date(justNow),
        receivedAt: new Date(testNow),
        consentMeasurement: true,
        flaw: null,
      },
    ]);
  });

  it("count once, however often they are sent", async () => {
    const batch = [
      { ...view, id: "event-001" },
      { ...view, id: "event-002" },
    ];
    await send(batch);
    expect(await send([...batch, { ...view, id: "event-003" }, { ...view, id: "event-003" }])).toMatchObject({
      accepted: 1,
      repeated: 3,
    });
    await Promise.all([send(batch), send(batch)]);
    expect(await stored()).toHaveLength(3);
  });

  it.each([
    ["an unknown product", { ...view, id: "event-001", productId: "yacht" }, "unknown-product"],
    ["a forged purchase", { ...view, id: "event-001", kind: "purchase" }, "purchase-not-accepted"],
    ["an unknown kind", { ...view, id: "event-001", kind: "dance" }, "unknown-kind"],
    ["no id", view, "missing-id"],
    ["no product", { ...view, id: "event-001", productId: undefined }, "missing-product"],
    ["an impression of nothing", { ...view, id: "event-001", kind: "impression" }, "missing-decision"],
    ["more than a week of age", { ...view, id: "event-001", occurredAt: "2026-06-07T23:59:59Z" }, "too-old"],
    ["a time without a zone", { ...view, id: "event-001", occurredAt: "2026-06-14T12:00:00" }, "invalid-event"],
    ["a position beyond any row", { ...view, id: "event-001", position: 70_000 }, "invalid-event"],
    ["a character no database holds", { ...view, id: "event-\u00001" }, "invalid-event"],
    ["half a surrogate pair", { ...view, id: "event-001", visitorId: "visitor-\ud800" }, "invalid-event"],
    ["no event at all", "click", "missing-id"],
  ])("with %s are refused by themselves, and the others are kept", async (_, bad, code) => {
    const answer = await send([{ ...view, id: "event-100" }, bad, { ...view, id: "event-200" }]);
    expect(answer).toMatchObject({ accepted: 2, repeated: 0, refused: [{ index: 1, code }] });
    expect((await stored()).map(({ id }) => id).toSorted()).toEqual(["event-100", "event-200"]);
  });

  it("tell where purchases belong", async () => {
    const { refused } = await send([{ ...view, id: "event-001", kind: "purchase", revenue: 99_999 }]);
    expect(refused[0].detail).toContain("POST /orders");
  });

  it("from a clock that runs ahead count at the time they came", async () => {
    await send([{ ...view, id: "event-001", occurredAt: new Date(testNow + 3_600_000).toISOString() }]);
    expect(await stored()).toMatchObject([{ occurredAt: new Date(testNow), flaw: "clock-ahead" }]);
  });

  it("without consent to measurement say what happened, not to whom", async () => {
    const click = { ...view, kind: "click", decisionId: "decision-of-visitor-1" };
    const userAgent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";
    await send([{ ...click, id: "event-001" }], {
      consent: { measurement: false, personalisation: false },
      userAgent,
    });
    expect(await stored()).toMatchObject([
      {
        visitorId: null,
        sessionId: null,
        decisionId: null,
        userAgent: null,
        productId: "mug",
        consentMeasurement: false,
      },
    ]);
  });

  it.each([
    ["of a crawler", { ...view, id: "event-001" }, "Mozilla/5.0 (compatible; Googlebot/2.1)", "bot"],
    ["about a made-up decision", { ...view, id: "event-001", decisionId: "made-up" }, undefined, "unknown-decision"],
    [
      "about another visitor's decision",
      { ...view, id: "event-001", decisionId: "decision-of-visitor-1", visitorId: "visitor-2" },
      undefined,
      "foreign-decision",
    ],
  ])("%s are kept, flagged, and in no figure", async (_, event, userAgent, flaw) => {
    await send([{ ...event, kind: "click" }], userAgent === undefined ? {} : { userAgent });
    expect(await stored()).toMatchObject([{ flaw }]);
    expect(await services.database.db.select({ rows: count() }).from(rollups)).toEqual([{ rows: 0 }]);
  });

  it("about a decision made for nobody in particular are anyone's", async () => {
    await send([{ ...view, id: "event-001", kind: "click", decisionId: "decision-of-nobody" }]);
    expect(await stored()).toMatchObject([{ flaw: null }]);
  });

  it("wait for a decision that is on its way to the log", async () => {
    let waiting = 1;
    const late = {
      ...services,
      decisions: {
        ...services.decisions,
        waiting: () => {
          if (waiting === 1) void placeDecision(services, { id: "decision-late" }).then(() => (waiting = 0));
          return waiting;
        },
      },
    };
    const body = { events: [{ ...view, id: "event-001", kind: "click", decisionId: "decision-late" }], consent };
    await eventHandlers.sendEvents({ params: undefined, query: undefined, body }, late, requestFacts());
    expect(await stored()).toMatchObject([{ flaw: null }]);
  });
});
