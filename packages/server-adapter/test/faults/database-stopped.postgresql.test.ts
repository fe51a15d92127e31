import { afterAll, beforeAll, expect, it } from "vitest";
import { openPool } from "../../src/database/pool.ts";
import { startPostgresql, type PostgresqlServer } from "../postgresql.ts";
import { startServerProcess } from "../server-process.ts";
import { temporaryPath } from "../temporary-file.ts";
import { expectToSurvive } from "./database-loss.ts";

let postgresql: PostgresqlServer;
beforeAll(async () => void (postgresql = await startPostgresql()));
afterAll(() => postgresql.remove());

it("a shop whose PostgreSQL server stops under load goes on recommending, says why, recovers, and loses no event", async () => {
  const server = await startServerProcess(await temporaryPath("data"), {
    shop: "trained",
    databaseUrl: postgresql.url,
  });
  await expectToSurvive({
    server,
    take: postgresql.stop,
    bringBack: postgresql.start,
    reason: /The database does not answer/,
    async countEvents(ids) {
      const pool = openPool({ connectionString: postgresql.url });
      const { rowCount } = await pool.query("select from events where id = any($1::text[])", [ids]);
      await pool.end();
      return rowCount ?? 0;
    },
  });
  await expect(server.end("SIGTERM")).resolves.toBeUndefined();
});
