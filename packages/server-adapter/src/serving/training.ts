/**
 * One training, from the shop's data to a published engine. The old engine serves until the new one is whole; when
 * anything fails it goes on serving, and the run says why.
 */
import { Worker } from "node:worker_threads";
import type { Progress } from "@basketlift/engine/models";
import { desc, eq, inArray } from "drizzle-orm";
import type { PoolConfig } from "pg";
import { z } from "zod";
import { engines, runs } from "../database/schema.ts";
import { bump } from "../database/versions.ts";
import { programUrl } from "../package-files.ts";
import { isConnectionLoss } from "../server/connection-loss.ts";
import type { Database } from "../server/services.ts";
import { deleteBlobs, storedFile, writeBlobs } from "./blobs.ts";
import { expired, keptEngineBytes } from "./retention.ts";
import type { TrainingOrder, TrainingReport, TrainingResult } from "./training-messages.ts";

/** What a training needs of the server. */
export interface TrainingServices {
  readonly database: { readonly db: Database; readonly connection: PoolConfig };
  readonly now: () => number;
}

export interface TrainOnceControls {
  /** Aborting ends the thread. With a `TrainingError` as reason the run has failed; with another one it waits again. */
  readonly signal?: AbortSignal | undefined;
  /** Called with what is being done, and how far the whole is, 0 to 1. */
  readonly onProgress?: ((step: string, progress: number) => void) | undefined;
}

/** The shop's data or the trained engine cannot be used; trying again will not help. The message says why. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
}

/** Engines kept however old and large they are, the serving one included. */
const leastEngines = 3;
/** Milliseconds between two notes of progress in the database. */
const noteInterval = 500;

/** Where the files of an engine stand among the blobs. */
export const enginePrefix = (runId: string): string => `engine/${runId}/`;

/**
 * Trains in a thread of its own, saves the files, and makes the engine the serving one.
 * @param runId a row of `runs` that waits
 * @throws TrainingError when the data cannot be trained on; whatever the database threw when it went away
 * @example
 * await trainOnce(services, runId, { signal: job.signal });
 */
export async function trainOnce(
  services: TrainingServices,
  runId: string,
  { signal, onProgress }: TrainOnceControls = {},
): Promise<void> {
  const { db } = services.database;
  const startedAt = new Date(services.now());
  await note(db, runId, { status: "running", startedAt, finishedAt: null, progress: 0, step: null, error: null });
  const keeper = keepProgress(db, runId, onProgress);
  try {
    const result = await inThread(services, { signal, onProgress: keeper.tell });
    await keeper.end();
    await publish(services, runId, result);
  } catch (error) {
    await keeper.end();
    // With the database gone the run cannot say so; the next try writes it.
    await note(db, runId, endOf(error, signal, new Date(services.now()))).catch(() => {});
    throw error;
  }
}

/** Work that was cut off, by a server that stops, waits for the next try; anything else has failed. */
function endOf(error: unknown, signal: AbortSignal | undefined, finishedAt: Date): Partial<typeof runs.$inferInsert> {
  if (signal?.aborted && !(error instanceof TrainingError)) return { status: "queued", startedAt: null, progress: 0 };
  return { status: "failed", finishedAt, error: error instanceof Error ? error.message : String(error) };
}

function note(db: Database, runId: string, values: Partial<typeof runs.$inferInsert>): Promise<unknown> {
  return db.update(runs).set(values).where(eq(runs.id, runId));
}

