/** The database of a shop with all its tables, those of the sign-in among them: for the server, and for the command line. */
import { join } from "node:path";
import type { Pool } from "pg";
import { writeBackup } from "../database/backup/index.ts";
import { openDatabase, type DatabaseLocation, type OpenedDatabase } from "../database/open.ts";
import type { DataDirectory } from "./data-directory.ts";
import type { Secrets } from "./services.ts";
import { createSignIn, type SignIn } from "./sign-in.ts";

export interface OpenShopOptions {
  /** A PostgreSQL server in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** Locked by this process, unless there is a `databaseUrl`. */
  readonly directory: DataDirectory;
  readonly secrets: Secrets;
  /** Where people reach the server: the cookies of signing in are `Secure` when it is https. */
  readonly publicUrl?: string | undefined;
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
}

/**
 * Brings the tables up to date, and saves what they hold before that.
 * @throws when an embedded database cannot be opened at all; what else is wrong, `database.problem()` says
 * @example
 * const { database } = await openShop({ directory, secrets, now: Date.now });
 */
export async function openShop({
  databaseUrl,
  directory,
  secrets,
  publicUrl,
  now,
}: OpenShopOptions): Promise<{ readonly database: OpenedDatabase; readonly signIn: SignIn }> {
  const location: DatabaseLocation =
    databaseUrl === undefined
      ? { kind: "embedded", directory: directory.database }
      : { kind: "postgresql", url: databaseUrl };
  let signIn: SignIn | undefined;
  const signInOver = (pool: Pool): SignIn => (signIn ??= createSignIn({ database: { pool }, secrets, publicUrl, now }));
  const database = await openDatabase(location, {
    beforeChange: async (pool) => {
      const time = new Date(now()).toISOString().replaceAll(/[:.]/g, "-");
      await writeBackup(pool, join(directory.backups, `before-migration-${time}.backup`), now());
    },
    afterMigrations: (pool) => signInOver(pool).prepare(),
  });
  return { database, signIn: signInOver(database.pool) };
}
