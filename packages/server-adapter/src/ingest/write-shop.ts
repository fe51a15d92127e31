/**
 * Writes a whole shop: from a file, or the demo shop at the first start. In short transactions, so that the API goes on
 * answering, and so that it can be done again after a crash: writing the same shop twice changes nothing.
 */
import type { Market, Product } from "@basketlift/engine/catalogue";
import type { Order, OrderHistory, OrderLine } from "@basketlift/engine/history";
import { createPacer, type TrainingControls } from "@basketlift/engine/models";
import { sql } from "drizzle-orm";
import { importChanges, markets } from "../database/schema.ts";
import { bump } from "../database/versions.ts";
import type { Services } from "../server/services.ts";
import { orderRowAt, orderRows, type OrderRow } from "./order-rows.ts";
import { importOrderRows, type OrderCounts } from "./order-store.ts";
import { upsertProductRows, type ProductOutcome } from "./product-store.ts";
import type { ImportLog } from "./undo/import-log.ts";

/** A shop as plain objects. */
export interface SeedShop {
  readonly products: readonly Product[];
  /** The home market first. */
  readonly markets: readonly Market[];
  readonly orders: readonly Order[];
}

type Writing = Pick<Services, "database" | "now">;

/** Rows of one statement: the embedded database answers nobody else meanwhile. */
const linesPerWrite = 2_500;
const productsPerWrite = 250;

/** What orders of the first start say they come from: the shop's server may replace them. */
export const seedId = "first-start";

/**
 * Fills an empty database. Products come last: once there are products, the shop is whole.
 * @example
 * await seedShop(services, createDemoShop());
 */
export async function seedShop(
  services: Writing,
  { products, markets: given, orders }: SeedShop,
  controls: TrainingControls = {},
): Promise<void> {
  await writeMarkets(services, given);
  await writeOrders(services, batchesOf(orders), orders.length, controls);
  await writeProducts(services, products, controls);
  await refreshStatistics(services);
}

/** Tells the database what it holds now: the embedded one never looks by itself, and plans queries badly until then. */
export async function refreshStatistics({ database: { db } }: Writing): Promise<void> {
  await db.execute(sql`analyze products, orders, events`);
}

/** Markets that are there stay as they are. */
export async function writeMarkets(
  { database: { db } }: Writing,
  given: readonly Market[],
  log?: ImportLog,
): Promise<void> {
  if (given.length === 0) return;
  await db.transaction(async (tx) => {
    await log?.hold(tx);
    const created = await tx
      .insert(markets)
      .values(given.map((market, rank) => ({ ...market, rank })))
      .onConflictDoNothing()
      .returning({ id: markets.id });
    if (!log?.isOpen || created.length === 0) return;
    const note = {
      importId: log.importId,
      kind: "market",
      change: "created",
      recordedAt: sql`clock_timestamp()`,
    } as const;
    await tx
      .insert(importChanges)
      .values(created.map(({ id }) => ({ ...note, id })))
      .onConflictDoNothing();
  });
}

/**
 * @param log of the import that they come from, where it is one that can be taken back
 * @returns what became of each product
 */
export async function writeProducts(
  { database: { db }, now }: Writing,
  products: readonly Product[],
  controls: TrainingControls = {},
  log?: ImportLog,
): Promise<readonly ProductOutcome[]> {
  const outcomes: ProductOutcome[] = [];
  const pace = createPacer("writing products", products.length, controls);
  for (let first = 0; first < products.length; first += productsPerWrite) {
    outcomes.push(...(await upsertProductRows(db, products.slice(first, first + productsPerWrite), now(), log)));
    await pace.rest(outcomes.length);
  }
  pace.finish();
  return outcomes;
}

/**
 * @param batches orders of one source
 * @param total orders in all batches
 * @param log of the import that they come from, where it is one that can be taken back
 * @returns what became of them
 */
export async function writeOrders(
  { database: { db }, now }: Writing,
  batches: Iterable<readonly OrderRow[]>,
  total: number,
  controls: TrainingControls = {},
  log?: ImportLog,
): Promise<OrderCounts> {
  const pace = createPacer("writing orders", total, controls);
  const counts = { created: 0, updated: 0, unchanged: 0, kept: 0 };
  let done = 0;
  for (const batch of batches) {
    const { created, updated, unchanged, kept } = await importOrderRows(db, batch, now(), log);
    counts.created += created;
    counts.updated += updated;
    counts.unchanged += unchanged;
    counts.kept += kept;
    done += batch.length;
    await pace.rest(done);
  }
  if (done > 0) await bump(db, "orders");
  pace.finish();
  return counts;
}

/**
 * The orders of a history as rows, in batches.
 * @param productAt what the shop calls the product of an index
 */
export function* historyBatches(
  history: OrderHistory,
  productAt: (index: number) => Pick<OrderLine, "productId" | "variantId">,
  importId: string,
): Generator<readonly OrderRow[]> {
  const linesOf = (order: number): number => history.lineOffsets[order + 1] - history.lineOffsets[order];
  for (const batch of batched(history.orderIds.keys(), linesOf)) {
    yield batch.map((order) => orderRowAt(history, order, productAt, importId));
  }
}

/** Orders in batches of about as many lines as one statement may write. */
function* batched<Item>(items: Iterable<Item>, linesOf: (item: Item) => number): Generator<readonly Item[]> {
  let batch: Item[] = [];
  let lines = 0;
  for (const item of items) {
    batch.push(item);
    lines += linesOf(item);
    if (lines < linesPerWrite) continue;
    yield batch;
    batch = [];
    lines = 0;
  }
  if (batch.length > 0) yield batch;
}

function* batchesOf(orders: readonly Order[]): Generator<readonly OrderRow[]> {
  for (const batch of batched(orders, ({ lines }) => lines.length)) yield orderRows(batch, seedId);
}
