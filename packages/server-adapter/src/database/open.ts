/** Opens the database a server works on - embedded in a directory, or a PostgreSQL server - and brings it up to date. */
import type { Pool, PoolConfig } from "pg";
import { isConnectionLoss } from "../server/connection-loss.ts";
import type { DatabaseService } from "../server/services.ts";
import { startEmbedded, type EmbeddedDatabase } from "./embedded/start.ts";
import { tendTables } from "./embedded/upkeep.ts";
import { migrate, type MigrateOptions } from "./migrate.ts";
import { connectionsFor, openDrizzle, openPool } from "./pool.ts";
import { systemTimer } from "./timer.ts";
import { startProbe, type ProbeOptions } from "./probe.ts";

/** Milliseconds between two looks after an embedded database. */
const upkeepInterval = 600_000;

/** Where the data lies. */
export type DatabaseLocation =
  | { readonly kind: "embedded"; readonly directory?: string; readonly dump?: Uint8Array<ArrayBuffer> }
  | { readonly kind: "postgresql"; readonly url: string };

export interface OpenDatabaseOptions {
  probe?: Omit<ProbeOptions, "onAnswer">;
  migrations?: MigrateOptions["migrations"];
  /** Called before the first change to a database that has tables already. */
  beforeChange?: (pool: Pool) => Promise<void>;
  /** Called once the tables are those of this version, for what libraries keep beside them. */
  afterMigrations?: (pool: Pool) => Promise<void>;
}

export interface OpenedDatabase extends DatabaseService {
  /** For threads and libraries that bring their own connections. */
  readonly connection: PoolConfig;
}

/**
 * Milliseconds an answer may take. The embedded database answers one question at a time: behind a long one it is busy, not
 * gone, and its thread says itself when it ends.
 */
const answerPatience = { embedded: 30_000, postgresql: 2000 } as const;

/**
 * Resolves although the database is down or its migration failed: `problem()` then says why, and the server can tell. One
 * that was down is brought up to date as soon as it answers.
 * @throws when an embedded database cannot be opened at all
 * @example
 * const database = await openDatabase({ kind: "embedded", directory: "basketlift-data/database" });
 */
export async function openDatabase(
  location: DatabaseLocation,
  { probe: probeOptions = {}, migrations, beforeChange, afterMigrations }: OpenDatabaseOptions = {},
): Promise<OpenedDatabase> {
  const embedded = location.kind === "embedded" ? await startEmbedded(location) : undefined;
  const connection = embedded?.connection ?? { connectionString: location.kind === "postgresql" ? location.url : "" };
  const pool = openPool({ ...connection, max: connectionsFor(location.kind) });
  let outdated: string | undefined = "The database's tables were not checked yet.";
  let failedForGood = false;

  async function bringUpToDate(): Promise<void> {
    if (outdated === undefined || failedForGood) return;
    try {
      await migrate(pool, {
        ...(migrations && { migrations }),
        ...(beforeChange && { beforeChange: () => beforeChange(pool) }),
      });
      await afterMigrations?.(pool);
      outdated = undefined;
    } catch (error) {
      failedForGood = !isConnectionLoss(error);
      outdated = `The database could not be brought up to date: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  // A table that cannot be tended now can be the next time.
  const tend = async (): Promise<void> => void (await tendTables(pool).catch(() => {}));
  const stopTending = embedded && systemTimer.every(upkeepInterval, tend);
  const probe = startProbe(connection, {
    patience: answerPatience[location.kind],
    ...probeOptions,
    onAnswer: bringUpToDate,
  });
  await probe.ask();
  return {
    kind: location.kind,
    pool,
    db: openDrizzle(pool),
    connection,
    problem: () => embedded?.problem() ?? probe.problem() ?? outdated,
    async close() {
      await stopTending?.();
      await closeAll(pool, probe, embedded);
    },
  };
}

async function closeAll(pool: Pool, probe: { close(): Promise<void> }, embedded?: EmbeddedDatabase): Promise<void> {
  await Promise.all([pool.end(), probe.close()]);
  await embedded?.close();
}
