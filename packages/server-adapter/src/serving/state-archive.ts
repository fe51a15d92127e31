/**
 * The states that decisions stood on, so that a receipt replays after prices, stock or the engine have changed. A state
 * is a trained engine, what the shop had set, and what the catalogue had become since the training. That is kept in
 * series: the first state of a series holds every product that differs from the training, each one after it those that
 * changed since the one before.
 */
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { Engine } from "@basketlift/engine";
import type { Product } from "@basketlift/engine/catalogue";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import { policies, states } from "../database/schema.ts";
import type { Database } from "../server/services.ts";
import { deleteBlobs, readBlobs, storedFile, writeBlobs } from "./blobs.ts";
import { liveEngine, type LiveEngine, type ShopSettings } from "./live-engine.ts";
import { hashPolicy, storedPolicy, type ShopPolicy } from "./policy.ts";
import { expired, keptStateBytes } from "./retention.ts";

/** What serves now, or did. */
export interface ServedState {
  readonly runId: string;
  readonly settings: ShopSettings;
  readonly live: LiveEngine;
}

export interface StateArchive {
  /**
   * Keeps a state. Those that the database does not take wait for the next call.
   * @param changed products that are not as they were in the state kept before
   */
  keep(state: ServedState, changed: readonly Product[]): Promise<void>;
  /**
   * @param trainedOf the engine of a training as its files give it; undefined when they are gone
   * @returns the engine as it was at that version; undefined when it is gone
   */
  find(version: string, trainedOf: (runId: string) => Promise<Engine | undefined>): Promise<Engine | undefined>;
}

/** A row on its way. */
interface WaitingState {
  readonly row: Omit<typeof states.$inferInsert, "file">;
  readonly policy: ShopPolicy | undefined;
  readonly products: readonly Product[];
}

/** The newest state of the series that is written on. */
interface Tip {
  readonly version: string;
  readonly runId: string;
  readonly series: string;
  readonly place: number;
  /** Products held by the series, and by its first state. */
  readonly held: number;
  readonly heldFirst: number;
}

/** A longer series is slow to read. */
const longestSeries = 500;
/** Held beyond what a new series would begin with, a series wastes room. */
const spareProducts = 1000;
/** States that wait for a database; when there are more, their series is given up and the next one begins whole. */
const mostWaiting = 100;
const fileName = "products.json.gz";
const compress = promisify(gzip);
const decompress = promisify(gunzip);

const prefixOf = (series: string, place?: number): string =>
  place === undefined ? `state/${series}/` : `state/${series}/${place}/`;

/** @param now milliseconds since 1970, UTC */
export function createStateArchive(db: Database, now: () => number): StateArchive {
  const waiting: WaitingState[] = [];
  let tip: Tip | undefined;

  async function flush(): Promise<void> {
    for (let first = waiting.at(0); first; first = waiting.at(0)) {
      await write(db, first);
      waiting.shift();
    }
  }

  return {
    async keep({ runId, settings: { holdoutShare, policy }, live }, changed) {
      const { version } = live.engine;
      if (tip?.version === version) return flush();
      if (waiting.length >= mostWaiting) {
        waiting.length = 0;
        tip = undefined;
      }
      const before = tip;
      const products = before && goesOn(before, runId) ? changed : live.changes();
      tip = next(goesOn(before, runId) ? before : undefined, { version, runId }, products.length);
      const { series, place } = tip;
      const servedAt = new Date(now());
      const policyHash = policy && hashPolicy(policy);
      waiting.push({ row: { version, runId, series, place, holdoutShare, policyHash, servedAt }, policy, products });
      await flush();
      if (before) await touch(db, before, servedAt);
      if (place % 100 === 0) await prune(db, tip.series, now());
    },
    async find(version, trainedOf) {
      const [state] = await db.select().from(states).where(eq(states.version, version)).limit(1);
      const trained = state && (await trainedOf(state.runId));
      if (!trained) return undefined;
      const products = await readProducts(db, state.series, state.place);
      const settings = {
        holdoutShare: state.holdoutShare ?? undefined,
        policy: await readPolicy(db, state.policyHash),
      };
      const { live } = liveEngine(trained, settings).withProducts(products);
      // Another version of this program may make something else of the same data.
      return live.engine.version === version ? live.engine : undefined;
    },
  };
}

function goesOn(tip: Tip | undefined, runId: string): tip is Tip {
  return (
    tip !== undefined &&
    tip.runId === runId &&
    tip.place + 1 < longestSeries &&
    tip.held <= 2 * tip.heldFirst + spareProducts
  );
}

function next(tip: Tip | undefined, state: Pick<Tip, "version" | "runId">, products: number): Tip {
  if (!tip) return { ...state, series: randomUUID(), place: 0, held: products, heldFirst: products };
  return { ...tip, ...state, place: tip.place + 1, held: tip.held + products };
}

/** The file first: a row says that it is there. */
async function write(db: Database, { row, policy, products }: WaitingState): Promise<void> {
  if (policy && typeof row.policyHash === "string") {
    await db.insert(policies).values({ hash: row.policyHash, body: policy }).onConflictDoNothing();
  }
  const content = await compress(JSON.stringify(products));
  const [file] = await writeBlobs(db, prefixOf(row.series, row.place), new Map([[fileName, content]]));
  await db
    .insert(states)
    .values({ ...row, file })
    .onConflictDoNothing();
}

/** The state before served until now. */
async function touch(db: Database, { series, place }: Tip, servedAt: Date): Promise<void> {
  await db
    .update(states)
    .set({ servedAt })
    .where(and(eq(states.series, series), eq(states.place, place)));
}

async function readPolicy(db: Database, policyHash: string | null): Promise<ShopPolicy | undefined> {
  if (policyHash === null) return undefined;
  const [row] = await db.select().from(policies).where(eq(policies.hash, policyHash));
  return row && storedPolicy.parse(row.body);
}

/** What a series had made of the catalogue: the last of each product, in the order they first appeared. */
async function readProducts(db: Database, series: string, place: number): Promise<readonly Product[]> {
  const rows = await db
    .select()
    .from(states)
    .where(and(eq(states.series, series), lte(states.place, place)))
    .orderBy(asc(states.place));
  const products = new Map<string, Product>();
  for (const row of rows) {
    const files = await readBlobs(db, prefixOf(series, row.place), [storedFile.parse(row.file)]);
    const content = await decompress(files.get(fileName) ?? new Uint8Array());
    const changed: readonly Product[] = JSON.parse(content.toString("utf8"));
    for (const product of changed) products.set(product.id, product);
  }
  return [...products.values()];
}

/** Whole series go: a state in the middle of one stands on those before it. */
async function prune(db: Database, current: string, now: number): Promise<void> {
  const rows = await db
    .select({
      series: states.series,
      servedAt: sql<number>`extract(epoch from max(${states.servedAt}))::float8 * 1000`,
      bytes: sql<number>`sum((${states.file} ->> 'bytes')::float8)`,
    })
    .from(states)
    .groupBy(states.series)
    .orderBy(sql`${states.series} = ${current} desc`, sql`2 desc`);
  const entries = rows.map(({ servedAt, ...row }) => ({ ...row, servedUntil: servedAt }));
  for (const { series } of expired(entries, { least: 1, bytes: keptStateBytes, now })) {
    await db.transaction(async (transaction) => {
      await transaction.delete(states).where(eq(states.series, series));
      await deleteBlobs(transaction, prefixOf(series));
    });
  }
}
