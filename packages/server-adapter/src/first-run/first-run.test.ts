import { Hono } from "hono";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { temporaryPath } from "../../test/temporary-file.ts";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { events, orders, products, settings } from "../database/schema.ts";
import { createKeys } from "../server/keys.ts";
import { dataDirectoryAt, openDataDirectory } from "../server/data-directory.ts";
import { addDemoPictures, loadExampleKeys, seedDemoShop } from "./index.ts";

describe("the first start", () => {
  let services: TestServices;
  beforeEach(async () => {
    services = await createTestServices();
  }, 60_000);
  afterEach(() => services.close());

  it("fills the database with a shop that was open until now, and does so once", async () => {
    const { db, pool } = services.database;
    const counts = async (): Promise<number[]> =>
      Promise.all([orders, products, events].map((table) => db.$count(table)));
    await seedDemoShop(services, { scale: 0.02 });
    const seeded = await counts();
    expect(seeded.every((count) => count > 100)).toBe(true);
    const { rows } = await pool.query<{ last: Date }>("select max(placed_at) as last from orders");
    const age = (testNow - rows[0].last.getTime()) / 86_400_000;
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThan(8);
    expect(await db.select().from(settings)).toEqual([{ key: "shopName", value: "Hearth & Table" }]);
    await seedDemoShop(services, { scale: 0.02 });
    expect(await counts()).toEqual(seeded);
  });

  it("serves the pictures that the demo shop's products name, and no others", async () => {
    await seedDemoShop(services, { scale: 0.02 });
    const [{ body }] = await services.database.db.select({ body: products.body }).from(products).limit(1);
    const app = new Hono();
    addDemoPictures(app);
    const picture = await app.request(String(body.image));
    expect(picture.headers.get("content-type")).toBe("image/svg+xml");
    expect(await picture.text()).toMatch(/^<svg /);
    expect((await app.request("/demo/pictures/no-such-product.svg")).status).toBe(404);
  });

  it("makes keys for the example storefront that stay valid, until the server's address changes", async () => {
    const keys = createKeys(services.database.db, services.now);
    const { path } = dataDirectoryAt(await temporaryPath("data"));
    const directory = await openDataDirectory(path);
    const here = { keys, directory, url: "http://127.0.0.1:4300" };
    const first = await loadExampleKeys(here);
    expect(keys.find(first.publishable)?.origins).toEqual(["http://127.0.0.1:4300", "http://localhost:4300"]);
    expect(keys.find(first.secret)?.scopes).toEqual(["write"]);
    expect(await loadExampleKeys(here)).toEqual(first);
    const moved = await loadExampleKeys({ ...here, url: "https://shop.example" });
    expect(keys.find(moved.publishable)?.origins).toEqual(["https://shop.example"]);
    expect(keys.find(first.publishable)).toBeUndefined();
    expect(keys.find(first.secret)).toBeUndefined();
  });
});
