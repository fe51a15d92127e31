import { generateDrizzleJson, generateMigration } from "drizzle-kit/api";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase } from "../../test/test-database.ts";
import { packageFolder } from "../package-files.ts";
import { countApplied, migrate, readMigrations, type Migration } from "./migrate.ts";
import type { OpenedDatabase } from "./open.ts";
import * as schema from "./schema.ts";

const own = readMigrations();
const adding = (name: string): Migration => ({ hash: name, statements: [`create table ${name} (id int primary key)`] });
const failing: Migration = { hash: "failing", statements: ["create table half (id int)", "select nonsense"] };

describe("migrations", () => {
  let database: OpenedDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  }, 60_000);
  beforeEach(async () => {
    await database.pool.query("drop table if exists later, half");
    await database.pool.query("delete from migrations where position >= $1", [own.length]);
  });
  afterAll(() => database.close());

  it("make the tables that schema.ts describes", async () => {
    const { entries } = JSON.parse(await readFile(join(packageFolder, "migrations/meta/_journal.json"), "utf8"));
    const last = `migrations/meta/${String(entries.length - 1).padStart(4, "0")}_snapshot.json`;
    const snapshot = JSON.parse(await readFile(join(packageFolder, last), "utf8"));
    const changes = await generateMigration(snapshot, generateDrizzleJson(schema, snapshot.id));
    expect(changes).toEqual([]);
  });

  it("do nothing when applied again", async () => {
    expect(await migrate(database.pool)).toBe(0);
    expect(await countApplied(database.pool)).toBe(own.length);
  });

  it("are applied once when two servers start together", async () => {
    const migrations = [...own, adding("later")];
    const counts = await Promise.all([migrate(database.pool, { migrations }), migrate(database.pool, { migrations })]);
    expect(counts.toSorted()).toEqual([0, 1]);
  });

  it("leave nothing behind when one fails, and say why", async () => {
    const attempt = migrate(database.pool, { migrations: [...own, failing] });
    await expect(attempt).rejects.toThrow(/Migration \d+ failed and was undone: .*nonsense/);
    const { rows } = await database.pool.query("select to_regclass('half') as half");
    expect(rows).toEqual([{ half: null }]);
    expect(await migrate(database.pool)).toBe(0);
  });

  it("are preceded by a backup, and wait for it", async () => {
    const order: string[] = [];
    await migrate(database.pool, {
      migrations: [...own, adding("later")],
      beforeChange: async () => {
        const { rows } = await database.pool.query("select to_regclass('later') as later");
        order.push(`backup, table there: ${rows[0].later !== null}`);
      },
    });
    expect(order).toEqual(["backup, table there: false"]);
  });

  it("change nothing when the backup fails", async () => {
    const beforeChange = (): Promise<void> => Promise.reject(new Error("disk full"));
    const attempt = migrate(database.pool, { migrations: [...own, adding("later")], beforeChange });
    await expect(attempt).rejects.toThrow("disk full");
    expect(await countApplied(database.pool)).toBe(own.length);
  });

  it("refuse a database of a newer version", async () => {
    await migrate(database.pool, { migrations: [...own, adding("later")] });
    await expect(migrate(database.pool)).rejects.toThrow(/another version of Basketlift/);
  });
});
