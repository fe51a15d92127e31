/**
 * One server for one data directory: two would destroy an embedded database. An exclusive SQLite transaction on a file
 * inside the directory holds the lock; the kernel frees it with the process, however that ends, and sees it across
 * containers that share the volume. A second file says who holds it.
 * SQLite, "File Locking And Concurrency In SQLite Version 3".
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Somebody else works on the data directory. */
export class DataDirectoryInUse extends Error {
  override readonly name = "DataDirectoryInUse";
  /** Of the process that holds it, in that process's own namespace; unknown in the moment of its start. */
  readonly pid: number | undefined;

  constructor(directory: string, { pid, host }: Partial<Holder>) {
    const who = pid === undefined ? "another process" : `process ${pid}${host === hostname() ? "" : ` on ${host}`}`;
    super(`${directory} is in use by ${who}. Stop it first, or choose another directory with --data.`);
    this.pid = pid;
  }
}

export interface DataDirectoryLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

const lockName = "lock";
/** Apart from the lock: a process that closes any descriptor of the locked file would lose its POSIX locks on it. */
const holderName = "lock-holder.json";

/**
 * @param directory made when it is missing
 * @throws DataDirectoryInUse naming the process that holds it
 * @example
 * const lock = await lockDataDirectory("basketlift-data");
 * try { ... } finally { await lock.release(); }
 */
export async function lockDataDirectory(directory: string): Promise<DataDirectoryLock> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const holderPath = join(directory, holderName);
  const file = new DatabaseSync(join(directory, lockName), { timeout: 0 });
  try {
    file.exec("begin exclusive");
  } catch (error) {
    file.close();
    if (!isBusy(error)) throw error;
    throw new DataDirectoryInUse(directory, await readHolder(holderPath));
  }
  try {
    await writeFile(holderPath, JSON.stringify({ pid: process.pid, host: hostname() } satisfies Holder));
  } catch (error) {
    file.close();
    throw error;
  }
  return {
    async release() {
      if (!file.isOpen) return;
      await rm(holderPath, { force: true });
      file.close();
    },
  };
}

/** SQLITE_BUSY */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}

async function readHolder(path: string): Promise<Partial<Holder>> {
  try {
    const holder: unknown = JSON.parse(await readFile(path, "utf8"));
    return isHolder(holder) ? holder : {};
  } catch {
    // The other one has the lock and has not written yet.
    return {};
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== "object" || value === null) return false;
  return "pid" in value && typeof value.pid === "number" && "host" in value && typeof value.host === "string";
}
