/** Writes orders: every write is an upsert that never replaces a newer version by an older one. */
import { sql, type SQL } from "drizzle-orm";
import { bump } from "../database/versions.ts";
import type { Database } from "../server/services.ts";
import { isSameOrder, type OrderRow } from "./order-rows.ts";
import { notes, type ImportLog, type Transaction } from "./undo/import-log.ts";

export type OrderOutcome =
  | { readonly status: "created" | "updated" | "unchanged" }
  | { readonly status: "stale" | "invalid"; readonly detail: string };

/**
 * Writes orders that the shop's server sent, in their order.
 * @param updatedAt milliseconds since 1970, UTC
 * @returns what became of each
 */
export async function upsertOrderRows(
  db: Database,
  rows: readonly OrderRow[],
  updatedAt: number,
): Promise<readonly OrderOutcome[]> {
  if (rows.length === 0) return [];
  return db.transaction(async (tx) => {
    const known = await lockOrders(
      tx,
      rows.map(({ id }) => id),
    );
    const chosen = new Map<string, OrderRow>();
    const outcomes = rows.map((row) => {
      const outcome = judge(row, known.get(row.id));
      if (outcome.status === "created" || outcome.status === "updated") {
        known.set(row.id, row);
        chosen.set(row.id, row);
      }
      return outcome;
    });
    if (chosen.size === 0) return outcomes;
    const { written } = await write(tx, [...chosen.values()], updatedAt, newerThanStored);
    await bump(tx, "orders");
    return outcomes.map((outcome, index) => {
      const isLost = chosen.has(rows[index].id) && !written.has(rows[index].id);
      return isLost ? { status: "stale", detail: "Another call stored a newer version meanwhile." } : outcome;
    });
  });
}

/** What became of the orders of a file. */
export interface OrderCounts {
  readonly created: number;
  readonly updated: number;
  /** Known already, with the same content. */
  readonly unchanged: number;
  /** Known from the shop's server, whose word stands. */
  readonly kept: number;
}

/**
 * Writes orders out of a file: a later file replaces what an earlier one said, and never what the shop's server said.
 * Writing the same file twice changes nothing. The caller bumps the version of `orders` once it is done.
 * @param rows no order twice
 * @param log of the import, where it is one that can be taken back
 * @throws ImportStopped when it is being taken back
 */
export async function importOrderRows(
  db: Database,
  rows: readonly OrderRow[],
  updatedAt: number,
  log?: ImportLog,
): Promise<OrderCounts> {
  return db.transaction(async (tx) => {
    await log?.hold(tx);
    const known = await lockImported(
      tx,
      rows.map(({ id }) => id),
    );
    const countOf = (isImported: boolean): number => known.filter(({ imported }) => imported === isImported).length;
    const [imported, kept] = [countOf(true), countOf(false)];
    const { written, noted } = await write(
      tx,
      rows,
      updatedAt,
      otherwiseInFile,
      log?.isOpen ? log.importId : undefined,
    );
    await log?.noted(tx, noted);
    const created = Math.min(written.size, rows.length - imported - kept);
    const updated = written.size - created;
    return { created, updated, kept, unchanged: rows.length - written.size - kept };
  });
}

/** Nobody changes these orders until the transaction is over: what is noted of them is what is replaced. */
async function lockImported(tx: Transaction, ids: readonly string[]): Promise<readonly { imported: boolean }[]> {
  const { rows } = await tx.execute<{ imported: boolean }>(sql`
    select import_id is not null as imported
    from orders where id = any(${sql.param(ids)}::text[]) order by id for update`);
  return rows;
}

const newerThanStored = sql`orders.import_id is not null or excluded.version > orders.version`;
const otherwiseInFile = sql`orders.import_id is not null
  and (orders.placed_at, orders.customer_id, orders.currency, orders.lines)
    is distinct from (excluded.placed_at, excluded.customer_id, excluded.currency, excluded.lines)`;

function judge(row: OrderRow, known: OrderRow | undefined): OrderOutcome {
  if (known === undefined) return { status: "created" };
  // What a file said gives way to the shop's server, whatever the version.
  if (known.importId !== null) return { status: "updated" };
  if (row.version > known.version) return { status: "updated" };
  if (row.version < known.version) {
    return { status: "stale", detail: `Version ${known.version} is stored; version ${row.version} is older.` };
  }
  if (isSameOrder(row, known)) return { status: "unchanged" };
  return {
    status: "invalid",
    detail: `/version: version ${row.version} is stored with other content; a change needs a higher version.`,
  };
}

/** Rows are locked in the order of their ids, so that two calls never wait for each other. */
async function lockOrders(tx: Transaction, ids: readonly string[]): Promise<Map<string, OrderRow>> {
  const { rows } = await tx.execute<Omit<OrderRow, "placedAt"> & { placedAt: string; [column: string]: unknown }>(sql`
    select id, placed_at as "placedAt", customer_id as "customerId", visitor_id as "visitorId",
      session_id as "sessionId", currency, version::float8 as version, net::float8 as net, lines, import_id as "importId"
    from orders where id = any(${sql.param(ids)}::text[]) order by id for update`);
  return new Map(rows.map((row) => [row.id, { ...row, placedAt: new Date(row.placedAt) }]));
}

/**
 * @param importId notes for this import what becomes of the rows
 * @returns the ids that were written, and the bytes that the notes take up
 */
async function write(
  tx: Transaction,
  rows: readonly OrderRow[],
  updatedAt: number,
  condition: SQL,
  importId?: string,
): Promise<{ readonly written: ReadonlySet<string>; readonly noted: number }> {
  const noting = importId === undefined ? sql`noted as (select 0 as bytes)` : orderNotes(importId);
  const { rows: answer } = await tx.execute<{ ids: readonly string[]; bytes: number }>(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row("id" text, "placedAt" timestamptz,
        "customerId" text, "visitorId" text, "sessionId" text, "currency" text, "version" bigint, "net" bigint,
        "lines" jsonb, "importId" text)),
    written as (
      insert into orders (id, placed_at, customer_id, visitor_id, session_id, currency, version, net, lines, import_id,
        updated_at)
      select "id", "placedAt", "customerId", "visitorId", "sessionId", "currency", "version", "net", "lines",
        "importId", ${new Date(updatedAt).toISOString()}::timestamptz
      from given order by "id"
      on conflict (id) do update set placed_at = excluded.placed_at, customer_id = excluded.customer_id,
        visitor_id = excluded.visitor_id, session_id = excluded.session_id, currency = excluded.currency,
        version = excluded.version, net = excluded.net, lines = excluded.lines, import_id = excluded.import_id,
        updated_at = excluded.updated_at
      where ${condition}
      returning id),
    ${noting}
    select array(select id from written) as ids, coalesce((select sum(bytes) from noted), 0)::float8 as bytes`);
  const [{ ids, bytes }] = answer;
  return { written: new Set(ids), noted: bytes };
}

function orderNotes(importId: string): SQL {
  return notes(importId, {
    kind: "order",
    known: sql`orders`,
    before: sql`to_jsonb(known)`,
    md5: sql`null`,
    isConfirmed: sql`known.import_id <> ${importId}`,
  });
}
