import type { Receipt } from "@basketlift/engine/decision";
import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { decisions, visitors } from "../database/schema.ts";
import { createDecisionLog } from "./decision-log.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()));
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.db.delete(decisions);
  await services.database.db.delete(visitors);
});

const receipt = (decisionId: string, visitorId?: string, arm: Receipt["arm"] = "treatment"): Receipt => ({
  decisionId,
  decidedAt: new Date(testNow).toISOString(),
  request: { placement: "cart", ...(visitorId !== undefined && { visitorId }) },
  status: "served",
  arm,
  strategy: { id: "companions", version: 1 },
  stateVersion: "v1",
  seed: decisionId,
  poolHash: "0",
  poolSize: 0,
  slate: [],
});

/** A database that can be switched off; its retries are made by hand. */
function switchable() {
  const state = { up: true };
  const query = (text: string, values: unknown[]) =>
    state.up
      ? services.database.pool.query(text, values)
      : Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }));
  const ticks: (() => Promise<void>)[] = [];
  const timer = {
    every(_: number, work: () => Promise<void>) {
      ticks.push(work);
      return async () => {};
    },
  };
  return { state, pool: { query } as unknown as Pool, timer, tick: () => Promise.all(ticks.map((work) => work())) };
}

const stored = async () => (await services.database.db.select().from(decisions)).map(({ id }) => id).sort();

describe("the log of decisions", () => {
  it("writes decisions and the first sight of each visitor who takes part in the experiment", async () => {
    const log = createDecisionLog(services.database.pool);
    log.record(receipt("d1", "visitor-a"), { sessionId: "session-1" });
    log.record(receipt("d2", "visitor-a"), {});
    log.record(receipt("d3", "visitor-b", "holdout"), {});
    log.record(receipt("d4", undefined, "unassigned"), {});
    log.record(receipt("d5", "visitor-c", "unassigned"), {});
    await log.close();
    expect(await stored()).toEqual(["d1", "d2", "d3", "d4", "d5"]);
    const seen = await services.database.db.select().from(visitors).orderBy(visitors.id);
    expect(seen.map(({ id, arm }) => [id, arm])).toEqual([
      ["visitor-a", "treatment"],
      ["visitor-b", "holdout"],
    ]);
    const [first] = await services.database.db.select().from(decisions).orderBy(decisions.id);
    expect(first).toMatchObject({ sessionId: "session-1", receipt: receipt("d1", "visitor-a") });
  });

  it("keeps decisions while the database is down and writes them when it is back", async () => {
    const { state, pool, timer, tick } = switchable();
    const log = createDecisionLog(pool, { timer });
    state.up = false;
    for (const id of ["d1", "d2"]) log.record(receipt(id), {});
    await tick();
    expect(log.waiting()).toBe(2);
    state.up = true;
    await expect.poll(async () => (await tick(), log.waiting()), { timeout: 10_000 }).toBe(0);
    expect(await stored()).toEqual(["d1", "d2"]);
    expect(log.dropped()).toBe(0);
    await log.close();
  });

  it("lets the oldest go when too many wait, and says how many", async () => {
    const { state, pool, timer, tick } = switchable();
    const log = createDecisionLog(pool, { timer, capacity: 3 });
    state.up = false;
    for (let id = 1; id <= 5; id++) {
      log.record(receipt(`d${id}`), {});
      await expect.poll(async () => (await tick(), log.waiting()), { timeout: 10_000 }).toBe(Math.min(id, 3));
    }
    await expect.poll(() => log.dropped(), { timeout: 10_000 }).toBe(2);
    state.up = true;
    await expect.poll(async () => (await tick(), log.waiting()), { timeout: 10_000 }).toBe(0);
    expect(await stored()).toHaveLength(3);
    expect(await stored()).toContain("d5");
    await log.close();
  });

  it("does not let one row that no table can hold keep the others from being written", async () => {
    const log = createDecisionLog(services.database.pool);
    log.record(receipt("d1"), {});
    log.record(receipt("d2"), { sessionId: "a\u0000b" });
    log.record(receipt("d3"), {});
    await expect.poll(() => log.waiting(), { timeout: 10_000 }).toBe(0);
    expect(await stored()).toEqual(["d1", "d3"]);
    expect(log.dropped()).toBe(1);
    await log.close();
  });
});
