/** The `import` job: an uploaded file on its way into the database, tried again after whatever interrupted it. */
import type { TrainingControls } from "@basketlift/engine/models";
import { eq } from "drizzle-orm";
import { imports, type StoredImportOptions } from "../database/schema.ts";
import { ImportError } from "../importing/index.ts";
import type { Services } from "../server/services.ts";
import type { FileSettings, ImportKind } from "./file-import.ts";
import { runImport } from "./run-import.ts";
import { ImportStopped } from "./undo/import-log.ts";

const lostUpload = "The uploaded file is no longer there. Upload it again.";

/**
 * Resolves when the import is done, and when it failed for good: its row says which.
 * @returns whether the file is in the database now: then a training should follow
 * @throws what interrupted it - the signal's reason, a database that went away - when it is worth running again
 * @example
 * if (await importUpload(services, importId, { signal: job.signal })) await requestTraining(services);
 */
export async function importUpload(
  { uploads, ...services }: Pick<Services, "database" | "now" | "uploads">,
  importId: string,
  { signal }: Pick<TrainingControls, "signal"> = {},
): Promise<boolean> {
  const { db } = services.database;
  const [row] = await db.select().from(imports).where(eq(imports.id, importId));
  if (row === undefined || row.status === "done") return row !== undefined;
  if (row.status === "undoing" || row.status === "undone") return false;
  const path = await uploads.find(importId);
  if (path === undefined) {
    const finishedAt = new Date(services.now());
    await db.update(imports).set({ status: "failed", finishedAt, error: lostUpload }).where(eq(imports.id, importId));
    return false;
  }
  const { fileName, options } = row;
  const kind = row.kind === "products" ? "products" : "orders";
  const file = { id: importId, kind, path, fileName, settings: settingsOf(kind, options) } as const;
  const isImported = await runImport(services, { ...file, afterInterruption: "queued" }, { signal }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof ImportError || error instanceof ImportStopped) return false;
      throw error;
    },
  );
  await uploads.remove(importId);
  return isImported;
}

/** The columns are those of the one file that there is. */
function settingsOf(kind: ImportKind, { columns, ...settings }: StoredImportOptions): FileSettings {
  if (columns === undefined) return settings;
  return kind === "products" ? { ...settings, productColumns: columns } : { ...settings, columns };
}
