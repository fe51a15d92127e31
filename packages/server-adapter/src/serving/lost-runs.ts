/**
 * Imports and trainings that nobody works on any more - the server was killed once too often, a command line was - end
 * as failed, with a reason, so that nobody waits for them.
 */
import { and, eq, inArray } from "drizzle-orm";
import { imports, runs } from "../database/schema.ts";
import { systemTimer, type Timer } from "../database/timer.ts";
import type { Services } from "../server/services.ts";
import type { JobKind } from "./jobs.ts";

type WatchedServices = Pick<Services, "database" | "jobs" | "uploads" | "now">;

export interface WatchRunsOptions {
  /** Told what went wrong while looking. */
  readonly onProblem?: (problem: unknown) => void;
  readonly timer?: Timer;
}

/** Milliseconds between two looks. */
const interval = 30_000;
/** Milliseconds after which work without a job is given up, where another process may be the one that does it. */
const longestWork = 6 * 3_600_000;
const unfinished = ["queued", "running", "undoing"];

const whyLost: Readonly<Record<JobKind, string>> = {
  import:
    "The import was cut off and did not come to its end. Import the file again: what came in already is not counted twice.",
  train: "The training was cut off and did not come to its end. Train again; the engine before it went on serving.",
};
const whyUndoLost = "Taking it back was cut off. Take it back again: it goes on where it was.";

/**
 * Looks now, and then every half minute.
 * @returns stops looking
 * @example
 * const stop = await watchRuns(services, { onProblem });
 */
export async function watchRuns(
  services: WatchedServices,
  { onProblem = () => {}, timer = systemTimer }: WatchRunsOptions = {},
): Promise<() => Promise<void>> {
  const { database, now, uploads } = services;
  const startedAt = now();
  // Nobody else can be at work on an embedded database: what began before this process is over.
  const cutOffBefore = (): number => (database.kind === "embedded" ? startedAt : now() - longestWork);
  const look = (): Promise<unknown> => endLostRuns(services, cutOffBefore());
  try {
    await look();
    await uploads.removeAllBut(await unfinishedImports(services));
  } catch (error) {
    onProblem(error);
  }
  return timer.every(interval, async () => void (await look().catch(onProblem)));
}

/** @param cutOffBefore milliseconds since 1970, UTC: work without a job that began earlier is over */
export async function endLostRuns(services: WatchedServices, cutOffBefore: number): Promise<void> {
  for (const importId of await endLost(services, "import", cutOffBefore)) await services.uploads.remove(importId);
  await endLost(services, "train", cutOffBefore);
}

/** @returns the ids of those that were ended */
async function endLost(
  { database: { db }, jobs, now }: WatchedServices,
  kind: JobKind,
  cutOffBefore: number,
): Promise<readonly string[]> {
  const table = kind === "import" ? imports : runs;
  const open = await db
    .select({ id: table.id, jobId: table.jobId, createdAt: table.createdAt, error: table.error, status: table.status })
    .from(table)
    .where(inArray(table.status, unfinished));
  const ended: string[] = [];
  for (const { id, jobId, createdAt, error, status } of open) {
    const isLost = jobId === null ? createdAt.getTime() < cutOffBefore : !(await jobs.isAlive(kind, jobId));
    if (!isLost) continue;
    const why = status === "undoing" ? whyUndoLost : whyLost[kind];
    const told = error === null ? why : `${error} ${why}`;
    const values = { status: "failed", finishedAt: new Date(now()), step: null, error: told };
    // It may have come to its end since it was looked at.
    const done = await db
      .update(table)
      .set(values)
      .where(and(eq(table.id, id), inArray(table.status, unfinished)))
      .returning({ id: table.id });
    if (done.length > 0) ended.push(id);
  }
  return ended;
}

async function unfinishedImports({ database: { db } }: WatchedServices): Promise<ReadonlySet<string>> {
  const rows = await db.select({ id: imports.id }).from(imports).where(inArray(imports.status, unfinished));
  return new Set(rows.map(({ id }) => id));
}
