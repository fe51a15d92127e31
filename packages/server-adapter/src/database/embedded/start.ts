/**
 * Starts the embedded database in a thread and keeps it there: it listens on a unix socket, so that the very same
 * `pg.Pool` speaks to it as to a PostgreSQL server, from this thread or any other. A thread that dies is started again.
 */
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { PoolConfig } from "pg";
import { programUrl } from "../../package-files.ts";
import type { EmbeddedOrder, EmbeddedReport } from "./protocol.ts";

export interface EmbeddedOptions {
  /** Where the data lies; in memory when absent. */
  directory?: string | undefined;
  /** A database to begin with when there is none yet: tar or tar.gz as PGlite dumps it. */
  dump?: Uint8Array<ArrayBuffer> | undefined;
}

export interface EmbeddedDatabase {
  /** For `pg.Pool`. */
  readonly connection: PoolConfig;
  /** Why nobody answers at the moment, in words. */
  problem(): string | undefined;
  close(): Promise<void>;
}

/** A path in a `sockaddr_un` has 108 bytes, the last one zero. */
const longestSocketPath = 107;
const socketName = ".s.PGSQL.5432";
/** Milliseconds before a thread that died is replaced. */
const restartDelay = 1000;

/**
 * @throws when the directory cannot be opened as a database
 * @example
 * const embedded = await startEmbedded({ directory: "basketlift-data/database" });
 * const pool = new Pool(embedded.connection);
 */
export async function startEmbedded({ directory, dump }: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const path = directory === undefined ? undefined : resolve(directory);
  if (path !== undefined) await mkdir(path, { recursive: true, mode: 0o700 });
  const socketDirectory = await makeSocketDirectory(path);
  const socketPath = join(socketDirectory, socketName);
  const fresh = path === undefined || !existsSync(join(path, "PG_VERSION"));
  let closing = false;
  let problem: string | undefined;
  let restarting: Promise<void> | undefined;
  let worker = await launch({ directory: path, socketPath, dump: fresh ? dump : undefined });
  watch(worker);

  function watch(started: Worker): void {
    started.on("message", (message: EmbeddedReport) => {
      if (message.kind === "failed") problem = `The embedded database failed: ${message.reason}`;
    });
    started.on("error", (error: Error) => {
      problem = `The embedded database failed: ${error.message}`;
    });
    started.once("exit", () => {
      problem ??= "The embedded database ended unexpectedly.";
      restartLater();
    });
  }

  function restartLater(): void {
    if (closing) return;
    const run = (): void => {
      restarting = restart();
    };
    setTimeout(run, restartDelay).unref();
  }

  async function restart(): Promise<void> {
    if (closing) return;
    try {
      worker = await launch({ directory: path, socketPath, dump: path === undefined ? dump : undefined });
      watch(worker);
      problem = undefined;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      restartLater();
    }
  }

  return {
    connection: { host: socketDirectory, port: 5432, user: "postgres", database: "postgres" },
    problem: () => problem,
    async close() {
      if (closing) return;
      closing = true;
      await restarting;
      await stop(worker);
      await rm(socketDirectory, { recursive: true, force: true });
    },
  };
}

/** Inside the data, where its owner alone may enter; elsewhere when that path is too long for a socket. */
async function makeSocketDirectory(directory: string | undefined): Promise<string> {
  const inside = directory === undefined ? undefined : `${directory}-socket`;
  if (inside === undefined || Buffer.byteLength(join(inside, socketName)) > longestSocketPath) {
    return mkdtemp(join(tmpdir(), "basketlift-"));
  }
  await mkdir(inside, { recursive: true });
  await chmod(inside, 0o700);
  return inside;
}

async function launch(order: EmbeddedOrder): Promise<Worker> {
  // One left behind by a process that was killed; the data directory's lock says that nobody listens.
  await rm(order.socketPath, { force: true });
  const worker = new Worker(programUrl("database/embedded/server.worker"), { workerData: order });
  return new Promise((done, reject) => {
    const onExit = (): void => reject(new Error("The embedded database ended before it answered."));
    const onMessage = (message: EmbeddedReport): void => {
      worker.off("exit", onExit);
      worker.off("message", onMessage);
      worker.off("error", reject);
      if (message.kind === "listening") done(worker);
      else reject(new Error(`The embedded database does not open: ${message.reason}`));
    };
    worker.on("message", onMessage);
    worker.once("exit", onExit);
    worker.once("error", reject);
  });
}

/** The id of a thread that has ended. */
const endedThread = -1;

async function stop(worker: Worker): Promise<void> {
  if (worker.threadId === endedThread) return;
  await new Promise((resolve) => {
    worker.once("exit", resolve);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage("close");
  });
}
