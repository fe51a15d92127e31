/**
 * A migrated database for each test file, quickly: the embedded one is loaded from a dump that is made once for each
 * state of the migrations, one on the server that TEST_DATABASE_URL names is created and dropped again.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { migrate, readMigrations } from "../src/database/migrate.ts";
import { startEmbedded } from "../src/database/embedded/start.ts";
import { openDatabase, type OpenDatabaseOptions, type OpenedDatabase } from "../src/database/open.ts";
import { openPool } from "../src/database/pool.ts";
import { packageFolder } from "../src/package-files.ts";

const cacheFolder = join(packageFolder, "..", "..", ".cache", "test-database");

/** Where the tests' PostgreSQL server is, when there is one. */
export const serverUrl = process.env["TEST_DATABASE_URL"];

/** @returns an empty database with this version's tables: on the server of TEST_DATABASE_URL, or embedded in memory */
export async function openTestDatabase(options: OpenDatabaseOptions = {}): Promise<OpenedDatabase> {
  return serverUrl === undefined ? openTestEmbedded(options) : openTestServed(serverUrl, options);
}

/** Fills a directory with an embedded database that has this version's tables, in place of making one from nothing. */
export async function makeMigratedDirectory(directory: string): Promise<void> {
  const embedded = await startEmbedded({ directory, dump: await migratedDump() });
  await embedded.close();
}

/** Embedded whatever the environment says. */
export async function openTestEmbedded(options: OpenDatabaseOptions = {}): Promise<OpenedDatabase> {
  return openDatabase({ kind: "embedded", dump: await migratedDump() }, options);
}

/** A database of its own on a server. */
export async function openTestServed(server: string, options: OpenDatabaseOptions = {}): Promise<OpenedDatabase> {
  const { url, drop } = await createServedDatabase(server);
  const database = await openDatabase({ kind: "postgresql", url }, options);
  return {
    ...database,
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** @returns the address of a new, empty database on a server */
export async function createServedDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `basketlift_test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(server);
  url.pathname = `/${name}`;
  await administrate(server, `create database ${name}`);
  return { url: url.href, drop: () => administrate(server, `drop database ${name} with (force)`) };
}

async function administrate(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

let dump: Promise<Uint8Array<ArrayBuffer>> | undefined;

/** Read once for each process, made once for each state of the migrations. */
function migratedDump(): Promise<Uint8Array<ArrayBuffer>> {
  return (dump ??= findDump());
}

async function findDump(): Promise<Uint8Array<ArrayBuffer>> {
  const hash = createHash("sha256");
  for (const migration of readMigrations()) hash.update(migration.hash);
  const path = join(cacheFolder, `${hash.digest("hex").slice(0, 16)}.tar.gz`);
  const found = await readFile(path).catch(() => undefined);
  if (found) return new Uint8Array(found);
  const made = await makeDump();
  await mkdir(cacheFolder, { recursive: true });
  const part = `${path}.${randomUUID()}`;
  await writeFile(part, made);
  await rename(part, path);
  return made;
}

async function makeDump(): Promise<Uint8Array<ArrayBuffer>> {
  const parent = await mkdtemp(join(tmpdir(), "basketlift-dump-"));
  const directory = join(parent, "database");
  try {
    const embedded = await startEmbedded({ directory });
    const pool = openPool(embedded.connection);
    await migrate(pool);
    await pool.end();
    await embedded.close();
    const stopped = await PGlite.create({ dataDir: directory });
    const file = await stopped.dumpDataDir("gzip");
    await stopped.close();
    return new Uint8Array(await file.arrayBuffer());
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}
