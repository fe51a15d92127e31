/** `POST /imports/:id/undo`: stops an import that waits or runs, and has a job take back what came in. */
import { and, eq, inArray } from "drizzle-orm";
import { imports } from "../../database/schema.ts";
import { ProblemError } from "../../server/problem.ts";
import type { Services } from "../../server/services.ts";
import { whyNotUndoable } from "./undo-answer.ts";

type Row = typeof imports.$inferSelect;
type UndoServices = Pick<Services, "database" | "jobs" | "uploads" | "now">;

export interface UndoRequest {
  readonly importId: string;
  readonly jobId: string;
  readonly status: "queued" | "running" | "done";
}

/**
 * Asked for again, it goes on with what is under way, and changes nothing once that is done.
 * @throws ProblemError `not-found`, or `conflict` when the import cannot be taken back (any more)
 */
export async function requestUndo(services: UndoServices, importId: string): Promise<UndoRequest> {
  const { database, jobs, now } = services;
  const [row] = await database.db.select().from(imports).where(eq(imports.id, importId));
  if (row === undefined) throw new ProblemError("not-found", `There is no import ${importId}.`);
  if (row.status === "undone") return { importId, jobId: row.jobId ?? importId, status: "done" };
  if (row.status === "undoing" && row.jobId !== null && (await jobs.isAlive("import", row.jobId))) {
    return { importId, jobId: row.jobId, status: "running" };
  }
  const whyNot = whyNotUndoable(row, now());
  if (whyNot !== undefined) throw new ProblemError("conflict", whyNot);
  await markUndoing(services, row);
  try {
    const jobId = await jobs.start("import", { importId, undo: true });
    await database.db.update(imports).set({ jobId }).where(eq(imports.id, importId));
    await services.uploads.remove(importId);
    return { importId, jobId, status: "queued" };
  } catch (error) {
    await markCutOff(services, row).catch(() => {});
    throw error;
  }
}

/**
 * From now on nothing more comes in by this import.
 * @throws ProblemError `conflict` when its state has changed meanwhile
 */
export async function markUndoing(
  { database: { db } }: Pick<Services, "database">,
  { id, status }: Row,
): Promise<void> {
  const marked = await db
    .update(imports)
    .set({ status: "undoing", jobId: null, progress: 0, step: null, error: null, finishedAt: null })
    .where(and(eq(imports.id, id), eq(imports.status, status)))
    .returning({ id: imports.id });
  if (marked.length === 0) throw new ProblemError("conflict", "The import changes just now; ask again in a moment.");
}

async function markCutOff({ database: { db }, now }: UndoServices, { id, status, error }: Row): Promise<void> {
  const hadEnded = status === "done" || status === "failed";
  await db
    .update(imports)
    .set({
      status: hadEnded ? status : "failed",
      error: hadEnded ? error : "It was stopped. Take it back to remove what came in by then.",
      finishedAt: new Date(now()),
    })
    .where(and(eq(imports.id, id), inArray(imports.status, ["undoing"])));
}
