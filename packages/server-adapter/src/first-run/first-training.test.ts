import { randomUUID } from "node:crypto";
import { createEngine } from "@basketlift/engine";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { openDrizzle, openPool } from "../database/pool.ts";
import { runs } from "../database/schema.ts";
import type { ServingEngine, Services } from "../server/services.ts";
import { trainFirst } from "./first-training.ts";

let services: TestServices;
/** What becomes of a training as soon as it is asked for. */
let outcome: Partial<typeof runs.$inferInsert>;
beforeEach(async () => {
  services = await createTestServices(({ db }) => ({
    jobs: {
      async start(_, { runId }) {
        await db
          .update(runs)
          .set(outcome)
          .where(eq(runs.id, String(runId)));
        return randomUUID();
      },
      isAlive: async () => true,
      close: async () => {},
    },
  }));
}, 60_000);
afterEach(() => services.close());

/** Serves as soon as it looks for what was trained. */
function engineHolder() {
  let serving: ServingEngine | undefined;
  return {
    current: () => serving,
    async refresh() {
      serving = { engine: await createEngine({ products: [], orders: [] }), runId: "run", trainedAt: new Date(0) };
    },
  };
}

it("the first training waits for a database that answers nobody for a while", async () => {
  outcome = { status: "done" };
  const pool = openPool({ ...services.database.connection, max: 1, connectionTimeoutMillis: 50 });
  const database: Services["database"] = { ...services.database, pool, db: openDrizzle(pool) };
  const only = await pool.connect();
  const engine = engineHolder();
  const trained = trainFirst({ ...services, database }, engine);
  // It stands behind the training's own question, so that one was refused before.
  await expect(pool.query("select 1")).rejects.toThrow("timeout exceeded when trying to connect");
  only.release();
  await trained;
  expect(engine.current()).toBeDefined();
  await pool.end();
});

it("the first training ends with the reason when there is nothing to wait for", async () => {
  outcome = { status: "failed", error: "There are no products." };
  await expect(trainFirst(services, engineHolder())).rejects.toThrow("The training failed: There are no products.");
});
