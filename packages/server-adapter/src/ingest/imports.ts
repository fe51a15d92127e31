/** Imports: files of orders and products, uploaded, worked through by a job, reported on. */
import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { imports } from "../database/schema.ts";
import type { Handlers } from "../server/handler.ts";
import { pageOf, placeAt } from "../server/page.ts";
import { ProblemError } from "../server/problem.ts";
import type { Services } from "../server/services.ts";
import type { ImportKind } from "./file-import.ts";
import { fileSettingsOf } from "./file-settings.ts";
import { previewFile } from "./preview-file.ts";
import { newImport } from "./run-import.ts";
import { requestUndo } from "./undo/request-undo.ts";
import { undoAnswer } from "./undo/undo-answer.ts";

type UploadHandler = Handlers["importOrders"];

export const importHandlers: Pick<
  Handlers,
  "importOrders" | "importProducts" | "previewOrders" | "previewProducts" | "listImports" | "getImport" | "undoImport"
> = {
  importOrders: takeFile("orders"),
  importProducts: takeFile("products"),
  previewOrders: ({ query }, services, { stream }) => previewFile(services, "orders", query, stream),
  previewProducts: ({ query }, services, { stream }) => previewFile(services, "products", query, stream),

  async listImports({ query: { limit, cursor } }, { database: { db }, now }) {
    const after = cursor === undefined ? undefined : placeAt(cursor, ["number", "string"]);
    const rows = await db
      .select()
      .from(imports)
      .where(after && sql`(${imports.createdAt}, ${imports.id}) < (${new Date(after[0])}, ${after[1]})`)
      .orderBy(desc(imports.createdAt), desc(imports.id))
      .limit(limit + 1);
    return pageOf(
      rows,
      limit,
      ({ createdAt, id }) => [createdAt.getTime(), id],
      (row) => importAnswer(row, now()),
    );
  },

  async getImport({ params: { id } }, { database: { db }, now }) {
    const [row] = await db.select().from(imports).where(eq(imports.id, id));
    if (row === undefined) throw new ProblemError("not-found", `There is no import ${id}.`);
    return importAnswer(row, now());
  },

  undoImport: ({ params: { id } }, services) => requestUndo(services, id),
};

/** Keeps the body as a file and queues its import. */
function takeFile(kind: ImportKind): UploadHandler {
  return async ({ query: { fileName, ...settings } }, services, { stream }) => {
    const options = fileSettingsOf(settings);
    const { database, jobs, now, uploads } = services;
    const importId = randomUUID();
    // The row comes before the file, so that no file is ever without one, and before the job, so that the job finds it.
    await database.db.insert(imports).values({ ...newImport(importId, { kind, fileName }, now()), options });
    try {
      await uploads.keep(importId, stream, fileName);
      const jobId = await jobs.start("import", { importId });
      await database.db.update(imports).set({ jobId }).where(eq(imports.id, importId));
      return { importId, jobId, status: "queued" as const };
    } catch (error) {
      await forget(services, importId).catch(() => {});
      throw error;
    }
  };
}

/** Without a file or a job there is no import. */
async function forget({ database: { db }, uploads }: Services, importId: string): Promise<void> {
  await uploads.remove(importId);
  await db.delete(imports).where(eq(imports.id, importId));
}

function importAnswer(row: typeof imports.$inferSelect, now: number) {
  const { id, fileName, createdAt, finishedAt, progress, step, error, lines, report } = row;
  return {
    id,
    status: statusOf(row.status),
    kind: row.kind === "products" ? ("products" as const) : ("orders" as const),
    fileName,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    progress,
    step,
    error,
    lines: [...lines],
    report: report ?? null,
    undo: undoAnswer(row, now),
  };
}

const statuses = ["queued", "running", "done", "undoing", "undone"] as const;

function statusOf(status: string): (typeof statuses)[number] | "failed" {
  return statuses.find((known) => known === status) ?? "failed";
}
