/**
 * The `import` job: reads an uploaded file, writes what it holds, and keeps the row of the import up to date. It may be
 * cut off anywhere and run again.
 */
import type { TrainingControls } from "@basketlift/engine/models";
import { eq } from "drizzle-orm";
import { imports } from "../database/schema.ts";
import { ImportError } from "../importing/index.ts";
import type { Services } from "../server/services.ts";
import type { ImportOutcome } from "./file-import.ts";
import { importOrders } from "./import-orders.ts";
import { importListedProducts } from "./import-products.ts";
import { keepImportProgress } from "./import-progress.ts";
import { deleteUpload } from "./uploads.ts";
import { refreshStatistics } from "./write-shop.ts";

type ImportRow = typeof imports.$inferSelect;

/**
 * Resolves when the import is done, and when it failed for good: its row says which.
 * @returns whether the file is in the database now: then a training should follow
 * @throws what interrupted it - the signal's reason, a database that went away - when it is worth running again
 * @example
 * if (await runImport(services, importId, { signal: job.signal })) await requestTraining(services);
 */
export async function runImport(
  services: Pick<Services, "database" | "now">,
  importId: string,
  { signal }: Pick<TrainingControls, "signal"> = {},
): Promise<boolean> {
  const { db } = services.database;
  const [row] = await db.select().from(imports).where(eq(imports.id, importId));
  if (row === undefined || row.status === "done") return row !== undefined;
  const { kind, fileName, options } = row;
  const path = options["path"] ?? "";
  const note = (values: Partial<ImportRow>) => db.update(imports).set(values).where(eq(imports.id, importId));
  await note({ status: "running", progress: 0, step: null, error: null, finishedAt: null });
  const progress = keepImportProgress(note);
  try {
    const importFile = kind === "products" ? importListedProducts : importOrders;
    const controls = { signal, onProgress: progress.tell };
    const outcome = await importFile({ services, id: importId, path, fileName, options, controls });
    await refreshStatistics(services);
    await progress.end();
    const finishedAt = new Date(services.now());
    await note({ status: "done", progress: 1, step: null, finishedAt, ...underItsName(outcome, path, fileName) });
  } catch (error) {
    await progress.end();
    const reason = error instanceof Error ? error.message : String(error);
    const finishedAt = new Date(services.now());
    const said = note({ status: "failed", finishedAt, step: null, error: reason.replaceAll(path, fileName) });
    if (!(error instanceof ImportError)) {
      // With the database gone the row cannot say so; the next run writes it.
      await said.catch(() => {});
      throw error;
    }
    await said;
    await deleteUpload(path);
    return false;
  }
  await deleteUpload(path);
  return true;
}

/** The merchant knows the file by its own name. */
function underItsName({ lines, report }: ImportOutcome, path: string, fileName: string): ImportOutcome {
  const text = JSON.stringify(report).replaceAll(JSON.stringify(path), JSON.stringify(fileName));
  const renamed: unknown = JSON.parse(text);
  return { lines: lines.map((line) => line.replaceAll(path, fileName)), report: renamed };
}
