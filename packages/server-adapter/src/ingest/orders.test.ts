import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { requestFacts } from "../../test/shop.ts";
import { orders, versions } from "../database/schema.ts";
import { orderRows } from "./order-rows.ts";
import { importOrderRows } from "./order-store.ts";
import { orderHandlers } from "./orders.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()));
afterAll(() => services.close());
beforeEach(async () => void (await services.database.db.delete(orders)));

const order = {
  id: "1001",
  placedAt: "2026-06-14T10:00:00Z",
  customerId: "ann",
  visitorId: "visitor-1",
  currency: "EUR",
  version: 1,
  lines: [
    { productId: "mug", variantId: "mug-blue", quantity: 2, unitPrice: 1250, discount: 300 },
    { productId: "teapot", quantity: 1, unitPrice: 3900, refunded: 900, returnedQuantity: 1 },
    { productId: "tray", quantity: 1, unitPrice: 2000, cancelled: true },
  ],
};

async function send(...given: readonly unknown[]) {
  const body = { orders: [...given] };
  const { results } = await orderHandlers.upsertOrders(
    { params: undefined, query: undefined, body },
    services,
    requestFacts(),
  );
  return results;
}

async function list(query: { limit: number; cursor?: string | undefined; customerId?: string | undefined }) {
  return orderHandlers.listOrders({ params: undefined, query, body: undefined }, services, requestFacts());
}

const stored = () => services.database.db.select().from(orders);
const statuses = async (...given: readonly unknown[]) => (await send(...given)).map(({ status }) => status);

describe("orders from the shop's server", () => {
  it("count net of discounts, refunds and cancellations", async () => {
    expect(await statuses(order)).toEqual(["created"]);
    expect(await stored()).toMatchObject([
      { id: "1001", net: 2200 + 3000, lines: [{ net: 2200 }, { net: 3000 }, { net: 0 }], importId: null },
    ]);
  });

  it("tell every process that there are new ones", async () => {
    const version = async () =>
      (await services.database.db.select().from(versions)).find(({ subject }) => subject === "orders")?.version ?? 0;
    const before = await version();
    await send(order);
    const after = await version();
    expect(after).toBeGreaterThan(before);
    await send(order);
    expect(await version()).toBe(after);
  });

  it("are replaced by newer versions, never by older ones", async () => {
    const cancelled = { ...order, version: 3, lines: order.lines.map((line) => ({ ...line, cancelled: true })) };
    expect(await statuses(order, cancelled)).toEqual(["created", "updated"]);
    expect(await statuses({ ...order, version: 2 })).toEqual(["stale"]);
    expect(await stored()).toMatchObject([{ version: 3, net: 0 }]);
  });

  it("sent again change nothing", async () => {
    await send(order);
    expect(await statuses(order, { ...order, lines: order.lines.map((line) => ({ ...line })) })).toEqual([
      "unchanged",
      "unchanged",
    ]);
  });

  it("with other lines under the same version are a conflict, and the first stays", async () => {
    await send(order);
    const [result] = await send({ ...order, lines: [{ productId: "mug", quantity: 9, unitPrice: 1250 }] });
    expect(result).toMatchObject({ id: "1001", status: "invalid" });
    expect(result.detail).toContain("/version");
    expect(await stored()).toMatchObject([{ net: 5200 }]);
  });

  it.each([
    ["an unknown currency", { currency: "XYZ" }, "/currency"],
    ["no lines", { lines: [] }, "/lines"],
    ["a price in major units", { lines: [{ productId: "mug", quantity: 1, unitPrice: 19.99 }] }, "/lines/0/unitPrice"],
    ["nothing bought", { lines: [{ productId: "mug", quantity: 0, unitPrice: 1 }] }, "/lines/0/quantity"],
    [
      "more brought back than bought",
      { lines: [{ productId: "mug", quantity: 1, unitPrice: 1, returnedQuantity: 2 }] },
      "/lines/0/returnedQuantity",
    ],
    ["a quantity beyond all measure", { lines: [{ productId: "mug", quantity: 2 ** 31, unitPrice: 1 }] }, "/lines"],
    ["a sum beyond all measure", { lines: [{ productId: "mug", quantity: 2 ** 30, unitPrice: 2 ** 40 }] }, "/lines"],
    ["a time in the far future", { placedAt: "2126-06-14T10:00:00Z" }, "/placedAt"],
    ["no version", { version: undefined }, "/version"],
    ["a character no database holds", { id: "10\u00001" }, "/"],
  ])("with %s are invalid by themselves, naming the field", async (_, change, pointer) => {
    const results = await send({ ...order, ...change }, { ...order, id: "1002" });
    expect(results.map(({ status }) => status)).toEqual(["invalid", "created"]);
    expect(results[0].detail).toContain(pointer);
    expect((await stored()).map(({ id }) => id)).toEqual(["1002"]);
  });

  it("sent by two callers at once end with the newest version", async () => {
    const versionsSent = Array.from({ length: 8 }, (_, index) => ({ ...order, version: index + 1 }));
    await Promise.all(versionsSent.map((one) => send(one)));
    expect(await stored()).toMatchObject([{ version: 8 }]);
  });
});

describe("orders out of a file", () => {
  const fromFile = { ...order, lines: [{ productId: "mug", quantity: 1, unitPrice: 1000 }] };
  const importOrder = (given: typeof fromFile, importId: string) =>
    importOrderRows(services.database.db, orderRows([given], importId), testNow);

  it("give way to what the shop's server says, and never take its place", async () => {
    await importOrder(fromFile, "file-1");
    expect(await statuses({ ...order, version: 0 })).toEqual(["updated"]);
    await importOrder(fromFile, "file-2");
    expect(await stored()).toMatchObject([{ net: 5200, importId: null }]);
  });

  it("are replaced by what a later file says", async () => {
    await importOrder(fromFile, "file-1");
    await importOrder(fromFile, "file-2");
    expect(await stored()).toMatchObject([{ importId: "file-1" }]);
    await importOrder({ ...fromFile, lines: [{ productId: "mug", quantity: 3, unitPrice: 1000 }] }, "file-3");
    expect(await stored()).toMatchObject([{ net: 3000, importId: "file-3" }]);
  });
});

describe("the list of orders", () => {
  it("runs from the newest to the oldest, page by page, without a gap or a repetition when orders come in", async () => {
    const at = (hour: number) => `2026-06-14T${String(hour).padStart(2, "0")}:00:00Z`;
    await send(...Array.from({ length: 7 }, (_, index) => ({ ...order, id: `o${index}`, placedAt: at(index >> 1) })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { data, page } = await list({ limit: 2, cursor });
      seen.push(...data.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      await send({ ...order, id: `late${seen.length}`, placedAt: at(20) });
    } while (cursor !== undefined);
    expect(seen).toEqual(["o6", "o5", "o4", "o3", "o2", "o1", "o0"]);
  });

  it("gives back what was sent, and one customer's orders on demand", async () => {
    await send(order, { ...order, id: "1002", customerId: "bob" });
    expect((await list({ limit: 10, customerId: "ann" })).data).toEqual([
      { ...order, placedAt: "2026-06-14T10:00:00.000Z" },
    ]);
  });
});