/** Runs the thread to its end. */
function inThread(
  { database, now }: TrainingServices,
  { signal, onProgress }: { signal: AbortSignal | undefined; onProgress: (progress: Progress) => void },
): Promise<TrainingResult> {
  signal?.throwIfAborted();
  const url = programUrl("serving/training.worker");
  const order: TrainingOrder = { connection: database.connection, readAt: now() };
  // Run from the sources, the thread too must find the engine's.
  const execArgv = url.pathname.endsWith(".ts") ? [...process.execArgv, "--conditions", "source"] : process.execArgv;
  const worker = new Worker(url, { workerData: order, execArgv });
  return new Promise<TrainingResult>((resolve, reject) => {
    const abort = (): void => {
      const reason: unknown = signal?.reason;
      reject(reason instanceof Error ? reason : new TrainingError("The training was cancelled."));
      void worker.terminate();
    };
    signal?.addEventListener("abort", abort, { once: true });
    worker.on("message", (message: TrainingReport) => {
      if (message.kind === "progress") onProgress(message.progress);
      else if (message.kind === "done") resolve(message);
      else reject(failureOf(message));
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      signal?.removeEventListener("abort", abort);
      reject(new Error("The training thread ended before it was done."));
    });
  });
}

/** A database that went away is worth another try; anything else is not. */
function failureOf({ reason, name }: Extract<TrainingReport, { kind: "failed" }>): Error {
  const lost = isConnectionLoss(new Error(reason)) || name === "DrizzleQueryError" || name === "AggregateError";
  return lost ? new Error(reason) : new TrainingError(reason);
}

/** Saves the files, then in one transaction makes them the serving engine; older ones go. */
async function publish(
  { database: { db }, now }: TrainingServices,
  runId: string,
  { files, stateVersion, snapshotVersion, facts }: TrainingResult,
): Promise<void> {
  const stored = await writeBlobs(db, enginePrefix(runId), new Map(files));
  const trainedAt = new Date(now());
  await db.transaction(async (transaction) => {
    await transaction.update(engines).set({ serving: false }).where(eq(engines.serving, true));
    const engine = { stateVersion, snapshotVersion, trainedAt, files: stored, serving: true };
    await transaction
      .insert(engines)
      .values({ runId, ...engine })
      .onConflictDoUpdate({ target: engines.runId, set: engine });
    const done = { status: "done", finishedAt: trainedAt, progress: 1, step: null, facts, stateVersion, error: null };
    await transaction.update(runs).set(done).where(eq(runs.id, runId));
    await bump(transaction, "engine");
  });
  await prune(db, trainedAt.getTime());
}

/** A server may still be reading the engine before the newest, and receipts replay on those of the last days. */
async function prune(db: Database, now: number): Promise<void> {
  const all = await db
    .select({ runId: engines.runId, trainedAt: engines.trainedAt, files: engines.files })
    .from(engines)
    .orderBy(desc(engines.serving), desc(engines.trainedAt));
  const entries = all.map(({ runId, files }, place) => ({
    runId,
    servedUntil: place === 0 ? now : all[place - 1].trainedAt.getTime(),
    bytes: z
      .array(storedFile)
      .parse(files)
      .reduce((sum, { bytes }) => sum + bytes, 0),
  }));
  const old = expired(entries, { least: leastEngines, bytes: keptEngineBytes, now }).map(({ runId }) => runId);
  if (old.length === 0) return;
  await db.transaction(async (transaction) => {
    await transaction.delete(engines).where(inArray(engines.runId, old));
    for (const runId of old) await deleteBlobs(transaction, enginePrefix(runId));
  });
}

/** Steps a training has, more or less: the share of those behind it is how far it is. */
const usualSteps = 16;

/** Notes progress in the database now and then, one note at a time. */
function keepProgress(
  db: Database,
  runId: string,
  onProgress: TrainOnceControls["onProgress"],
): { tell(progress: Progress): void; end(): Promise<void> } {
  let steps = 0;
  let current: { readonly step: string; readonly progress: number } | undefined;
  let writing = Promise.resolve();
  const write = (): void => {
    const latest = current;
    if (latest) writing = writing.then(async () => void (await note(db, runId, latest).catch(() => {})));
    current = undefined;
  };
  let lastStep = "";
  const timer = setInterval(write, noteInterval).unref();
  return {
    tell({ step, done, total }) {
      if (step !== lastStep) steps++;
      lastStep = step;
      const progress = Math.min(0.99, (steps - 1 + (total > 0 ? done / total : 0)) / usualSteps);
      current = { step, progress };
      onProgress?.(step, progress);
    },
    async end() {
      clearInterval(timer);
      await writing;
    },
  };
}
