/**
 * Holds the engine that serves. Loads it at the start - from the database, or from the copy in the data directory when
 * the database is down - and replaces it in one assignment when a newer one is published or the catalogue changes, so
 * that no request ever waits or sees half of either.
 */
import type { EngineFiles, Policy } from "@basketlift/engine";
import type { Product } from "@basketlift/engine/catalogue";
import { and, asc, eq, gt, gte, or } from "drizzle-orm";
import { z } from "zod";
import { engines, products } from "../database/schema.ts";
import type { VersionPoller } from "../database/versions.ts";
import type { Database, EngineService } from "../server/services.ts";
import { readEngineDirectory, writeEngineDirectory } from "../storage/engine-directory.ts";
import { readBlobs, storedFile } from "./blobs.ts";
import { readEngineFiles, type TrainedEngine } from "./engine-files.ts";
import { liveEngine, type LiveEngine } from "./live-engine.ts";
import { enginePrefix } from "./training.ts";

export interface EngineHolderOptions {
  readonly database: { readonly db: Database };
  readonly versions: Pick<VersionPoller, "onChange">;
  /** Folder for a copy of the serving engine, so that a start without a database answers. None is kept when left out. */
  readonly directory?: string | undefined;
  /** Placements and holdout; the engine's own when left out. */
  readonly policy?: Policy;
  /** Milliseconds since 1970, UTC. */
  readonly now?: () => number;
  /** Told what went wrong while loading; the engine before goes on serving. */
  readonly onProblem?: (problem: unknown) => void;
}

export interface EngineHolder extends EngineService {
  /** Loads what is newer now. Resolves when it serves; rejects when it cannot be loaded. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** What serves. */
interface Serving {
  readonly runId: string;
  readonly trainedAt: Date;
  readonly trained: TrainedEngine;
  readonly live: LiveEngine;
  /** Changes of products up to here are in `live`. */
  readonly productsUntil: Date;
}

/** Clocks of several servers differ, and a transaction commits after it took its time: look back this far. */
const overlap = 60_000;
const productsPerPage = 1000;

/**
 * Resolves although nothing is trained yet, or the database is down.
 * @example
 * const holder = await createEngineHolder({ database, versions, directory: join(dataDirectory, "engine") });
 * holder.current()?.engine.recommend({ placement: "homepage" });
 */
export async function createEngineHolder({
  database: { db },
  versions,
  directory,
  policy = {},
  now = Date.now,
  onProblem = () => {},
}: EngineHolderOptions): Promise<EngineHolder> {
  let serving: Serving | undefined;
  let working: Promise<void> = Promise.resolve();

  /** One at a time, in the order asked: a catalogue change never overtakes the engine it belongs to. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = working.then(work);
    working = done.catch(() => {});
    return done;
  }

  async function loadNewest(): Promise<void> {
    const [row] = await db.select().from(engines).where(eq(engines.serving, true)).limit(1);
    if (!row || isServing(row.runId, row.trainedAt)) return;
    const copied = await copyOf(directory, row.runId, row.trainedAt);
    const files = copied ?? (await readBlobs(db, enginePrefix(row.runId), z.array(storedFile).parse(row.files)));
    const next = await begin(row.runId, row.trainedAt, files);
    // The catalogue first: the new engine must not show prices of the time it was trained at.
    serving = await withChangedProducts(next);
    if (!copied && directory !== undefined) await keepCopy(directory, next, files).catch(onProblem);
  }

  function isServing(runId: string, trainedAt: Date): boolean {
    return serving?.runId === runId && serving.trainedAt.getTime() === trainedAt.getTime();
  }

  async function begin(runId: string, trainedAt: Date, files: EngineFiles): Promise<Serving> {
    const trained = await readEngineFiles(files, { ...policy, now });
    const live = liveEngine(trained.engine, { now });
    return { runId, trainedAt, trained, live, productsUntil: new Date(trained.readAt) };
  }

  async function withChangedProducts(current: Serving): Promise<Serving> {
    const since = new Date(current.productsUntil.getTime() - overlap);
    const { changed, until } = await productsChangedSince(db, since);
    const fresh = changed.filter((product) => !isAsKnown(current.live, product));
    const productsUntil = until ?? current.productsUntil;
    if (fresh.length === 0) return { ...current, productsUntil };
    const { live, refused } = current.live.withProducts(fresh);
    for (const { id, why } of refused) onProblem(new Error(`Product ${id} cannot be recommended: ${why}`));
    return { ...current, live, productsUntil };
  }

  async function followCatalogue(): Promise<void> {
    if (serving) serving = await withChangedProducts(serving);
  }

  await inTurn(loadNewest).catch(async (error: unknown) => {
    onProblem(error);
    if (directory !== undefined) serving = await readCopy(directory, begin).catch(() => undefined);
  });
  const stopEngine = versions.onChange("engine", () => inTurn(loadNewest));
  const stopProducts = versions.onChange("products", () => inTurn(followCatalogue));
  return {
    current: () =>
      serving && {
        engine: serving.live.engine,
        runId: serving.runId,
        trainedAt: serving.trainedAt,
        snapshot: serving.trained.snapshot,
        baskets: serving.trained.baskets,
      },
    refresh: () => inTurn(loadNewest).then(() => inTurn(followCatalogue)),
    async close() {
      stopEngine();
      stopProducts();
      await working;
    },
  };
}

/** The overlap brings the same products again and again; they change nothing. */
function isAsKnown({ engine: { catalogue } }: LiveEngine, product: Product): boolean {
  const index = catalogue.ids.indexOf(product.id);
  return index !== undefined && JSON.stringify(catalogue.products[index]) === JSON.stringify(product);
}

async function productsChangedSince(db: Database, since: Date): Promise<{ changed: Product[]; until?: Date }> {
  const changed: Product[] = [];
  let last: { readonly updatedAt: Date; readonly id: string } | undefined;
  for (;;) {
    const page = await db
      .select({ id: products.id, body: products.body, updatedAt: products.updatedAt })
      .from(products)
      .where(
        last
          ? or(
              gt(products.updatedAt, last.updatedAt),
              and(eq(products.updatedAt, last.updatedAt), gt(products.id, last.id)),
            )
          : gte(products.updatedAt, since),
      )
      .orderBy(asc(products.updatedAt), asc(products.id))
      .limit(productsPerPage);
    for (const { body } of page) changed.push(body);
    last = page.at(-1) ?? last;
    if (page.length < productsPerPage) return { changed, ...(last && { until: last.updatedAt }) };
  }
}

/** The copy's manifest names the run as its version. */
function keepCopy(directory: string, { runId, trainedAt }: Serving, files: EngineFiles): Promise<void> {
  return writeEngineDirectory(directory, files, { version: runId, trainedAt: trainedAt.toISOString() });
}

/** @returns the files of the copy, where it is whole and of this very training */
async function copyOf(directory: string | undefined, runId: string, trainedAt: Date): Promise<EngineFiles | undefined> {
  if (directory === undefined) return undefined;
  const copy = await readEngineDirectory(directory).catch(() => undefined);
  const isSame = copy?.manifest.version === runId && copy.manifest.trainedAt === trainedAt.toISOString();
  return isSame ? copy.files : undefined;
}

async function readCopy(
  directory: string,
  begin: (runId: string, trainedAt: Date, files: EngineFiles) => Promise<Serving>,
): Promise<Serving> {
  const { manifest, files } = await readEngineDirectory(directory);
  return begin(manifest.version, new Date(manifest.trainedAt), files);
}
