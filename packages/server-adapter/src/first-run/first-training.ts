/** Waits for the first engine: asks for a training where none is under way, and tells how far it is. */
import { setTimeout as pause } from "node:timers/promises";
import type { TrainingControls } from "@basketlift/engine/models";
import { and, desc, inArray, isNotNull } from "drizzle-orm";
import { runs } from "../database/schema.ts";
import type { EngineHolder } from "../serving/engine-holder.ts";
import { asProblem } from "../server/answer.ts";
import { findRun, requestTraining, type StoredRun } from "../serving/training-runs.ts";
import type { Services } from "../server/services.ts";

/** Milliseconds between two looks. */
const interval = 250;

/**
 * Resolves when an engine serves; a database that is away meanwhile is waited for.
 * @throws when the training failed; the message says why
 */
export async function trainFirst(
  services: Pick<Services, "database" | "jobs" | "now">,
  engine: Pick<EngineHolder, "current" | "refresh">,
  { signal, onProgress }: TrainingControls = {},
): Promise<void> {
  let runId: StoredRun["id"] | undefined;
  async function look(): Promise<void> {
    runId ??= (await runUnderWay(services)) ?? (await requestTraining(services)).runId;
    const run = await findRun(services.database.db, runId);
    if (run?.status === "failed") throw new Error(`The training failed: ${run.error ?? "it does not say why"}`);
    if (run?.status === "done") await engine.refresh();
    else if (run?.step) onProgress?.({ step: run.step, done: Math.round(run.progress * 100), total: 100 });
  }
  while (!engine.current()) {
    await look().catch(unlessDatabaseIsAway);
    await pause(interval, undefined, { signal });
  }
}

/** The training goes on in its job, or is asked for again; the next look may find the database back. */
function unlessDatabaseIsAway(error: unknown): void {
  if (asProblem(error).code !== "database-down") throw error;
}

async function runUnderWay({ database: { db } }: Pick<Services, "database">): Promise<StoredRun["id"] | undefined> {
  const [run] = await db
    .select({ id: runs.id })
    .from(runs)
    // The training of a command line has no job, and may have been killed with it.
    .where(and(inArray(runs.status, ["queued", "running"]), isNotNull(runs.jobId)))
    .orderBy(desc(runs.createdAt))
    .limit(1);
  return run?.id;
}
