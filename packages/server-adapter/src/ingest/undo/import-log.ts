/**
 * What an import did, noted in the transaction that does it, so that it can be taken back: what it created by its id,
 * what it changed with what was there before, and what it found as the file says it, for two files that say the same of
 * an order both have a claim on it. One log stands for one run of one import.
 */
import { and, eq, inArray, sql, type SQL } from "drizzle-orm";
import { importChanges, imports } from "../../database/schema.ts";
import type { Database } from "../../server/services.ts";

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Somebody takes the import back while it runs. */
export class ImportStopped extends Error {
  override readonly name = "ImportStopped";

  constructor() {
    super("The import was stopped, and is taken back.");
  }
}

export interface ImportLog {
  readonly importId: string;
  /** False once there was too much to note. */
  readonly isOpen: boolean;
  /**
   * Holds off an undo until the transaction is over.
   * @throws ImportStopped when one has begun
   */
  hold(tx: Transaction): Promise<void>;
  /** Adds up what was noted; beyond the room that there is, the import can no longer be taken back. */
  noted(tx: Transaction, bytes: number): Promise<void>;
}

/** Days for which an import can be taken back. */
export const undoDays = 30;
/** Bytes that the notes of all imports together may take up; the oldest give way. */
export const undoRoom = 512 * 2 ** 20;

/**
 * @param options.room bytes that the notes of this import may take up
 * @param options.isOpen false when an earlier run of the import had too much to note
 */
export function openImportLog(
  importId: string,
  { room = undoRoom, isOpen: isOpenYet = true }: { readonly room?: number; readonly isOpen?: boolean } = {},
): ImportLog {
  let isOpen = isOpenYet;
  return {
    importId,
    get isOpen() {
      return isOpen;
    },
    async hold(tx) {
      const { rows } = await tx.execute(
        sql`select 1 from imports where id = ${importId} and status = 'running' for no key update`,
      );
      if (rows.length === 0) throw new ImportStopped();
    },
    async noted(tx, bytes) {
      if (bytes === 0) return;
      const [{ undoBytes }] = await tx
        .update(imports)
        .set({ undoBytes: sql`${imports.undoBytes} + ${bytes}` })
        .where(eq(imports.id, importId))
        .returning({ undoBytes: imports.undoBytes });
      if (undoBytes <= room) return;
      isOpen = false;
      await forgetChanges(tx, [importId]);
    },
  };
}

/** These imports can no longer be taken back. */
export async function forgetChanges(
  writer: Pick<Database, "delete" | "update">,
  importIds: readonly string[],
): Promise<void> {
  if (importIds.length === 0) return;
  await writer.delete(importChanges).where(inArray(importChanges.importId, [...importIds]));
  await writer
    .update(imports)
    .set({ undoUntil: null, undoBytes: 0 })
    .where(and(inArray(imports.id, [...importIds])));
}

/** What a note takes up beside what was there before: its key, twice in an index, and its time. */
const noteBytes = 150;

/**
 * A part of a statement that writes rows: notes what becomes of them, by what was there when the statement began.
 * Needs `given` with all ids, and `written` with those that were created or changed.
 * @param known the table that is written
 * @param before what is kept of a row that was changed
 * @param md5 of what was written; null where the row itself says which import it comes from
 * @param isConfirmed whether a row that was not written is one that this import agrees with
 */
export function notes(
  importId: string,
  {
    kind,
    known,
    before,
    md5,
    isConfirmed,
  }: Readonly<Record<"known" | "before" | "md5" | "isConfirmed", SQL>> & {
    readonly kind: "order" | "product";
  },
): SQL {
  return sql`noted as (
    insert into import_changes (import_id, kind, id, change, before, md5, recorded_at)
    select ${importId}, ${kind}, given.id,
      case when known.id is null then 'created' when written.id is null then 'confirmed' else 'changed' end,
      case when known.id is not null and written.id is not null then ${before} end,
      case when written.id is not null then ${md5} end,
      clock_timestamp()
    from given left join written on written.id = given.id left join ${known} as known on known.id = given.id
    where written.id is not null or (known.id is not null and ${isConfirmed})
    on conflict do nothing
    returning ${noteBytes} + length(id) + coalesce(pg_column_size(before), 0) as bytes)`;
}
