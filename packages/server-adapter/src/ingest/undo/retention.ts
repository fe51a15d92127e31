/** For how long imports can be taken back, and how much room that may take. */
import { and, desc, eq, gt, isNotNull, lt, notInArray, sql } from "drizzle-orm";
import { imports } from "../../database/schema.ts";
import { systemTimer, type Timer } from "../../database/timer.ts";
import type { Services } from "../../server/services.ts";
import { forgetChanges, undoDays, undoRoom } from "./import-log.ts";

const day = 86_400_000;
/** Milliseconds between two looks. */
const interval = 3_600_000;
const underWay = ["queued", "running", "undoing"];

/** @param time milliseconds since 1970, UTC */
export function undoableUntil(time: number): Date {
  return new Date(time + undoDays * day);
}

/**
 * Forgets what is needed to take back imports that are older than `undoDays`, and the oldest of those for which there is
 * no room; none that is under way.
 * @param options.finished an import that came to its end now: its time begins
 */
export async function expireUndo(
  { database: { db }, now }: Pick<Services, "database" | "now">,
  { finished, room = undoRoom }: { readonly finished?: string; readonly room?: number } = {},
): Promise<void> {
  if (finished !== undefined) {
    await db
      .update(imports)
      .set({ undoUntil: undoableUntil(now()) })
      .where(and(eq(imports.id, finished), isNotNull(imports.undoUntil)));
  }
  const today = new Date(now());
  const atRest = notInArray(imports.status, underWay);
  const old = await db
    .select({ id: imports.id })
    .from(imports)
    .where(and(lt(imports.undoUntil, today), atRest));
  for (const { id } of old) await forgetChanges(db, [id]);
  const noted = await db
    .select({ id: imports.id, bytes: imports.undoBytes, status: imports.status })
    .from(imports)
    .where(gt(imports.undoBytes, 0))
    .orderBy(desc(imports.createdAt), desc(imports.id));
  let taken = 0;
  for (const { id, bytes, status } of noted) {
    taken += bytes;
    if (taken > room && !underWay.includes(status)) await forgetChanges(db, [id]);
  }
  // Engines that began to learn after that never knew them; no training takes a day.
  await db.execute(sql`
    delete from removed_products where removed_at < (select min(trained_at) from engines) - interval '1 day'`);
}

/**
 * Forgets by the hour.
 * @returns stops it
 */
export function watchUndo(
  services: Pick<Services, "database" | "now">,
  { onProblem = () => {}, timer = systemTimer }: { onProblem?: (problem: unknown) => void; timer?: Timer } = {},
): () => Promise<void> {
  return timer.every(interval, () => expireUndo(services).catch(onProblem));
}
