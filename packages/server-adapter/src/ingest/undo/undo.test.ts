import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../../test/services.ts";
import { mug, placeShop, requestFacts } from "../../../test/shop.ts";
import { importChanges, imports, markets, orders, products, removedProducts, versions } from "../../database/schema.ts";
import { catalogueHandlers } from "../catalogue.ts";
import { importUpload } from "../import-upload.ts";
import { importHandlers } from "../imports.ts";
import { orderHandlers } from "../orders.ts";
import { productsChangedSince } from "../../serving/changed-products.ts";
import { openImportLog } from "./import-log.ts";
import { expireUndo } from "./retention.ts";
import { hasChanged, takeBack } from "./take-back.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()));
afterAll(() => services.close());
beforeEach(async () => {
  const tables = [orders, products, markets, imports, versions, importChanges, removedProducts];
  for (const table of tables) await services.database.db.delete(table);
  services.startedJobs.length = 0;
});

const none = { params: undefined, query: undefined, body: undefined };
const header = "order_id,placed_at,customer_id,product_id,product_title,quantity,unit_price,currency\n";
const line = (order: number, product: string, quantity = 1, currency = "EUR"): string =>
  `${order},2026-01-05T10:00:00Z,ann,${product},${product},${quantity},12.50,${currency}\n`;

async function upload(text: string, kind: "orders" | "products" = "orders"): Promise<string> {
  const take = kind === "orders" ? importHandlers.importOrders : importHandlers.importProducts;
  const facts = requestFacts({ stream: new Blob([text]).stream() });
  const { importId } = await take({ ...none, query: { fileName: `${kind}.csv` } }, services, facts);
  return importId;
}

/** @returns the import's id */
async function bringIn(text: string, kind: "orders" | "products" = "orders"): Promise<string> {
  const id = await upload(kind === "orders" ? header + text : text, kind);
  await importUpload(services, id);
  expect((await get(id)).status).toBe("done");
  return id;
}
const get = async (id: string) => importHandlers.getImport({ ...none, params: { id } }, services, requestFacts());
const ask = async (id: string) => importHandlers.undoImport({ ...none, params: { id } }, services, requestFacts());

async function undo(id: string) {
  await ask(id);
  await takeBack(services, id);
  return get(id);
}

const quantities = async (): Promise<Record<string, number>> => {
  const rows = await services.database.db.select().from(orders);
  return Object.fromEntries(rows.map(({ id, lines }) => [id, lines[0].quantity]));
};
const productIds = async (): Promise<string[]> =>
  (await services.database.db.select().from(products)).map(({ id }) => id).toSorted();

function tell(id: string, quantity: number) {
  const order = { id, placedAt: "2026-01-05T10:00:00Z", currency: "EUR", version: 1 };
  const told = { ...order, lines: [{ productId: "mug", quantity, unitPrice: 1250 }] };
  return orderHandlers.upsertOrders({ ...none, body: { orders: [told] } }, services, requestFacts());
}

