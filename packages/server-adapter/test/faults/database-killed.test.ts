import { join } from "node:path";
import { expect, it } from "vitest";
import { openPool } from "../../src/database/pool.ts";
import { startServerProcess } from "../server-process.ts";
import { temporaryPath } from "../temporary-file.ts";
import { expectToSurvive } from "./database-loss.ts";

it("a shop whose embedded database dies under load goes on recommending, says why, recovers, and loses no event", async () => {
  const directory = await temporaryPath("data");
  const server = await startServerProcess(directory, { shop: "trained" });
  const pool = openPool({
    host: join(directory, "database-socket"),
    port: 5432,
    user: "postgres",
    database: "postgres",
  });
  await expectToSurvive({
    server,
    // The one statement that a backend without a process of its own cannot answer ends its thread.
    take: () => expect(pool.query("copy settings from stdin")).rejects.toThrow(/EOF|terminated|ECONNRESET/),
    bringBack: () => Promise.resolve(),
    reason: /The embedded database|The database does not answer/,
    async countEvents(ids) {
      const { rowCount } = await pool.query("select from events where id = any($1::text[])", [ids]);
      return rowCount ?? 0;
    },
  });
  await pool.end();
  await server.end("SIGTERM");
});
