/** Trains the engine of a shop from the command line, where no server does it. */
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { TrainingControls } from "@basketlift/engine/models";
import type { OpenedDatabase } from "../database/open.ts";
import { runs } from "../database/schema.ts";
import { trainingFacts, type TrainingFacts } from "../serving/training-messages.ts";
import { trainOnce } from "../serving/training.ts";

/** Whether the serving engine has seen every order and product that is there now. */
export async function isTrained({ db }: OpenedDatabase): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from engines join runs on runs.id = engines.run_id
    where engines.serving and runs.started_at >= greatest(
      (select max(updated_at) from orders), (select max(updated_at) from products))`);
  return rows.length > 0;
}

/**
 * Makes a new engine the serving one; servers load it by themselves.
 * @returns what it was trained on
 * @throws TrainingError when the data cannot be trained on, the signal's reason when stopped; the run has failed then
 */
export async function trainShop(
  database: OpenedDatabase,
  { signal, onProgress }: TrainingControls = {},
): Promise<TrainingFacts | undefined> {
  const { db } = database;
  const id = randomUUID();
  await db.insert(runs).values({ id, status: "queued", createdAt: new Date(), progress: 0 });
  try {
    await trainOnce({ database, now: Date.now }, id, {
      signal,
      onProgress: (step, progress) => onProgress?.({ step, done: Math.round(progress * 100), total: 100 }),
    });
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    // Without a job nobody tries it again.
    await db
      .update(runs)
      .set({ status: "failed", finishedAt: new Date(), error: told })
      .where(eq(runs.id, id))
      .catch(() => {});
    throw error;
  }
  const [run] = await db.select({ facts: runs.facts }).from(runs).where(eq(runs.id, id));
  return trainingFacts.safeParse(run?.facts).data;
}
