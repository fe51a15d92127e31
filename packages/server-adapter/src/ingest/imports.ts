/** Imports: files of orders and products, uploaded, worked through by a job, reported on. */
import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import { imports } from "../database/schema.ts";
import type { Handlers } from "../server/handler.ts";
import { pageOf, placeAt } from "../server/page.ts";
import { ProblemError } from "../server/problem.ts";
import type { Services } from "../server/services.ts";
import type { ImportKind } from "./file-import.ts";
import { newImport } from "./run-import.ts";

type UploadHandler = Handlers["importOrders"];

export const importHandlers: Pick<Handlers, "importOrders" | "importProducts" | "listImports" | "getImport"> = {
  importOrders: takeFile("orders"),
  importProducts: takeFile("products"),

  async listImports({ query: { limit, cursor } }, { database: { db } }) {
    const after = cursor === undefined ? undefined : placeAt(cursor, ["number", "string"]);
    const rows = await db
      .select()
      .from(imports)
      .where(after && sql`(${imports.createdAt}, ${imports.id}) < (${new Date(after[0])}, ${after[1]})`)
      .orderBy(desc(imports.createdAt), desc(imports.id))
      .limit(limit + 1);
    return pageOf(rows, limit, ({ createdAt, id }) => [createdAt.getTime(), id], importAnswer);
  },

  async getImport({ params: { id } }, { database: { db } }) {
    const [row] = await db.select().from(imports).where(eq(imports.id, id));
    if (row === undefined) throw new ProblemError("not-found", `There is no import ${id}.`);
    return importAnswer(row);
  },
};

/** Keeps the body as a file and queues its import. */
function takeFile(kind: ImportKind): UploadHandler {
  return async ({ query: { fileName, currency, timeZone } }, services, { stream }) => {
    if (timeZone !== undefined) checkTimeZone(timeZone);
    const { database, jobs, now, uploads } = services;
    const importId = randomUUID();
    const options = { ...(currency !== undefined && { currency }), ...(timeZone !== undefined && { timeZone }) };
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

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions();
  } catch {
    throw new ProblemError("invalid-request", `${timeZone} is no IANA time zone such as "Europe/Berlin".`, {
      errors: [{ pointer: "/query/timeZone", detail: "no IANA time zone" }],
    });
  }
}

function importAnswer(row: typeof imports.$inferSelect) {
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
  };
}

function statusOf(status: string): "queued" | "running" | "done" | "failed" {
  return status === "queued" || status === "running" || status === "done" ? status : "failed";
}
