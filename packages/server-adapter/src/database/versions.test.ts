import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase } from "../../test/test-database.ts";
import type { OpenedDatabase } from "./open.ts";
import { versions } from "./schema.ts";
import type { Timer } from "./timer.ts";
import { bump, pollVersions } from "./versions.ts";

/** Polls happen when the test says so. */
const byHand: Timer = { every: () => async () => {} };

describe("changes that every process must hear of", () => {
  let database: OpenedDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  }, 60_000);
  beforeEach(() => database.db.delete(versions));
  afterAll(() => database.close());

  it("are told once each, and once at the start so that none is missed", async () => {
    const { db } = database;
    const poller = pollVersions(db, { timer: byHand });
    let told = 0;
    poller.onChange("engine", () => void (told += 1));
    await poller.poll();
    await poller.poll();
    expect(told).toBe(1);
    await bump(db, "engine");
    await bump(db, "settings");
    await poller.poll();
    await poller.poll();
    expect(told).toBe(2);
  });

  it("are told after the commit, never after a rollback", async () => {
    const { db } = database;
    const poller = pollVersions(db, { timer: byHand });
    let told = 0;
    poller.onChange("keys", () => void (told += 1));
    await poller.poll();
    const undone = db.transaction(async (tx) => {
      await bump(tx, "keys");
      tx.rollback();
    });
    await expect(undone).rejects.toThrow("Rollback");
    await poller.poll();
    expect(told).toBe(1);
  });

  it("are told again when whoever listens failed", async () => {
    const problems: unknown[] = [];
    const poller = pollVersions(database.db, { timer: byHand, onProblem: (error) => problems.push(error) });
    let attempts = 0;
    poller.onChange("engine", () => {
      attempts += 1;
      if (attempts === 1) throw new Error("file missing");
    });
    await poller.poll();
    await poller.poll();
    await poller.poll();
    expect(attempts).toBe(2);
    expect(problems).toEqual([new Error("file missing")]);
  });

  it("are no longer told to those who stopped listening", async () => {
    const poller = pollVersions(database.db, { timer: byHand });
    let told = 0;
    const stop = poller.onChange("products", () => void (told += 1));
    stop();
    await poller.poll();
    expect(told).toBe(0);
  });

  it("arrive late, but arrive, when the database was down", async () => {
    let down = true;
    const db: Pick<OpenedDatabase["db"], "select"> = new Proxy(database.db, {
      get(target, property, receiver) {
        if (down && property === "select") throw new Error("connection refused");
        return Reflect.get(target, property, receiver);
      },
    });
    const problems: unknown[] = [];
    const poller = pollVersions(db, { timer: byHand, onProblem: (error) => problems.push(error) });
    let told = 0;
    poller.onChange("engine", () => void (told += 1));
    await poller.poll();
    expect([told, problems.length]).toEqual([0, 1]);
    down = false;
    await poller.poll();
    expect(told).toBe(1);
  });
});
