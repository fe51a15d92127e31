/**
 * Trains an engine in a thread of its own: reads the shop through a connection of its own, and gives back files. The
 * server goes on answering meanwhile.
 */
import { parentPort, workerData } from "node:worker_threads";
import { trainEngine } from "@basketlift/engine";
import { createCatalogue } from "@basketlift/engine/catalogue";
import { createPublicSnapshot } from "@basketlift/engine/snapshot";
import { createTrainingView } from "@basketlift/engine/history";
import type { Progress } from "@basketlift/engine/models";
import { openDrizzle, openPool } from "../database/pool.ts";
import { loadCatalogue, loadOrderHistory, loadSessions } from "../ingest/load-shop.ts";
import type { Database } from "../server/services.ts";
import { writeEngineFiles } from "./engine-files.ts";
import type { TrainingOrder, TrainingReport } from "./training-messages.ts";

const { connection, readAt }: TrainingOrder = workerData;

function report(message: TrainingReport, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

const pool = openPool({ ...connection, max: 1 });
try {
  await train(openDrizzle(pool));
} catch (error) {
  report({ kind: "failed", reason: error instanceof Error ? error.message : String(error), name: nameOf(error) });
} finally {
  await pool.end();
}

async function train(db: Database): Promise<void> {
  const store = { database: { db } };
  const onProgress = (progress: Progress): void => report({ kind: "progress", progress });
  const catalogue = createCatalogue(await loadCatalogue(store));
  if (catalogue.products.length === 0) throw new Error("The shop has no products yet. Import or send some first.");
  const orders = await loadOrderHistory(store, catalogue, { onProgress });
  const visits = await loadSessions(store, catalogue, { onProgress });
  const sessions = visits?.sessions;
  const engine = await trainEngine({ catalogue, orders, ...(sessions && { sessions }) }, { onProgress });
  const snapshot = await createPublicSnapshot(engine, { orders, sessions }, { onProgress });
  const { baskets } = createTrainingView({ orders, sessions });
  const files = [...writeEngineFiles({ engine, snapshot, baskets, readAt })];
  const { testedPairs, significantPairs } = engine.affinities.facts;
  report(
    {
      kind: "done",
      stateVersion: engine.version,
      snapshotVersion: snapshot.version,
      files,
      facts: {
        orders: orders.orderIds.length,
        products: catalogue.products.length,
        sessions: sessions?.visitorOf.length ?? 0,
        testedPairs,
        significantPairs,
        affinities: engine.affinities.count.length,
      },
    },
    [...new Set(files.map(([, { buffer }]) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer),
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "Error";
}