describe("taking an import back", () => {
  it("removes the orders, the products and the market that it brought into an empty shop", async () => {
    const id = await bringIn(line(1, "mug") + line(2, "tray"));
    const undone = await undo(id);
    expect(undone).toMatchObject({ status: "undone", progress: 1, error: null });
    expect(undone.undo.lines).toEqual([
      "Orders: 2 removed, 0 as they were before.",
      "Products: 2 removed, 0 as they were before.",
    ]);
    expect([await quantities(), await productIds()]).toEqual([{}, []]);
    const { db } = services.database;
    expect([await db.select().from(markets), await db.select().from(importChanges)]).toEqual([[], []]);
    // In another currency now: the products have prices.
    await bringIn(line(1, "mug", 1, "GBP"));
    expect((await db.select().from(products))[0].body.variants[0].prices).toEqual({ default: 1250 });
  });

  it("sets back what it changed, to the letter, and leaves what it found as it was", async () => {
    await bringIn(line(1, "mug") + line(2, "mug"));
    const { db } = services.database;
    const [before] = await db.select().from(orders).where(eq(orders.id, "1"));
    const id = await bringIn(line(1, "mug", 5) + line(2, "mug") + line(3, "mug"));
    expect(await quantities()).toEqual({ 1: 5, 2: 1, 3: 1 });
    expect((await undo(id)).undo.orders).toEqual({ removed: 1, restored: 1, kept: 0 });
    expect(await quantities()).toEqual({ 1: 1, 2: 1 });
    expect((await db.select().from(orders).where(eq(orders.id, "1")))[0]).toEqual(before);
  });

  it("leaves what the shop's own server told since, and says how much", async () => {
    const id = await bringIn(line(1, "mug") + line(2, "mug") + line(3, "tray"));
    await tell("1", 9);
    const { undo: told } = await undo(id);
    expect(await quantities()).toEqual({ 1: 9 });
    expect(await productIds()).toEqual(["mug"]);
    expect(told.lines).toEqual([
      "Orders: 2 removed, 0 as they were before, 1 left, for something newer changed or confirmed them.",
      "Products: 1 removed, 0 as they were before, 1 left, for orders name them, or something newer changed or confirmed them.",
    ]);
  });

  it("of two files that overlap removes neither's orders while the other stands, in whichever order", async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const ids = [await bringIn(line(1, "mug") + line(2, "mug")), await bringIn(line(2, "mug") + line(3, "mug"))];
      await undo(ids[order[0]]);
      expect(await quantities()).toEqual(order[0] === 0 ? { 2: 1, 3: 1 } : { 1: 1, 2: 1 });
      await undo(ids[order[1]]);
      expect([await quantities(), await productIds()]).toEqual([{}, []]);
    }
  });

  it("out of the middle leaves the later file's word, and what was before the earlier one comes back after both", async () => {
    await bringIn(line(1, "mug", 1));
    const second = await bringIn(line(1, "mug", 2));
    const third = await bringIn(line(1, "mug", 3));
    expect((await undo(second)).undo.orders).toEqual({ removed: 0, restored: 0, kept: 1 });
    expect(await quantities()).toEqual({ 1: 3 });
    await undo(third);
    expect(await quantities()).toEqual({ 1: 1 });
  });

  it("asked for twice changes nothing the second time", async () => {
    const id = await bringIn(line(1, "mug"));
    await undo(id);
    await bringIn(line(1, "mug", 4));
    expect(await ask(id)).toMatchObject({ importId: id, status: "done" });
    expect(await takeBack(services, id)).toBeUndefined();
    expect(await quantities()).toEqual({ 1: 4 });
  });

  it("stops an import that waits, and then removes nothing", async () => {
    const id = await upload(header + line(1, "mug"));
    await ask(id);
    expect(await importUpload(services, id)).toBe(false);
    expect(await takeBack(services, id)).toEqual({
      orders: { removed: 0, restored: 0, kept: 0 },
      products: { removed: 0, restored: 0, kept: 0 },
    });
    expect(await services.uploads.find(id)).toBeUndefined();
    expect(await get(id)).toMatchObject({ status: "undone" });
  });

  it("stops an import in the middle of its work: nothing comes in behind it", async () => {
    const id = await upload(header + Array.from({ length: 2_700 }, (_, order) => line(order, "mug")).join(""));
    const { db } = services.database;
    let hasEnded = false;
    const importing = importUpload(services, id).finally(() => (hasEnded = true));
    while (!hasEnded && (await db.$count(orders)) === 0);
    await ask(id);
    await importing;
    const came = await db.$count(orders);
    expect(came).toBeGreaterThan(0);
    expect((await takeBack(services, id))?.orders).toEqual({ removed: came, restored: 0, kept: 0 });
    expect([await quantities(), await productIds()]).toEqual([{}, []]);
  });

  it("that is interrupted goes on where it was, and counts nothing twice", async () => {
    const id = await bringIn(Array.from({ length: 1_200 }, (_, order) => line(order, "mug")).join(""));
    await ask(id);
    const stop = new AbortController();
    const onProgress = (): void => stop.abort(new Error("The server stops."));
    await expect(takeBack(services, id, { signal: stop.signal, onProgress })).rejects.toThrow("The server stops.");
    const undo = await takeBack(services, id);
    expect(undo?.orders).toEqual({ removed: 1_200, restored: 0, kept: 0 });
    expect(hasChanged(undo)).toBe(true);
  });
});

