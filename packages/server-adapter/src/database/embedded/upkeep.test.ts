import { expect, it, onTestFinished } from "vitest";
import { openTestEmbedded } from "../../../test/embedded-database.ts";
import { tendTables } from "./upkeep.ts";

it("tables that changed get new statistics, those that lost rows their space back, and others are left alone", async () => {
  const { pool, close } = await openTestEmbedded();
  onTestFinished(close);
  await tendTables(pool);
  expect(await tendTables(pool)).toEqual([]);
  await pool.query("insert into settings select number::text, '1' from generate_series(1, 1000) as number");
  expect(await tendTables(pool)).toEqual(["analyze settings"]);
  await pool.query("delete from settings where length(key) = 3");
  expect(await tendTables(pool)).toEqual(["vacuum settings", "analyze settings"]);
  expect(await tendTables(pool)).toEqual([]);
});
