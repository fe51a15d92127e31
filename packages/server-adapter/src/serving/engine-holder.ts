/**
 * Holds the engine that serves. Loads it at the start - from the database, or from the copy in the data directory when
 * the database is down - and replaces it in one assignment when a newer one is published, the catalogue changes or the
 * shop sets another holdout, strategy or placement, so that no request ever waits or sees half of either. What served before can be asked for
 * by its version.
 */
import type { Engine, EngineFiles } from "@basketlift/engine";
import type { Product } from "@basketlift/engine/catalogue";
import { eq } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import { engines } from "../database/schema.ts";
import type { VersionPoller } from "../database/versions.ts";
import type { Database, EngineService } from "../server/services.ts";
import { readBlobs, storedFile } from "./blobs.ts";
import { productsChangedSince } from "./changed-products.ts";
import { findCopy, keepCopy, readCopy, type Training } from "./engine-copy.ts";
import { readEngineFiles, type TrainedEngine } from "./engine-files.ts";
import { loadHoldoutShare } from "./holdout-setting.ts";
import { liveEngine, type LiveEngine, type ShopSettings } from "./live-engine.ts";
import { loadPolicy } from "./policy.ts";
import { keepSettings, readSettings } from "./settings-copy.ts";
import { createStateArchive } from "./state-archive.ts";
import { enginePrefix } from "./training.ts";

export interface EngineHolderOptions {
  readonly database: { readonly db: Database };
  readonly versions: Pick<VersionPoller, "onChange">;
  /** Folder for a copy of the serving engine, so that a start without a database answers. None is kept when left out. */
  readonly directory?: string | undefined;
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
interface Serving extends Training {
  readonly trained: TrainedEngine;
  readonly live: LiveEngine;
  readonly settings: ShopSettings;
  /** Changes of products up to here are in `live`. */
  readonly productsUntil: Date;
}

/** Milliseconds that an engine which serves no more is kept in memory for further questions. */
const pastLifetime = 300_000;

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
  now = Date.now,
  onProblem = () => {},
}: EngineHolderOptions): Promise<EngineHolder> {
  let serving: Serving | undefined;
  const archive = createStateArchive(db, now);
  const trainings = pastTrainings(db);
  const inTurn = createTurns();

  /** From now on requests are answered by `next`; a state that cannot be kept is not a reason to wait. */
  async function serve(next: Serving, changed: readonly Product[]): Promise<void> {
    serving = next;
    await archive.keep(next, changed).catch(onProblem);
  }

  async function loadNewest(): Promise<void> {
    const [row] = await db.select().from(engines).where(eq(engines.serving, true)).limit(1);
    if (!row || isServing(row)) return;
    const copied = directory === undefined ? undefined : await findCopy(directory, row);
    const files = copied ?? (await readBlobs(db, enginePrefix(row.runId), z.array(storedFile).parse(row.files)));
    const next = await begin(row, files, await loadSettings());
    // The catalogue first: the new engine must not show prices of the time it was trained at.
    const { current, changed } = await withChangedProducts(next);
    await serve(current, changed);
    if (directory === undefined) return;
    if (!copied) await keepCopy(directory, next, files).catch(onProblem);
    await keepSettings(directory, next.settings).catch(onProblem);
  }

  function isServing({ runId, trainedAt }: Training): boolean {
    return serving?.runId === runId && serving.trainedAt.getTime() === trainedAt.getTime();
  }

  async function begin({ runId, trainedAt }: Training, files: EngineFiles, settings: ShopSettings): Promise<Serving> {
    const trained = await readEngineFiles(files, { now });
    const live = liveEngine(trained.engine, { now, ...settings });
    return { runId, trainedAt, trained, live, settings, productsUntil: new Date(trained.readAt) };
  }

  async function withChangedProducts(current: Serving): Promise<{ current: Serving; changed: readonly Product[] }> {
    const { changed, until: productsUntil } = await productsChangedSince(db, current.productsUntil);
    const fresh = changed.filter((product) => !isAsKnown(current.live, product));
    if (fresh.length === 0) return { current: { ...current, productsUntil }, changed: [] };
    const { live, refused } = current.live.withProducts(fresh);
    for (const { id, why } of refused) onProblem(new Error(`Product ${id} cannot be recommended: ${why}`));
    const unused = new Set(refused.map(({ id }) => id));
    return { current: { ...current, live, productsUntil }, changed: fresh.filter(({ id }) => !unused.has(id)) };
  }

  async function followCatalogue(): Promise<void> {
    if (!serving) return;
    const { current, changed } = await withChangedProducts(serving);
    await serve(current, changed);
  }

  async function loadSettings(): Promise<ShopSettings> {
    const { policy, refused } = await loadPolicy(db);
    for (const why of refused) onProblem(new Error(why));
    return { holdoutShare: await loadHoldoutShare(db), policy };
  }

  async function followSettings(): Promise<void> {
    const settings = await loadSettings();
    if (!serving || JSON.stringify(serving.settings) === JSON.stringify(settings)) return;
    await serve({ ...serving, settings, live: serving.live.withSettings(settings) }, []);
    if (directory !== undefined) await keepSettings(directory, settings).catch(onProblem);
  }

  await inTurn(loadNewest).catch(async (error: unknown) => {
    onProblem(error);
    if (directory === undefined) return;
    const copy = await readCopy(directory).catch(() => undefined);
    if (copy) serving = await begin(copy, copy.files, await readSettings(directory)).catch(() => undefined);
  });
  const stops = [
    versions.onChange("engine", () => inTurn(loadNewest)),
    versions.onChange("products", () => inTurn(followCatalogue)),
    versions.onChange("settings", () => inTurn(followSettings)),
  ];
  return {
    current: () => serving && presented(serving),
    async at(version) {
      if (serving?.live.engine.version === version) return serving.live.engine;
      return archive.find(version, async (runId) =>
        serving?.runId === runId ? serving.trained.engine : trainings.find(runId),
      );
    },
    refresh: () => inTurn(loadNewest).then(() => inTurn(followCatalogue)),
    async close() {
      for (const stop of stops) stop();
      await inTurn(async () => {});
    },
  };
}

/** One at a time, in the order asked: a catalogue change never overtakes the engine it belongs to. */
function createTurns(): (work: () => Promise<void>) => Promise<void> {
  let working: Promise<void> = Promise.resolve();
  return (work) => {
    const done = working.then(work);
    working = done.catch(() => {});
    return done;
  };
}

function presented({ live, runId, trainedAt, trained: { snapshot, baskets } }: Serving) {
  return { engine: live.engine, runId, trainedAt, snapshot, baskets };
}

/** Engines of earlier trainings, the last one asked for in memory. */
function pastTrainings(db: Database): { find(runId: string): Promise<Engine | undefined> } {
  const known = new LRUCache<string, Engine>({ max: 1, ttl: pastLifetime, ttlAutopurge: true });
  return {
    async find(runId) {
      const remembered = known.get(runId);
      if (remembered) return remembered;
      const [row] = await db.select().from(engines).where(eq(engines.runId, runId));
      if (!row) return undefined;
      const files = await readBlobs(db, enginePrefix(runId), z.array(storedFile).parse(row.files));
      const { engine } = await readEngineFiles(files, {});
      known.set(runId, engine);
      return engine;
    },
  };
}

/** Changes are read with an overlap that brings the same products again and again; they change nothing. */
function isAsKnown({ engine: { catalogue } }: LiveEngine, product: Product): boolean {
  const index = catalogue.ids.indexOf(product.id);
  return index !== undefined && JSON.stringify(catalogue.products[index]) === JSON.stringify(product);
}
