/** A migrated embedded database for tests, quickly: loaded from a dump that is made once for each state of the migrations. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { migrate, readMigrations } from "../src/database/migrate.ts";
import { startEmbedded } from "../src/database/embedded/start.ts";
import { openDatabase, type OpenDatabaseOptions, type OpenedDatabase } from "../src/database/open.ts";
import { openPool } from "../src/database/pool.ts";
import { packageFolder } from "../src/package-files.ts";

const cacheFolder = join(packageFolder, "..", "..", ".cache", "test-database");

/** Fills a directory with an embedded database that has this version's tables, in place of making one from nothing. */
export async function makeMigratedDirectory(directory: string): Promise<void> {
  const embedded = await startEmbedded({ directory, dump: await migratedDump() });
  await embedded.close();
}

/** Embedded whatever the environment says. */
export async function openTestEmbedded(options: OpenDatabaseOptions = {}): Promise<OpenedDatabase> {
  return openDatabase({ kind: "embedded", dump: await migratedDump() }, options);
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
