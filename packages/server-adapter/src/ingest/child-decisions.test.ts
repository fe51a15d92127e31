import { childDecisionId, rerankVersion } from "@basketlift/engine/snapshot";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { placeDecision, placeShop, requestFacts } from "../../test/shop.ts";
import { clickThroughHandler } from "../analytics/click-through.ts";
import { rebuildRollups } from "../analytics/rollups.ts";
import { childDecisions, events, rollups } from "../database/schema.ts";
import { createEventWriter } from "./event-writer.ts";
import { eventHandlers } from "./events.ts";

const yes = { measurement: true, personalisation: true };
const no = { measurement: false, personalisation: false };
const parentId = "decision-of-visitor-1";
const slate = ["teapot", "mug"];

let services: TestServices;
beforeAll(async () => {
  services = await createTestServices(({ pool }) => ({ events: createEventWriter(pool) }));
  await placeShop(services);
  const receipt = { slate: slate.map((productId) => ({ productId })) };
  await placeDecision(services, { id: parentId, visitorId: "visitor-1", receipt });
});
afterAll(() => services.close());
beforeEach(async () => {
  for (const table of [events, rollups, childDecisions]) await services.database.db.delete(table);
});

const ground = { snapshotVersion: "snapshot-1", session: ["mug"] };
const child = {
  id: childDecisionId({ parentId, ...ground, slate }),
  rerankVersion,
  ...ground,
  products: ["mug", "teapot"],
};
const click = {
  id: "event-001",
  kind: "click",
  productId: "mug",
  position: 0,
  occurredAt: new Date(testNow - 60_000).toISOString(),
  visitorId: "visitor-1",
  sessionId: "session-1",
  decisionId: parentId,
  childDecision: child,
};

function send(batch: readonly unknown[], consent = yes) {
  const input = { params: undefined, query: undefined, body: { events: [...batch], consent } };
  return eventHandlers.sendEvents(input, services, requestFacts());
}
const storedEvents = () => services.database.db.select().from(events);
const storedChildren = () => services.database.db.select().from(childDecisions);

describe("a child decision", () => {
  it("is kept once with its parent and what was shown in which order, however many events tell of it", async () => {
    await send([click, { ...click, id: "event-002", kind: "impression" }]);
    await send([{ ...click, id: "event-003", kind: "add-to-cart" }]);
    expect(await storedChildren()).toEqual([{ ...child, parentId, seenAt: new Date(testNow - 60_000) }]);
    expect(await storedEvents()).toMatchObject(
      Array.from({ length: 3 }, () => ({ decisionId: parentId, childDecisionId: child.id, flaw: null })),
    );
  });

  const other = { ...child, products: ["mug"] };
  it.each([
    ["of a parent that nobody decided", { decisionId: "made-up" }, "unknown-parent"],
    ["of no parent", { decisionId: undefined }, "missing-decision"],
    [
      "with a product that its parent did not decide on",
      { childDecision: { ...child, products: ["yacht"] } },
      "forged",
    ],
    ["that shows a product twice", { childDecision: { ...child, products: ["mug", "mug"] } }, "forged"],
    ["whose id does not follow from its session", { childDecision: { ...child, session: ["teapot"] } }, "forged"],
    ["whose id belongs to more products", { childDecision: other }, "forged"],
    ["that does not show what was clicked there", { position: 1 }, "forged"],
    ["without an order of products", { childDecision: { ...child, products: [] } }, "invalid-event"],
  ])("%s is refused by itself, and leaves nothing behind", async (_, forgery, code) => {
    const { accepted, refused } = await send([
      { ...click, ...forgery },
      { ...click, id: "event-002" },
    ]);
    expect(accepted).toBe(1);
    expect(refused).toMatchObject([{ index: 0, code: code === "forged" ? "forged-child" : code }]);
    expect(await storedEvents()).toMatchObject([{ id: "event-002" }]);
  });

  it("of another visitor's decision is flagged with its event, and not kept", async () => {
    await send([{ ...click, visitorId: "visitor-2" }]);
    expect(await storedEvents()).toMatchObject([{ flaw: "foreign-decision" }]);
    expect(await storedChildren()).toEqual([]);
  });

  it("tells what a shopper looked at, and is not kept without their consent", async () => {
    await send([click], { ...yes, personalisation: false });
    await send([{ ...click, id: "event-002" }], no);
    expect(await storedChildren()).toEqual([]);
    expect(await storedEvents()).toMatchObject([
      { id: "event-001", decisionId: parentId, childDecisionId: child.id },
      { id: "event-002", decisionId: null, childDecisionId: null },
    ]);
  });
});

describe("click-through with re-ranked rows", () => {
  const ask = async (by: "placement" | "ranking") => {
    const { rows } = await clickThroughHandler(
      { params: undefined, query: { by }, body: undefined },
      services,
      requestFacts(),
    );
    return rows.map(({ key, sessions, sessionsWithClick, impressions, clicks }) => ({
      key,
      seen: [sessions, impressions],
      clicked: [sessionsWithClick, clicks],
    }));
  };
  const impression = { ...click, kind: "impression" };
  const { childDecision: _, ...plain } = { ...impression, id: "event-010", sessionId: "session-2" };

  it("counts a click once, under the parent's placement, whichever of the two it came through", async () => {
    await send([impression, { ...click, id: "event-002" }, plain]);
    // A page that knows only the child's id means the same decision.
    const { childDecision, ...lone } = { ...click, id: "event-003", sessionId: "session-2" };
    await send([{ ...lone, decisionId: childDecision.id }]);
    expect(await storedEvents()).toHaveLength(4);
    expect((await storedEvents()).map(({ decisionId }) => decisionId)).toEqual(Array(4).fill(parentId));
    expect(await ask("placement")).toEqual([{ key: "pdp", seen: [2, 2], clicked: [2, 2] }]);
  });

  it("tells the server's order from the device's, and counts both again to the same from the log", async () => {
    await send([impression, { ...click, id: "event-002" }, plain]);
    const expected = [
      { key: "device", seen: [1, 1], clicked: [1, 1] },
      { key: "server", seen: [1, 1], clicked: [0, 0] },
    ];
    expect(await ask("ranking")).toEqual(expected);
    await rebuildRollups(services.database.pool);
    expect(await ask("ranking")).toEqual(expected);
  });
});
