/**
 * One step along the chains of an import's changes: what a later import has changed or confirmed is handed to it, and
 * the import's own notes are worked off together with what is left to do about them.
 */
import { sql } from "drizzle-orm";
import type { StoredUndo, UndoCounts } from "../../database/schema.ts";
import type { Transaction } from "./import-log.ts";

export type ChangeKind = "order" | "product";

export interface OwnChange {
  readonly id: string;
  readonly change: "created" | "changed" | "confirmed";
  readonly [column: string]: unknown;
}

/** The next changes of an import in the order of their ids. */
export async function nextChanges(
  reader: Pick<Transaction, "execute">,
  {
    importId,
    kind,
    change,
    after = "",
  }: {
    readonly importId: string;
    readonly kind: ChangeKind;
    readonly change?: OwnChange["change"];
    readonly after?: string;
  },
  limit: number,
): Promise<readonly OwnChange[]> {
  const { rows } = await reader.execute<OwnChange>(sql`
    select id, change from import_changes
    where import_id = ${importId} and kind = ${kind} and id > ${after}
      ${change === undefined ? sql`` : sql`and change = ${change}`}
    order by id limit ${limit}`);
  return rows;
}

/**
 * Hands what was before these changes to the imports that came next to the same things: they have a claim on what is
 * there now, and taking them back leads to what was before this one.
 * @returns the ids of the things that another import has a claim on
 */
export async function handOver(
  tx: Transaction,
  importId: string,
  kind: ChangeKind,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.execute<{ id: string; heir: string }>(sql`
    with heirs as materialized (
      select distinct on (own.id) own.id, own.change, own.before, own.md5, later.import_id as heir
      from import_changes own join import_changes later on later.kind = own.kind and later.id = own.id
        and (later.recorded_at, later.import_id) > (own.recorded_at, own.import_id)
      where own.import_id = ${importId} and own.kind = ${kind} and own.id = any(${sql.param(ids)}::text[])
      order by own.id, later.recorded_at, later.import_id),
    handed as (
      update import_changes later set change = heirs.change, before = heirs.before,
        md5 = case when later.change = 'confirmed' then heirs.md5 else later.md5 end
      from heirs
      where later.import_id = heirs.heir and later.kind = ${kind} and later.id = heirs.id and heirs.change <> 'confirmed'),
    weighed as (
      update imports set undo_bytes = undo_bytes + heir.bytes
      from (select heir, sum(coalesce(pg_column_size(before), 0)) as bytes from heirs group by heir) as heir
      where imports.id = heir.heir)
    select id, heir from heirs`);
  if (kind === "order" && rows.length > 0) {
    await tx.execute(sql`
      update orders set import_id = heirs.heir
      from unnest(${sql.param(rows.map(({ id }) => id))}::text[], ${sql.param(rows.map(({ heir }) => heir))}::text[])
        as heirs(id, heir)
      where orders.id = heirs.id and orders.import_id = ${importId}`);
  }
  return new Set(rows.map(({ id }) => id));
}

/**
 * What the orders of other imports still need goes with them: the newest of those imports gets the notes, and passes them
 * on in turn when it is taken back before the others.
 */
export async function passOn(
  tx: Transaction,
  importId: string,
  kind: "product" | "market",
  ids: readonly string[],
): Promise<void> {
  await tx.execute(sql`
    update import_changes noted set import_id = heir.import_id
    from (
      select import_id from import_changes
      where kind = 'order' and import_id <> ${importId}
      order by recorded_at desc limit 1) as heir
    where noted.import_id = ${importId} and noted.kind = ${kind} and noted.id = any(${sql.param(ids)}::text[])
      and not exists (
        select from import_changes other
        where other.import_id = heir.import_id and other.kind = ${kind} and other.id = noted.id)`);
}

/** Removes notes that were worked off, and adds to what is told of the undo. */
export async function workOff(
  tx: Transaction,
  importId: string,
  kind: ChangeKind,
  ids: readonly string[],
  { removed, restored, kept }: UndoCounts,
): Promise<void> {
  await tx.execute(sql`
    delete from import_changes
    where import_id = ${importId} and kind = ${kind} and id = any(${sql.param(ids)}::text[])`);
  const { rows } = await tx.execute<{ undo: StoredUndo | null }>(
    sql`select undo from imports where id = ${importId} for no key update`,
  );
  const before = rows[0]?.undo ?? nothingUndone;
  const name = kind === "order" ? "orders" : "products";
  const counts = before[name];
  const sum: StoredUndo = {
    ...before,
    [name]: {
      removed: counts.removed + removed,
      restored: counts.restored + restored,
      kept: counts.kept + kept,
    },
  };
  await tx.execute(sql`update imports set undo = ${JSON.stringify(sum)}::jsonb where id = ${importId}`);
}

const none: UndoCounts = { removed: 0, restored: 0, kept: 0 };

/** The counts of an undo that has done nothing yet. */
export const nothingUndone: StoredUndo = { orders: none, products: none };
