/** What only a PostgreSQL server can show: that it goes away and comes back, and that backups move between databases. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startPostgresql, type PostgresqlServer } from "../../test/postgresql.ts";
import { temporaryPath } from "../../test/temporary-file.ts";
import { openTestEmbedded } from "../../test/embedded-database.ts";
import { createServedDatabase } from "../../test/test-database.ts";
import { restoreBackup, writeBackup } from "./backup/index.ts";
import { openDatabase, type OpenedDatabase } from "./open.ts";
import { openPool } from "./pool.ts";
import { settings } from "./schema.ts";

describe("on a PostgreSQL server", () => {
  let server: PostgresqlServer;
  beforeAll(async () => {
    server = await startPostgresql();
  }, 60_000);
  afterAll(() => server.remove());

  it("the database may stop and come back: people are told why, nothing else breaks", async () => {
    const probe = { interval: 20 };
    const { url } = await createServedDatabase(server.url);
    const database = await openDatabase({ kind: "postgresql", url }, { probe });
    expect(database.problem()).toBeUndefined();
    const idle = await Promise.all([database.pool.query("select 1"), database.pool.query("select 1")]);
    expect(idle).toHaveLength(2);
    const inTransaction = database.db.transaction(async (tx) => {
      await tx.insert(settings).values({ key: "half", value: true });
      await server.stop();
      await tx.insert(settings).values({ key: "other half", value: true });
    });
    await expect(inTransaction).rejects.toThrow(/Failed query/);
    await vi.waitFor(() =>
      expect(database.problem()).toMatch(/The database does not answer: .*(ECONNREFUSED|terminat)/),
    );
    await expect(database.pool.query("select 1")).rejects.toThrow(/ECONNREFUSED|terminated/);
    await server.start();
    await vi.waitFor(() => expect(database.problem()).toBeUndefined(), 20_000);
    expect(await database.db.select().from(settings)).toEqual([]);
    await database.close();
  });

  it("a server that is down at the start is waited for", async () => {
    const { url } = await createServedDatabase(server.url);
    await server.stop();
    const database = await openDatabase({ kind: "postgresql", url }, { probe: { interval: 20 } });
    expect(database.problem()).toContain("The database does not answer");
    await server.start();
    await vi.waitFor(() => expect(database.problem()).toBeUndefined(), 20_000);
    expect(await database.db.select().from(settings)).toEqual([]);
    await database.close();
  });

  it("a backup moves a shop from the embedded database to a server and back", async () => {
    const embedded = await openTestEmbedded();
    await fillWithEverything(embedded);
    const [first, second] = [await temporaryPath("first.backup"), await temporaryPath("second.backup")];
    const { rows } = await writeBackup(embedded.pool, first, 0);

    const { url } = await createServedDatabase(server.url);
    const served = openPool({ connectionString: url });
    expect((await restoreBackup(served, first)).rows).toEqual(rows);
    await writeBackup(served, second, 0);
    await served.end();

    const again = await openTestEmbedded();
    await restoreBackup(again.pool, second);
    for (const table of ["settings", "blobs", "rollups"]) {
      const text = `select ${table}::text as row from ${table} order by 1`;
      expect((await again.pool.query(text)).rows).toEqual((await embedded.pool.query(text)).rows);
    }
    await Promise.all([embedded.close(), again.close()]);
  });
});

/** Values that a careless dump would change. */
async function fillWithEverything({ pool }: OpenedDatabase): Promise<void> {
  await pool.query(
    `insert into settings values ('text', '"line\u2028feed \\\\ \\u00fc \\n"'), ('null', 'null'), ('big', '9007199254740993')`,
  );
  await pool.query("insert into blobs values ('all bytes', 0, $1), ('empty', 0, '')", [
    Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)),
  ]);
  await pool.query(
    "insert into rollups values ('2026-03-29T01:59:59.123456+01:00', 'pdp', 'default', -1, false, 1, 2, 3), ('infinity', '', E'\\t', 0, true, 0, 0, 0)",
  );
}
