import { expect, it } from "vitest";
import { openTestDatabase } from "../../test/test-database.ts";
import { readMigrations } from "./migrate.ts";
import { settings } from "./schema.ts";

it("a migration that fails leaves a database that answers, says why, and still holds its data", async () => {
  const failing = { hash: "failing", statements: ["alter table settings add column key text"] };
  const backups: string[] = [];
  const database = await openTestDatabase({
    migrations: [...readMigrations(), failing],
    beforeChange: async () => void backups.push("taken"),
  });
  expect(database.problem()).toMatch(/could not be brought up to date: Migration \d+ failed .*"key"/);
  expect(backups).toEqual(database.kind === "embedded" ? ["taken"] : []);
  await database.db.insert(settings).values({ key: "shopName", value: "Shop" });
  expect(await database.db.select().from(settings)).toEqual([{ key: "shopName", value: "Shop" }]);
  await database.close();
});
