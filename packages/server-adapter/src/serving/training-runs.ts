/** Training runs: asking for one, and reading what became of them. */
import { randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { runs } from "../database/schema.ts";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import type { Database, Services } from "../server/services.ts";
import { trainingFacts } from "./training-messages.ts";

export type StoredRun = typeof runs.$inferSelect;
export type PublicRun = RouteOutput<BasketliftContract["getAffinityRun"]>;

/**
 * Queues a training. Where one waits already, that one will do: it reads the shop when it begins.
 * @returns the job's id, which is the run's too
 * @example
 * const { jobId } = await requestTraining(services);
 */
export async function requestTraining({
  database: { db },
  jobs,
  now,
}: Pick<Services, "database" | "jobs" | "now">): Promise<{ jobId: string; runId: string }> {
  const runId = randomUUID();
  await db.insert(runs).values({ id: runId, status: "queued", createdAt: new Date(now()), progress: 0 });
  try {
    const jobId = await jobs.start("train", { runId });
    const waiting = await takeJob(db, runId, jobId);
    return { jobId, runId: waiting };
  } catch (error) {
    await db
      .delete(runs)
      .where(eq(runs.id, runId))
      .catch(() => {});
    throw error;
  }
}

/** @returns the run that the job will work on: another one's when the job was there before */
async function takeJob(db: Database, runId: string, jobId: string): Promise<string> {
  const [waiting] = await db.select({ id: runs.id }).from(runs).where(eq(runs.jobId, jobId));
  if (waiting) {
    await db.delete(runs).where(eq(runs.id, runId));
    return waiting.id;
  }
  await db.update(runs).set({ jobId }).where(eq(runs.id, runId));
  return runId;
}

/** Newest first. */
export function findRuns(
  db: Database,
  after: readonly [time: number, id: string] | undefined,
  limit: number,
): Promise<StoredRun[]> {
  return db
    .select()
    .from(runs)
    .where(and(after && sql`(${runs.createdAt}, ${runs.id}) < (${new Date(after[0])}, ${after[1]})`))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(limit);
}

export async function findRun(db: Database, id: string): Promise<StoredRun | undefined> {
  const [run] = await db.select().from(runs).where(eq(runs.id, id));
  return run;
}

/** A run as the API answers it. */
export function presentRun(run: StoredRun): PublicRun {
  const facts = trainingFacts.safeParse(run.facts).data;
  return {
    id: run.id,
    status: statusOf(run.status),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    progress: run.progress,
    step: run.step,
    orders: facts?.orders ?? null,
    products: facts?.products ?? null,
    testedPairs: facts?.testedPairs ?? null,
    significantPairs: facts?.significantPairs ?? null,
    affinities: facts?.affinities ?? null,
    stateVersion: run.stateVersion,
    error: run.error,
  };
}

function statusOf(status: string): PublicRun["status"] {
  return status === "queued" || status === "running" || status === "done" ? status : "failed";
}
