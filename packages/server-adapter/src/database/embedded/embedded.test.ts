import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import type { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { temporaryPath } from "../../../test/temporary-file.ts";
import { openPool } from "../pool.ts";
import { startEmbedded, type EmbeddedDatabase } from "./start.ts";

describe("the embedded database", () => {
  let embedded: EmbeddedDatabase;
  let pool: Pool;
  beforeAll(async () => {
    embedded = await startEmbedded();
    pool = openPool({ ...embedded.connection, max: 8 });
    await pool.query("create table counters (id int primary key, value int not null)");
    await pool.query("insert into counters values (1, 0)");
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await embedded.close();
  });

  async function transaction(statements: readonly string[]): Promise<void> {
    const client = await pool.connect();
    try {
      await client.query("begin");
      for (const statement of statements) await client.query(statement);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  }

  it("gives every client the answer to its own question, whatever the others do", async () => {
    const questions = Array.from({ length: 200 }, async (_, index) => {
      if (index % 4 === 0) return transaction(["update counters set value = value + 1"]);
      if (index % 4 === 1) return transaction(["select 1 / 0"]).catch(() => {});
      const { rows } = await pool.query("select $1::text as name, $2::int as index", [`name ${index}`, index]);
      expect(rows).toEqual([{ name: `name ${index}`, index }]);
    });
    await Promise.all(questions);
    const { rows } = await pool.query("select value from counters");
    expect(rows).toEqual([{ value: 50 }]);
  });

  it("rolls back what a client had begun when it leaves, and goes on with the others", async () => {
    const leaver = await pool.connect();
    leaver.on("error", () => {});
    await leaver.query("begin");
    await leaver.query("insert into counters values (2, 0)");
    const other = pool.query("select count(*)::int as count from counters");
    leaver.release(true);
    expect((await other).rows).toEqual([{ count: 1 }]);
  });

  it("hangs up on a client that does not speak its protocol, and goes on with the others", async () => {
    const socket = connect(String(embedded.connection.host) + "/.s.PGSQL.5432");
    const closed = once(socket, "close");
    socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 3, 0, 0]));
    await closed;
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });

  it("carries values of megabytes both ways", async () => {
    const text = "ü".repeat(3_000_000);
    const { rows } = await pool.query<{ echo: string }>("select $1::text as echo", [text]);
    expect(rows[0].echo === text).toBe(true);
  });

  it("keeps its data in a directory, however deep that lies", async () => {
    const directory = join(await temporaryPath("deep".repeat(20)), "deeper".repeat(20));
    await mkdir(directory, { recursive: true });
    for (const expected of [[], [{ id: 1 }]]) {
      const own = await startEmbedded({ directory });
      const connections = openPool(own.connection);
      await connections.query("create table if not exists kept (id int)");
      expect((await connections.query("select id from kept")).rows).toEqual(expected);
      await connections.query("insert into kept values (1)");
      await connections.end();
      await own.close();
    }
  });

  it("says so when the directory does not open as a database", async () => {
    const directory = await temporaryPath("database");
    await mkdir(directory);
    await writeFile(join(directory, "PG_VERSION"), "18\n");
    await expect(startEmbedded({ directory })).rejects.toThrow("The embedded database does not open");
  });

  it("comes back by itself with its data when it fails", async () => {
    const directory = await temporaryPath("database");
    const own = await startEmbedded({ directory });
    const connections = openPool(own.connection);
    await connections.query("create table kept (id int)");
    // The one statement a backend without a process of its own cannot answer.
    await expect(connections.query("copy kept from stdin")).rejects.toThrow(/EOF|terminated|ECONNRESET/);
    const count = await vi.waitFor(() => connections.query("select count(*)::int as count from kept"), 20_000);
    expect(count.rows).toEqual([{ count: 0 }]);
    expect(own.problem()).toBeUndefined();
    await connections.end();
    await own.close();
  });

  it("closes although it has just failed", async () => {
    const own = await startEmbedded();
    const connections = openPool(own.connection);
    await connections.query("create table lost (id int)");
    await expect(connections.query("copy lost from stdin")).rejects.toThrow(/EOF|terminated|ECONNRESET/);
    await vi.waitFor(() => expect(own.problem()).toContain("The embedded database"), 20_000);
    await connections.end();
    await own.close();
  });
});
