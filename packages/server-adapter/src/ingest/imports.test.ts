import { stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { createCatalogue } from "@basketlift/engine/catalogue";
import { createDemoShop } from "@basketlift/engine/simulation";
import { count, eq, sum } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { home, mug, placeShop, requestFacts } from "../../test/shop.ts";
import { imports, markets, orders, products, versions } from "../database/schema.ts";
import { importHandlers } from "./imports.ts";
import { orderHandlers } from "./orders.ts";
import { loadCatalogue, loadOrderHistory } from "./load-shop.ts";
import { importUpload } from "./import-upload.ts";
import { seedShop } from "./write-shop.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()));
afterAll(() => services.close());
beforeEach(async () => {
  for (const table of [orders, products, markets, imports, versions]) await services.database.db.delete(table);
  services.startedJobs.length = 0;
});

const none = { params: undefined, query: undefined, body: undefined };

async function upload(text: string, query: { kind: "orders" | "products"; fileName: string; timeZone?: string }) {
  const stream = text === "" ? null : new Blob([text]).stream();
  const { kind, ...rest } = query;
  const take = kind === "orders" ? importHandlers.importOrders : importHandlers.importProducts;
  return take({ ...none, query: rest }, services, requestFacts({ stream }));
}
const get = async (id: string) => importHandlers.getImport({ ...none, params: { id } }, services, requestFacts());

async function importText(text: string, kind: "orders" | "products" = "orders") {
  const { importId } = await upload(text, { kind, fileName: `${kind}.csv` });
  await importUpload(services, importId);
  return get(importId);
}

const orderFile = `order_id,placed_at,customer_id,product_id,product_title,quantity,unit_price,currency
1,2026-01-05T10:00:00Z,ann,mug-blue,Blue mug,2,12.50,EUR
1,2026-01-05T10:00:00Z,ann,tray,Tray,1,20.00,EUR
2,2026-01-06T10:00:00Z,,tray,Tray,1,20.00,EUR
3,someday,,tray,Tray,1,20.00,EUR
`;

describe("an uploaded file of orders", () => {
  it("becomes a queued import and a job that names it", async () => {
    const { importId, jobId, status } = await upload(orderFile, { kind: "orders", fileName: "../../orders.csv" });
    expect(status).toBe("queued");
    expect(services.startedJobs).toEqual([{ id: jobId, kind: "import", data: { importId } }]);
    expect(await get(importId)).toMatchObject({ status: "queued", progress: 0, kind: "orders", lines: [] });
    const path = (await services.uploads.find(importId)) ?? "";
    expect(basename(path)).toBe("orders.csv");
    expect((await stat(path)).mode & 0o077).toBe(0);
    expect((await stat(dirname(path))).mode & 0o077).toBe(0);
  });

  it("fills an empty shop: orders, products made from them, and the market they were paid in", async () => {
    const done = await importText(orderFile);
    expect(done).toMatchObject({ status: "done", progress: 1, error: null });
    expect(done.lines.join("\n")).toContain("2 orders with 3 lines");
    expect(done.lines.join("\n")).toContain('with a date that cannot be read (line 5; "someday")');
    expect(JSON.stringify(done)).not.toContain("basketlift-uploads");
    const catalogue = createCatalogue(await loadCatalogue(services));
    expect(catalogue.products.map(({ id, variants }) => [id, variants[0].prices])).toEqual([
      ["mug-blue", { default: 1250 }],
      ["tray", { default: 2000 }],
    ]);
    const history = await loadOrderHistory(services, catalogue);
    expect(history.orderIds).toEqual(["1", "2"]);
    expect((await services.database.db.select().from(orders)).map(({ net }) => net)).toEqual([4500, 2000]);
  });

  it("understands the SKUs of a catalogue that is there, and sells nothing the catalogue lacks", async () => {
    await placeShop(services, [mug]);
    await importText(orderFile);
    const { products: sold } = createCatalogue(await loadCatalogue(services));
    expect(sold.map(({ id, active = true }) => [id, active])).toEqual([
      ["mug", true],
      ["tray", false],
    ]);
    const [first] = await services.database.db.select().from(orders).where(eq(orders.id, "1"));
    expect(first.lines[0]).toMatchObject({ productId: "mug", variantId: "mug-blue", net: 2500 });
  });

  it("may be imported again, whole or after it was cut off, and changes nothing", async () => {
    await importText(orderFile);
    const before = await services.database.db.select().from(orders);
    await importText(orderFile);
    expect(await services.database.db.select().from(orders)).toEqual(before);
  });

  it("leaves what it imported and says so when it is stopped, and goes on when it is run again", async () => {
    const { importId } = await upload(orderFile, { kind: "orders", fileName: "orders.csv" });
    await expect(
      importUpload(services, importId, { signal: AbortSignal.abort(new Error("The server stops.")) }),
    ).rejects.toThrow("The server stops.");
    expect(await get(importId)).toMatchObject({ status: "queued", error: "The server stops." });
    await importUpload(services, importId);
    expect(await get(importId)).toMatchObject({ status: "done", error: null });
  });

  it("is deleted once its import is over, well or badly", async () => {
    for (const text of [orderFile, "nothing;of;use\n1;2;3\n"]) {
      const { id } = await importText(text);
      expect(await services.uploads.find(id)).toBeUndefined();
    }
  });

  it("that is gone when its turn comes fails, and says what to do", async () => {
    const { importId } = await upload(orderFile, { kind: "orders", fileName: "orders.csv" });
    await services.uploads.remove(importId);
    expect(await importUpload(services, importId)).toBe(false);
    const error = "The uploaded file is no longer there. Upload it again.";
    expect(await get(importId)).toMatchObject({ status: "failed", error });
  });

  it("that cannot be used fails with the reason and the file's own name", async () => {
    const failed = await importText("colour,size\nred,L\n");
    expect(failed.status).toBe("failed");
    expect(failed.error).toContain("orders.csv");
    expect(failed.error).not.toContain("basketlift-uploads");
  });

  it.each([
    ["an empty body", "", {}, "The body must be the file"],
    ["an unknown time zone", orderFile, { timeZone: "Mars/Olympus" }, "IANA"],
  ])("with %s is refused", async (_, text, query, message) => {
    await expect(upload(text, { kind: "orders", fileName: "orders.csv", ...query })).rejects.toThrow(message);
    expect(services.startedJobs).toEqual([]);
  });

  it("leaves nothing behind when the job cannot be queued", async () => {
    const broken = { ...services, jobs: { ...services.jobs, start: () => Promise.reject(new Error("no queue")) } };
    const stream = new Blob([orderFile]).stream();
    const query = { fileName: "orders.csv" };
    await expect(importHandlers.importOrders({ ...none, query }, broken, requestFacts({ stream }))).rejects.toThrow(
      "no queue",
    );
    expect(await services.database.db.select().from(imports)).toEqual([]);
  });

  it("is counted: what was new, what changed, what stayed, and what the shop's own server knows better", async () => {
    await importText(orderFile);
    const told = { id: "9", placedAt: "2026-01-07T10:00:00Z", currency: "EUR", version: 1 };
    const lines = [{ productId: "tray", quantity: 1, unitPrice: 1800 }];
    await orderHandlers.upsertOrders({ ...none, body: { orders: [{ ...told, lines }] } }, services, requestFacts());
    const changed = orderFile.replace("2,12.50", "3,12.50");
    const more = "9,2026-01-07T10:00:00Z,,tray,Tray,5,20.00,EUR\n10,2026-01-08T10:00:00Z,,tray,Tray,1,20.00,EUR\n";
    const done = await importText(changed + more);
    expect(done.lines[0]).toBe("Orders: 1 new, 1 changed, 1 as they were, 1 left as the shop's own server told them.");
    expect(done.report).toMatchObject({ written: { created: 1, updated: 1, unchanged: 1, kept: 1 } });
  });
});

describe("an uploaded file of products", () => {
  const productFile = `product_id,title,price,stock
mug,Blue mug,12.50,3
tray,Tray,20.00,
,,5.00,
`;

  it("creates and changes products, and counts what it left out", async () => {
    await placeShop(services, [mug]);
    const done = await importText(productFile, "products");
    expect(done.status).toBe("done");
    expect(done.lines[0]).toBe("Products in products.csv: 1 new, 1 changed, 0 as they were.");
    expect(done.lines.join("\n")).toContain("without a product (line 4)");
    const again = await importText(productFile, "products");
    expect(again.lines[0]).toBe("Products in products.csv: 0 new, 0 changed, 2 as they were.");
  });
});

describe("a file of prices", () => {
  it("limits products by age and country, leaves out what it cannot hold to, and keeps limits it does not name", async () => {
    const wine =
      'Product ID,Title,Minimum Age,Sold In Countries\nwine,Wine,18+,"de, AT"\ncider,Cider,adults,\nale,Ale,,Germany\n';
    const done = await importText(wine, "products");
    expect(done.lines.join("\n")).toContain(
      'with a limit of age or country that cannot be read (lines 3, 4; such as "adults")',
    );
    const limits = async () =>
      (await loadCatalogue(services)).products.map(({ id, restrictions }) => [id, restrictions] as const);
    expect(await limits()).toEqual([["wine", { minimumAge: 18, countries: ["DE", "AT"] }]]);
    await importText("Product ID,Title,Excluded Countries\nwine,Red wine,AT\n", "products");
    await importText("Product ID,Title,Price\nwine,Red wine,9.00\n", "products");
    expect(await limits()).toEqual([["wine", { minimumAge: 18, countries: ["DE", "AT"], excludedCountries: ["AT"] }]]);
  });

  it("changes prices, and neither pictures nor what other markets pay", async () => {
    const abroad = { ...mug, variants: [{ id: "mug", prices: { default: 1250, uk: 1100 }, cost: 430, stock: 3 }] };
    await placeShop(services, [abroad]);
    await services.database.db.insert(markets).values({ ...home, id: "uk", currency: "GBP", rank: 1 });
    await importText("product_id,title,price\nmug,Blue mug,14.00\n", "products");
    const { products: sold } = await loadCatalogue(services);
    expect(sold).toEqual([
      { ...abroad, variants: [{ id: "mug", prices: { default: 1400, uk: 1100 }, cost: 430, stock: 3 }] },
    ]);
  });
});

describe("the list of imports", () => {
  it("runs from the newest", async () => {
    const { db } = services.database;
    const row = { kind: "orders", status: "done", progress: 1, options: {}, lines: [] };
    await db
      .insert(imports)
      .values(
        [1, 2, 3].map((day) => ({ ...row, id: `i${day}`, fileName: `${day}.csv`, createdAt: new Date(2026, 0, day) })),
      );
    const page = async (cursor?: string) =>
      importHandlers.listImports({ ...none, query: { limit: 2, cursor } }, services, requestFacts());
    const first = await page();
    expect(first.data.map(({ id }) => id)).toEqual(["i3", "i2"]);
    expect((await page(first.page.nextCursor ?? "")).data.map(({ id }) => id)).toEqual(["i1"]);
  });
});

describe("the demo shop at the first start", () => {
  it("is written whole, and the same when it is written again", async () => {
    const shop = createDemoShop({ scale: 0.02 });
    await seedShop(services, shop);
    await seedShop(services, shop);
    const { db } = services.database;
    expect(await db.select({ rows: count() }).from(products)).toEqual([{ rows: shop.products.length }]);
    const [{ rows, lines }] = await db.select({ rows: count(), lines: sum(orders.net) }).from(orders);
    expect(rows).toBe(shop.orders.length);
    expect(Number(lines)).toBeGreaterThan(0);
    const catalogue = createCatalogue(await loadCatalogue(services));
    expect(catalogue.markets).toEqual(shop.markets);
    expect((await loadOrderHistory(services, catalogue)).orderIds).toHaveLength(shop.orders.length);
  });
});
