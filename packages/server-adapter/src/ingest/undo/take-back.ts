/**
 * Takes an import back: what it created goes, what it changed is again as it was before. In short transactions, each of
 * which also removes the notes that it has worked off: one that is cut off anywhere goes on where it was, and nothing is
 * done or counted twice. What something newer has changed since, or confirmed, stays.
 */
import { createPacer, type TrainingControls } from "@basketlift/engine/models";
import { and, eq } from "drizzle-orm";
import { importChanges, imports, type StoredUndo } from "../../database/schema.ts";
import type { Services } from "../../server/services.ts";
import { keepImportProgress } from "../import-progress.ts";
import { refreshStatistics } from "../write-shop.ts";
import { nothingUndone } from "./chain.ts";
import { takeBackMarket } from "./take-back-market.ts";
import { takeBackOrders } from "./take-back-orders.ts";
import { takeBackProducts } from "./take-back-products.ts";
import type { UndoWork } from "./undo-work.ts";

/**
 * Takes back an import whose row says `undoing`; resolves when its row says `undone`.
 * @returns what became of orders and products; undefined when there is no such import, or it is not being taken back
 * @throws what interrupted it: the same call goes on with it
 * @example
 * const counts = await takeBack(services, importId, { signal: job.signal });
 */
export async function takeBack(
  services: Pick<Services, "database" | "now">,
  importId: string,
  { signal, onProgress }: TrainingControls = {},
): Promise<StoredUndo | undefined> {
  const { db } = services.database;
  const isUndoing = and(eq(imports.id, importId), eq(imports.status, "undoing"));
  const [row] = await db.update(imports).set({ error: null, finishedAt: null }).where(isUndoing).returning();
  if (row === undefined) return undefined;
  const total = await db.$count(importChanges, eq(importChanges.importId, importId));
  const pace = createPacer("taking back", total, { signal, ...(onProgress && { onProgress }) });
  const kept = keepImportProgress((values) => db.update(imports).set(values).where(isUndoing));
  let done = 0;
  const work: UndoWork = {
    services,
    importId,
    async rest(workedOff) {
      done += workedOff;
      kept.tell({ step: "taking back", done, total });
      await pace.rest(done);
    },
  };
  await takeBackOrders(work);
  await takeBackProducts(work);
  await takeBackMarket(work);
  pace.finish();
  await kept.end();
  await refreshStatistics(services);
  const ended = { status: "undone", progress: 1, step: null, undoUntil: null, undoBytes: 0 };
  const [{ undo }] = await db
    .update(imports)
    .set({ ...ended, finishedAt: new Date(services.now()) })
    .where(isUndoing)
    .returning({ undo: imports.undo });
  return undo ?? nothingUndone;
}

/** Whether anything is other than before the undo. */
export function hasChanged(undo: StoredUndo | undefined): boolean {
  if (undo === undefined) return false;
  return [undo.orders, undo.products].some(({ removed, restored }) => removed + restored > 0);
}
