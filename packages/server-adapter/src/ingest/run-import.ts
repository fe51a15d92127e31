/**
 * Imports a file and keeps the row of its import up to date, wherever the file comes from: an upload, or the command
 * line. It may be cut off anywhere and run again.
 */
import type { TrainingControls } from "@basketlift/engine/models";
import { and, eq, inArray } from "drizzle-orm";
import { imports } from "../database/schema.ts";
import { ImportError } from "../importing/index.ts";
import type { Services } from "../server/services.ts";
import type { FileImport, ImportKind, ImportOutcome } from "./file-import.ts";
import { importOrders } from "./import-orders.ts";
import { importListedProducts } from "./import-products.ts";
import { keepImportProgress } from "./import-progress.ts";
import { ImportStopped, openImportLog } from "./undo/import-log.ts";
import { expireUndo, undoableUntil } from "./undo/retention.ts";
import { refreshStatistics } from "./write-shop.ts";

type ImportRow = typeof imports.$inferSelect;

export interface RunImportOptions extends Omit<FileImport, "services" | "controls" | "log"> {
  readonly kind: ImportKind;
  /** What becomes of an import that was interrupted: one that will be tried again waits. */
  readonly afterInterruption: "queued" | "failed";
}

/** The row of an import that nobody has begun. */
export function newImport(
  id: string,
  { kind, fileName }: Pick<RunImportOptions, "kind" | "fileName">,
  createdAt: number,
): typeof imports.$inferInsert {
  const plainName = fileName.replaceAll("\0", "");
  const told = { options: {}, lines: [], progress: 0, undoUntil: undoableUntil(createdAt) };
  return { ...told, id, kind, fileName: plainName, status: "queued", createdAt: new Date(createdAt) };
}

/**
 * @returns what came in, once it is in the database
 * @throws ImportError when the file cannot be imported, ImportStopped when it is being taken back, or what interrupted it:
 * the signal's reason, a database that went away. The row says why
 * @example
 * const { lines } = await runImport(services, { id, kind: "orders", path, fileName, settings: {}, afterInterruption: "failed" });
 */
export async function runImport(
  services: Pick<Services, "database" | "now">,
  { kind, afterInterruption, ...file }: RunImportOptions,
  { signal, onProgress }: TrainingControls = {},
): Promise<ImportOutcome> {
  const { id, path, fileName } = file;
  const { db } = services.database;
  const begun = { status: "running", progress: 0, step: null, error: null, finishedAt: null };
  const [row] = await db
    .update(imports)
    .set(begun)
    .where(and(eq(imports.id, id), inArray(imports.status, ["queued", "running", "failed"])))
    .returning({ undoUntil: imports.undoUntil });
  if (row === undefined) throw new ImportStopped();
  const stopping = new AbortController();
  /** Of an import that runs: one that is being taken back ends. */
  const note = async (values: Partial<ImportRow>): Promise<void> => {
    const isRunning = and(eq(imports.id, id), eq(imports.status, "running"));
    const noted = await db.update(imports).set(values).where(isRunning).returning({ id: imports.id });
    if (noted.length === 0) stopping.abort(new ImportStopped());
  };
  const kept = keepImportProgress(note);
  const tell: TrainingControls["onProgress"] = (progress) => {
    kept.tell(progress);
    onProgress?.(progress);
  };
  const controls = { signal: AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])]), onProgress: tell };
  try {
    const importFile = kind === "products" ? importListedProducts : importOrders;
    // What an earlier run could not note cannot be noted any more.
    const log = openImportLog(id, { isOpen: row.undoUntil !== null });
    const outcome = await importFile({ services, ...file, controls, log });
    await refreshStatistics(services);
    await kept.end();
    const ownWords = underItsName(outcome, path, fileName);
    await note({ status: "done", progress: 1, step: null, finishedAt: new Date(services.now()), ...ownWords });
    stopping.signal.throwIfAborted();
    await expireUndo(services, { finished: id });
    return ownWords;
  } catch (error) {
    await kept.end();
    if (error instanceof ImportStopped) throw error;
    const status = error instanceof ImportError ? "failed" : afterInterruption;
    const reason = error instanceof Error ? error.message : String(error);
    const finishedAt = status === "failed" ? new Date(services.now()) : null;
    // With the database gone the row cannot say so; the next run writes it.
    await note({ status, finishedAt, step: null, error: reason.replaceAll(path, fileName) }).catch(() => {});
    throw error;
  }
}

/** The merchant knows the file by its own name. */
function underItsName({ lines, report }: ImportOutcome, path: string, fileName: string): ImportOutcome {
  const text = JSON.stringify(report).replaceAll(JSON.stringify(path), JSON.stringify(fileName));
  const renamed: object = JSON.parse(text);
  return { lines: lines.map((line) => line.replaceAll(path, fileName)), report: renamed };
}
