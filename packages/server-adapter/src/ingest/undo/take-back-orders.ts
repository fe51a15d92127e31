/** Orders of an import that is taken back. One belongs to it still while its row names it as where it comes from. */
import { sql } from "drizzle-orm";
import { bump } from "../../database/versions.ts";
import { handOver, nextChanges, workOff } from "./chain.ts";
import type { Transaction } from "./import-log.ts";
import type { UndoWork } from "./undo-work.ts";

const ordersPerStep = 500;

export async function takeBackOrders({ services: { database, now }, importId, rest }: UndoWork): Promise<void> {
  for (;;) {
    const changes = await nextChanges(database.db, { importId, kind: "order" }, ordersPerStep);
    if (changes.length === 0) break;
    const ids = changes.map(({ id }) => id);
    const written = changes.flatMap(({ id, change }) => (change === "confirmed" ? [] : [id]));
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from orders where id = any(${sql.param(ids)}::text[]) order by id for update`);
      const handed = await handOver(tx, importId, "order", ids);
      const own = written.filter((id) => !handed.has(id));
      const there = await countOf(tx, written);
      const removed = await remove(tx, importId, own);
      const restored = await restore(tx, importId, own, now());
      await workOff(tx, importId, "order", ids, { removed, restored, kept: there - removed - restored });
      await bump(tx, "orders");
    });
    await rest(ids.length);
  }
}

/** Those that are gone for another reason are neither taken back nor kept. */
async function countOf(tx: Transaction, ids: readonly string[]): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from orders where id = any(${sql.param(ids)}::text[])`,
  );
  return rows[0].count;
}

async function remove(tx: Transaction, importId: string, ids: readonly string[]): Promise<number> {
  const { rows } = await tx.execute(sql`
    delete from orders using import_changes noted
    where orders.id = any(${sql.param(ids)}::text[]) and orders.import_id = ${importId}
      and noted.import_id = ${importId} and noted.kind = 'order' and noted.id = orders.id and noted.change = 'created'
    returning orders.id`);
  return rows.length;
}

async function restore(tx: Transaction, importId: string, ids: readonly string[], now: number): Promise<number> {
  const { rows } = await tx.execute(sql`
    update orders set placed_at = before.placed_at, customer_id = before.customer_id, visitor_id = before.visitor_id,
      session_id = before.session_id, currency = before.currency, version = before.version, net = before.net,
      lines = before.lines, import_id = before.import_id, updated_at = ${new Date(now).toISOString()}::timestamptz
    from (
      select (jsonb_populate_record(null::orders, noted.before)).*
      from import_changes noted
      where noted.import_id = ${importId} and noted.kind = 'order' and noted.change = 'changed'
        and noted.id = any(${sql.param(ids)}::text[])) as before
    where orders.id = before.id and orders.import_id = ${importId}
    returning orders.id`);
  return rows.length;
}
