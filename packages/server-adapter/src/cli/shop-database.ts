/** The server's database while no server runs on it, for commands that save, restore and mend it. */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Pool } from "pg";
import { BackupError } from "../database/backup/index.ts";
import { DataDirectoryInUse, lockDataDirectory } from "../database/lock.ts";
import { startEmbedded } from "../database/embedded/start.ts";
import type { OpenedDatabase } from "../database/open.ts";
import { openPool } from "../database/pool.ts";
import { dataDirectoryAt, openDataDirectory } from "../server/data-directory.ts";
import { openShop } from "../server/open-shop.ts";
import { loadSecrets } from "../server/secrets.ts";
import { ProblemError } from "../server/problem.ts";
import { createSignIn, type SignIn } from "../server/sign-in.ts";
import type { Options } from "./command.ts";
import { databaseUrl, defaultDataDirectory } from "./data-option.ts";
import { InputError } from "./exit.ts";

/** @throws InputError when the embedded database was never made; a PostgreSQL server speaks for itself */
export async function requireShop(path: string): Promise<void> {
  if (databaseUrl() !== undefined) return;
  const made = await stat(join(dataDirectoryAt(path).database, "PG_VERSION")).catch(() => undefined);
  if (!made) throw new InputError(`There is no shop in ${path}. Name its directory with --data.`);
}

/** The data directory that a command line names. */
export function pathOf(options: Options): string {
  return options.text("data") ?? defaultDataDirectory;
}

/**
 * Opens the database as it is, without migrating it.
 * @param work is also given the sign-in over it
 * @throws InputError when a server runs on the directory, or the file or database does not fit
 */
export async function withShopDatabase<Result>(
  path: string,
  work: (database: { readonly pool: Pool }, signIn: SignIn) => Promise<Result>,
): Promise<Result> {
  const url = databaseUrl();
  const directory = await openDataDirectory(path);
  const lock = url === undefined ? await lockDataDirectory(path).catch(inWords) : undefined;
  const embedded = url === undefined ? await startEmbedded({ directory: directory.database }) : undefined;
  const pool = openPool({ ...(embedded?.connection ?? { connectionString: url }), max: 2 });
  try {
    const secrets = await loadSecrets(directory.secrets);
    return await work({ pool }, createSignIn({ database: { pool }, secrets, now: Date.now }));
  } catch (error) {
    return inWords(error);
  } finally {
    await pool.end();
    await embedded?.close();
    await lock?.release();
  }
}

/**
 * Opens the shop as a server would: made where it is missing, its tables those of this version.
 * @throws InputError when a server runs on the directory, or the database does not answer
 */
export async function withShop<Result>(
  path: string,
  work: (database: OpenedDatabase) => Promise<Result>,
): Promise<Result> {
  const url = databaseUrl();
  const directory = await openDataDirectory(path);
  const lock = url === undefined ? await lockDataDirectory(path).catch(inWords) : undefined;
  try {
    const secrets = await loadSecrets(directory.secrets);
    const { database } = await openShop({ databaseUrl: url, directory, secrets, now: Date.now });
    try {
      const problem = database.problem();
      if (problem !== undefined) throw new InputError(problem);
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await lock?.release();
  }
}

/** What the user can mend, without a stack. */
export function inWords(error: unknown): never {
  if (error instanceof DataDirectoryInUse || error instanceof BackupError || error instanceof ProblemError) {
    throw new InputError(error.message, { cause: error });
  }
  throw error;
}
