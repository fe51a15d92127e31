/** Writes everything a database holds into one file, as it was at one moment. Queued jobs are no part of it. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { escapeIdentifier, type Pool, type PoolClient } from "pg";
import { inTransaction } from "../transaction.ts";
import type { BackupFooter, BackupHeader, TableLine } from "./format.ts";
import { listTables, type Table } from "./tables.ts";

export interface WrittenBackup {
  readonly rows: Readonly<Record<string, number>>;
  /** Of the file. */
  readonly bytes: number;
}

/** Rows fetched at once. */
const batch = 1000;

/**
 * An embedded database answers nothing else until this is done; a served one goes on.
 * @param path replaced as a whole: a reader sees the old file or the new one
 * @param now milliseconds since 1970, UTC
 * @example
 * await writeBackup(pool, "shop.backup", Date.now());
 */
export async function writeBackup(pool: Pool, path: string, now: number): Promise<WrittenBackup> {
  const part = `${path}.part`;
  const rows: Record<string, number> = {};
  try {
    await inTransaction(
      pool,
      async (client) => {
        const lines = Readable.from(backupLines(client, now, rows), { objectMode: false });
        await pipeline(lines, createGzip({ level: 6 }), createWriteStream(part, { mode: 0o600 }));
      },
      "begin transaction isolation level repeatable read read only",
    );
    const bytes = await flushToDisk(part);
    await rename(part, path);
    return { rows, bytes };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** @param rows filled with the number of rows of each table */
async function* backupLines(client: PoolClient, now: number, rows: Record<string, number>): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const hashed = (line: string): string => {
    hash.update(line);
    return line;
  };
  const migrations = await client.query<{ hash: string }>("select hash from migrations order by position");
  const header: BackupHeader = {
    format: "basketlift-backup",
    formatVersion: 1,
    createdAt: new Date(now).toISOString(),
    migrations: migrations.rows.map((row) => row.hash),
  };
  yield hashed(`${JSON.stringify(header)}\n`);
  for (const { name, columns } of await listTables(client)) {
    const opening: TableLine = { table: name, columns: columns.map((column) => column.name) };
    yield hashed(`${JSON.stringify(opening)}\n`);
    rows[name] = 0;
    for await (const chunk of tableRows(client, { name, columns })) {
      rows[name] += chunk.length;
      yield hashed(`${chunk.join("\n")}\n`);
    }
  }
  const footer: BackupFooter = { rows, sha256: hash.digest("hex") };
  yield `${JSON.stringify(footer)}\n`;
}

/** Rows as JSON arrays of texts. */
async function* tableRows(client: PoolClient, { name, columns }: Table): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${escapeIdentifier(column.name)}::text`).join(", ");
  await client.query(
    `declare backup_rows no scroll cursor for select json_build_array(${values})::text as line from ${escapeIdentifier(name)}`,
  );
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${batch} from backup_rows`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query("close backup_rows");
}

/** @returns the file's size */
async function flushToDisk(path: string): Promise<number> {
  const file = await open(path, "r+");
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
