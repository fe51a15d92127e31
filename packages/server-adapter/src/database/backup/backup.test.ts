import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFile, temporaryPath } from "../../../test/temporary-file.ts";
import { openTestDatabase } from "../../../test/test-database.ts";
import { readMigrations } from "../migrate.ts";
import type { OpenedDatabase } from "../open.ts";
import { events, orders } from "../schema.ts";
import { restoreBackup, verifyBackup, writeBackup } from "./index.ts";

describe("a backup", () => {
  let database: OpenedDatabase;
  /** Stays empty: every backup it gets is refused. */
  let empty: OpenedDatabase;
  let file: string;
  const placedAt = new Date("2026-01-02T03:04:05.678Z");
  beforeAll(async () => {
    [database, empty] = [await openTestDatabase(), await openTestDatabase()];
    const rows = Array.from({ length: 2500 }, (_, index) => ({
      id: `order ${index}`,
      placedAt,
      currency: "EUR",
      version: index,
      net: index * 100,
      lines: [{ productId: `"mug" ${index}`, quantity: 1, unitPrice: 100, net: 100 }],
      updatedAt: placedAt,
    }));
    for (let start = 0; start < rows.length; start += 1000) {
      await database.db.insert(orders).values(rows.slice(start, start + 1000));
    }
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await empty.close();
  });

  const backUp = async (): Promise<string> => {
    file = await temporaryPath("shop.backup");
    await writeBackup(database.pool, file, Date.UTC(2026, 5, 1));
    return file;
  };

  it("brings everything back in an empty database", async () => {
    const copy = await openTestDatabase();
    const facts = await restoreBackup(copy.pool, await backUp());
    expect(facts.createdAt).toBe("2026-06-01T00:00:00.000Z");
    expect(facts.rows).toMatchObject({ orders: 2500, events: 0 });
    const byId = (rows: (typeof orders.$inferSelect)[]): unknown => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(await copy.db.select().from(orders))).toEqual(byId(await database.db.select().from(orders)));
    await copy.close();
  });

  it("can be checked without a database", async () => {
    expect((await verifyBackup(await backUp())).rows).toMatchObject({ orders: 2500 });
  });

  it("is refused by a database that holds data, which stays as it was", async () => {
    await expect(restoreBackup(database.pool, await backUp())).rejects.toThrow(/holds data already \(in orders\)/);
    expect(await database.db.$count(orders)).toBe(2500);
  });

  it.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length / 2), /cut off/],
    ["cut at a line", (bytes: Buffer) => gzipSync(gunzipSync(bytes).subarray(0, 20_000)), /cut off|damaged/],
    ["changed", (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('"order 7"', '"order x"')), /changed/],
    ["no backup", () => Buffer.from("order,product\n1,2\n"), /no backup/],
    ["empty", () => gzipSync(""), /no backup/],
  ])("that is %s is refused, and nothing of it is kept", async (_, damage, message) => {
    const damaged = await temporaryFile(damage(await readFile(await backUp())), "damaged.backup");
    await expect(restoreBackup(empty.pool, damaged)).rejects.toThrow(message);
    expect(await empty.db.$count(orders)).toBe(0);
  });

  it("of an older version is restored and brought up to date", async () => {
    const migrations = [
      ...readMigrations(),
      { hash: "later", statements: ["alter table orders add column note text"] },
    ];
    const copy = await openTestDatabase();
    await restoreBackup(copy.pool, await backUp(), { migrations });
    const { rows } = await copy.pool.query("select count(*)::int as count, max(note) as note from orders");
    expect(rows).toEqual([{ count: 2500, note: null }]);
    await copy.close();
  });

  it("of a newer version is refused", async () => {
    const content = gunzipSync(await readFile(await backUp())).toString();
    const [first, ...rest] = content.trimEnd().split("\n");
    const header = JSON.stringify({ ...JSON.parse(first), migrations: ["unknown"] });
    const body = [header, ...rest.slice(0, -1)].map((line) => `${line}\n`).join("");
    const footer = { ...JSON.parse(rest.at(-1) ?? ""), sha256: hash("sha256", body) };
    const newer = await temporaryFile(gzipSync(`${body}${JSON.stringify(footer)}\n`), "newer.backup");
    await expect(restoreBackup(empty.pool, newer)).rejects.toThrow(/newer version of Basketlift/);
  });

  it("is as of one moment although the shop goes on", async () => {
    const writing = backUp();
    await database.db.insert(events).values({
      id: "meanwhile",
      kind: "view",
      occurredAt: placedAt,
      receivedAt: placedAt,
      consentMeasurement: true,
      consentPersonalisation: true,
    });
    const { rows } = await verifyBackup(await writing);
    expect([0, 1]).toContain(rows["events"]);
  });
});
