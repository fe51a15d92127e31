/**
 * Products of an import that is taken back. One belongs to it still while it is as the import wrote it. Products that
 * orders name stay, for their orders would lose them; what is removed stays known to engines that learned of it before.
 */
import type { Product } from "@basketlift/engine/catalogue";
import { sql } from "drizzle-orm";
import { bump } from "../../database/versions.ts";
import type { Database } from "../../server/services.ts";
import { lockCatalogue, upsertWithin } from "../product-store.ts";
import { handOver, nextChanges, passOn, workOff, type OwnChange } from "./chain.ts";
import type { Transaction } from "./import-log.ts";
import type { UndoWork } from "./undo-work.ts";

const productsPerStep = 250;
const ordersPerPage = 2_000;

export async function takeBackProducts(work: UndoWork): Promise<void> {
  await eachStep(work, "confirmed", async (tx, ids) => {
    await handOver(tx, work.importId, "product", ids);
    await workOff(tx, work.importId, "product", ids, { removed: 0, restored: 0, kept: 0 });
    return ids.length;
  });
  await removeCreated(work);
  await restoreChanged(work);
}

/** @returns how many notes were worked off */
type Step = (tx: Transaction, ids: readonly string[]) => Promise<number>;

/** One pass over the changes of a kind. @returns how many notes were worked off */
async function eachStep(
  { services: { database }, importId, rest }: UndoWork,
  change: OwnChange["change"],
  step: Step,
): Promise<number> {
  let workedOff = 0;
  let after = "";
  for (;;) {
    const changes = await nextChanges(database.db, { importId, kind: "product", change, after }, productsPerStep);
    if (changes.length === 0) return workedOff;
    const ids = changes.map(({ id }) => id);
    const settled = await database.db.transaction(async (tx) => {
      await lockCatalogue(tx);
      return step(tx, ids);
    });
    after = ids[ids.length - 1];
    workedOff += settled;
    await rest(settled);
  }
}

async function removeCreated(work: UndoWork): Promise<void> {
  const { importId, services } = work;
  const [first] = await nextChanges(services.database.db, { importId, kind: "product", change: "created" }, 1);
  if (first === undefined) return;
  const named = await productsInOrders(services.database.db, work.rest);
  await eachStep(work, "created", async (tx, ids) => {
    const handed = await handOver(tx, importId, "product", ids);
    const own = await unchanged(
      tx,
      importId,
      ids.filter((id) => !handed.has(id)),
    );
    const removable = own.filter((id) => !named.has(id));
    const needed = own.filter((id) => named.has(id));
    if (needed.length > 0) await passOn(tx, importId, "product", needed);
    const there = await countOf(tx, ids);
    await tx.execute(sql`
      with removed as (delete from products where id = any(${sql.param(removable)}::text[]) returning id, body)
      insert into removed_products (id, body, removed_at)
      select id, body || '{"active": false}', ${new Date(services.now()).toISOString()}::timestamptz from removed
      on conflict (id) do update set body = excluded.body, removed_at = excluded.removed_at`);
    if (removable.length > 0) await bump(tx, "products");
    const counts = { removed: removable.length, restored: 0, kept: there - removable.length };
    await workOff(tx, importId, "product", ids, counts);
    return ids.length;
  });
}

/**
 * A variant that the import moved from one product to another can go back once the other has given it back: passes are
 * made until one changes nothing. What is left then stays, for its variants belong to products that are newer.
 */
async function restoreChanged(work: UndoWork): Promise<void> {
  const { importId, services } = work;
  for (let isLast = false; ;) {
    const workedOff = await eachStep(work, "changed", async (tx, ids) => {
      const handed = await handOver(tx, importId, "product", ids);
      const own = await unchanged(
        tx,
        importId,
        ids.filter((id) => !handed.has(id)),
      );
      const before = await bodiesBefore(tx, importId, own);
      const outcomes = await upsertWithin(tx, before, services.now());
      const waiting = new Set(before.flatMap(({ id }, index) => (outcomes[index].status === "invalid" ? [id] : [])));
      const settled = isLast ? ids : ids.filter((id) => !waiting.has(id));
      const there = await countOf(tx, settled);
      const restored = before.length - waiting.size;
      await workOff(tx, importId, "product", settled, { removed: 0, restored, kept: there - restored });
      return settled.length;
    });
    if (isLast) return;
    isLast = workedOff === 0;
  }
}

/** Those that are as the import wrote them. */
async function unchanged(tx: Transaction, importId: string, ids: readonly string[]): Promise<readonly string[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select products.id from products
    join import_changes noted on noted.import_id = ${importId} and noted.kind = 'product' and noted.id = products.id
    where products.id = any(${sql.param(ids)}::text[]) and md5(products.body::text) = noted.md5`);
  return rows.map(({ id }) => id);
}

async function bodiesBefore(tx: Transaction, importId: string, ids: readonly string[]): Promise<readonly Product[]> {
  const { rows } = await tx.execute<{ before: Product }>(sql`
    select before from import_changes
    where import_id = ${importId} and kind = 'product' and id = any(${sql.param(ids)}::text[])`);
  return rows.map(({ before }) => before);
}

async function countOf(tx: Transaction, ids: readonly string[]): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from products where id = any(${sql.param(ids)}::text[])`,
  );
  return rows[0].count;
}

/** All products that orders name, read in short pages. */
async function productsInOrders(db: Database, rest: UndoWork["rest"]): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  let last = "";
  for (;;) {
    const { rows } = await db.execute<{ last: string | null; ids: readonly string[] }>(sql`
      with page as materialized (select id, lines from orders where id > ${last} order by id limit ${ordersPerPage})
      select (select max(id) from page) as last,
        array(select distinct line->>'productId' from page, jsonb_array_elements(lines) as line) as ids`);
    const [{ last: end, ids }] = rows;
    if (end === null) return named;
    for (const id of ids) named.add(id);
    last = end;
    await rest(0);
  }
}
