/**
 * Brings a database to this version's tables: applies the SQL files that drizzle-kit wrote from `schema.ts` and that it
 * has not seen, each in a transaction of its own. Applying them again does nothing, and two servers that start at once
 * wait for each other.
 */
import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Pool, PoolClient } from "pg";
import { packageFolder } from "../package-files.ts";
import { isConnectionLoss } from "../server/connection-loss.ts";
import { inTransaction } from "./transaction.ts";

/** One SQL file. */
export interface Migration {
  readonly hash: string;
  readonly statements: readonly string[];
}

/** A migration failed, or the database was made by a newer version. The message says which and why. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

export interface MigrateOptions {
  /** Oldest first. Default: those of this version. */
  migrations?: readonly Migration[];
  /** Stop after this many, counted from the first of all. */
  until?: number;
  /** Called before the first change to a database that has tables already; when it rejects, nothing is changed. */
  beforeChange?: () => Promise<void>;
}

/** Any number that all versions of this program agree on. */
const migrationLock = 7_264_011;

/** @returns this version's migrations, oldest first */
export function readMigrations(folder = join(packageFolder, "migrations")): Migration[] {
  return readMigrationFiles({ migrationsFolder: folder }).map(({ hash, sql }) => ({ hash, statements: sql }));
}

/**
 * @returns how many migrations were applied by this call
 * @throws MigrationError when one fails; those before it stay, it leaves nothing behind
 * @throws whatever the connection says when the database does not answer
 */
export async function migrate(
  pool: Pool,
  { migrations = readMigrations(), until = migrations.length, beforeChange }: MigrateOptions = {},
): Promise<number> {
  await alone(pool, (client) =>
    client.query(
      "create table if not exists migrations (hash text primary key, position integer not null, applied_at timestamptz not null default now())",
    ),
  );
  const known = await countApplied(pool, migrations);
  const pending = migrations.slice(known, until);
  if (known > 0 && pending.length > 0) await beforeChange?.();
  let applied = 0;
  for (const [index, migration] of pending.entries()) {
    if (await applyOne(pool, migration, known + index)) applied += 1;
  }
  return applied;
}

/**
 * @returns how many of these migrations the database has
 * @throws MigrationError when it has others: it belongs to a newer version
 */
export async function countApplied(pool: Pool, migrations: readonly Migration[] = readMigrations()): Promise<number> {
  const { rows } = await pool.query<{ hash: string }>("select hash from migrations order by position");
  const strange = rows.some(({ hash }, index) => migrations[index]?.hash !== hash);
  if (strange) {
    throw new MigrationError(
      "The database was made by another version of Basketlift, probably a newer one. Start that version, or restore a backup.",
    );
  }
  return rows.length;
}

/** @returns false when another server was faster */
async function applyOne(pool: Pool, { hash, statements }: Migration, position: number): Promise<boolean> {
  try {
    return await alone(pool, async (client) => {
      const { rowCount } = await client.query("select 1 from migrations where hash = $1", [hash]);
      if (rowCount) return false;
      for (const statement of statements) await client.query(statement);
      await client.query("insert into migrations (hash, position) values ($1, $2)", [hash, position]);
      return true;
    });
  } catch (error) {
    if (isConnectionLoss(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`Migration ${position + 1} failed and was undone: ${reason}.`, { cause: error });
  }
}

/** Alone among all servers, until the transaction ends. */
function alone<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    return work(client);
  });
}