describe("products of an import that is taken back", () => {
  const file = (rows: string): string => `product_id,variant_sku,title,price\n${rows}`;

  it("are as they were, or gone; engines that know them hear that they are sold no more", async () => {
    await placeShop(services, [mug]);
    const id = await bringIn(file("mug,mug,Mug,14.00\ntray,tray,Tray,20.00\n"), "products");
    expect(await productIds()).toEqual(["mug", "tray"]);
    expect((await undo(id)).undo.products).toEqual({ removed: 1, restored: 1, kept: 0 });
    const { db } = services.database;
    expect((await db.select().from(products)).map(({ body }) => body)).toEqual([mug]);
    const { changed } = await productsChangedSince(db, new Date(testNow - 1000));
    expect(changed.map(({ id: product, active }) => [product, active])).toContainEqual(["tray", false]);
  });

  it("stay as they are when somebody changed them since", async () => {
    await placeShop(services, [mug]);
    const id = await bringIn(file("mug,mug,Mug,14.00\n"), "products");
    const best = { ...mug, title: "Best mug" };
    await catalogueHandlers.upsertProducts({ ...none, body: { products: [best] } }, services, requestFacts());
    expect((await undo(id)).undo.products).toEqual({ removed: 0, restored: 0, kept: 1 });
    const [{ body }] = await services.database.db.select().from(products);
    expect(body.title).toBe("Best mug");
  });

  it("get variants back that it had moved to one another", async () => {
    await bringIn(file("a,v1,A,1.00\nb,v2,B,1.00\n"), "products");
    const before = await services.database.db.select().from(products).orderBy(products.id);
    // A variant can change hands only through a product that has let it go.
    await bringIn(file("b,v3,B,1.00\n"), "products");
    const id = await bringIn(file("a,v2,A,1.00\n"), "products");
    const second = await bringIn(file("b,v1,B,1.00\n"), "products");
    await undo(second);
    await undo(id);
    const after = await services.database.db.select().from(products).orderBy(products.id);
    expect(after[0].body).toEqual(before[0].body);
  });
});

describe("an upload with columns mapped by hand", () => {
  const foreign = "Beleg;Wann;Ware;Stueck;Betrag\n1;05.01.2026;mug;2;12,50\n";
  const columns = { order: "Beleg", date: "Wann", product: "Ware", quantity: "Stueck", unitPrice: "Betrag" };
  const query = { fileName: "export.csv", columns: JSON.stringify(columns) };
  const facts = () => requestFacts({ stream: new Blob([foreign]).stream() });

  it("is read by them", async () => {
    const { importId } = await importHandlers.importOrders({ ...none, query }, services, facts());
    await importUpload(services, importId);
    expect(await quantities()).toEqual({ 1: 2 });
  });

  it("shows the same in its preview, and writes nothing", async () => {
    const preview = await importHandlers.previewOrders(
      { ...none, query: { ...query, fileSize: foreign.length } },
      services,
      facts(),
    );
    expect(preview).toMatchObject({ problem: null, file: { delimiter: ";", isWhole: true, rows: 1 } });
    expect(preview.rows[0]).toMatchObject({
      line: 2,
      outcome: "used",
      values: { order: "1", date: "2026-01-05T00:00:00Z", quantity: "2", unitPrice: "12.50 EUR" },
    });
    expect([await quantities(), await services.database.db.select().from(imports)]).toEqual([{}, []]);
  });

  it.each(["no object", "[1]", '{"order":1}'])("is refused when the columns are %s", async (given) => {
    await expect(
      importHandlers.importOrders({ ...none, query: { ...query, columns: given } }, services, facts()),
    ).rejects.toMatchObject({ code: "invalid-request", errors: [{ pointer: "/query/columns" }] });
  });
});

describe("what is kept for an undo", () => {
  it("goes after thirty days, and the import says that its time is over", async () => {
    const id = await bringIn(line(1, "mug"));
    expect((await get(id)).undo.until).toBe(new Date(testNow + 30 * 86_400_000).toISOString());
    const later = { ...services, now: () => testNow + 31 * 86_400_000 };
    await expireUndo(later);
    expect(await services.database.db.select().from(importChanges)).toEqual([]);
    const { undo: told } = await importHandlers.getImport({ ...none, params: { id } }, later, requestFacts());
    expect(told).toMatchObject({ until: null, whyNot: "Imports can be taken back for 30 days." });
    await expect(importHandlers.undoImport({ ...none, params: { id } }, later, requestFacts())).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("has a limit: the oldest imports give way first", async () => {
    const { db } = services.database;
    const old = await bringIn(line(1, "mug"));
    await db.update(imports).set({ createdAt: new Date(testNow - 1000) });
    const young = await bringIn(line(2, "mug"));
    await expireUndo(services, { room: 300 });
    expect((await get(old)).undo.whyNot).toBe("It changed more than is kept for taking imports back.");
    expect((await get(young)).undo.until).not.toBeNull();
  });

  it("is given up by an import that alone has no room in it, in all of its runs", async () => {
    const id = await upload(header + line(1, "mug"));
    const { db } = services.database;
    await db.update(imports).set({ status: "running" }).where(eq(imports.id, id));
    const log = openImportLog(id, { room: 100 });
    await db.transaction((tx) => log.noted(tx, 101));
    expect(log.isOpen).toBe(false);
    await importUpload(services, id);
    expect(await db.select().from(importChanges)).toEqual([]);
    expect((await get(id)).undo).toMatchObject({ until: null });
  });
});
