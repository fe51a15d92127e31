import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createTestServices, testNow, type TestServices } from "../../test/services.ts";
import { imports, runs } from "../database/schema.ts";
import type { Timer } from "../database/timer.ts";
import { createJobService } from "./jobs.ts";
import { endLostRuns, watchRuns } from "./lost-runs.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()), 60_000);
afterAll(() => services.close());
beforeEach(async () => {
  for (const table of [imports, runs]) await services.database.db.delete(table);
});

const createdAt = new Date(testNow - 60_000);
const importRow = { kind: "orders", fileName: "orders.csv", createdAt, progress: 0.4, options: {}, lines: [] };

async function importsAndRuns() {
  const { db } = services.database;
  const rows = [...(await db.select().from(imports)), ...(await db.select().from(runs))];
  return Object.fromEntries(rows.map(({ id, status, error }) => [id, [status, error]]));
}

it("what was tried too often ends as failed, in words for a merchant, and its upload goes; the rest goes on", async () => {
  const { db } = services.database;
  const alive = await services.jobs.start("import", {});
  await db.insert(imports).values([
    { ...importRow, id: "given-up", jobId: "gone", status: "running" },
    { ...importRow, id: "interrupted", jobId: "gone", status: "queued", error: "The disk is full." },
    { ...importRow, id: "at-work", jobId: alive, status: "running" },
    { ...importRow, id: "over", jobId: "gone", status: "done" },
    { ...importRow, id: "coming-in", jobId: null, status: "queued", createdAt: new Date(testNow) },
    { ...importRow, id: "killed-command", jobId: null, status: "running" },
  ]);
  await db.insert(runs).values([{ id: "training", jobId: "gone", status: "running", createdAt, progress: 0.2 }]);
  await services.uploads.keep("given-up", new Blob(["a"]).stream(), "a.csv");
  await endLostRuns(services, testNow);
  const why =
    "The import was cut off and did not come to its end. Import the file again: what came in already is not counted twice.";
  expect(await importsAndRuns()).toEqual({
    "given-up": ["failed", why],
    interrupted: ["failed", `The disk is full. ${why}`],
    "at-work": ["running", null],
    over: ["done", null],
    "coming-in": ["queued", null],
    "killed-command": ["failed", why],
    training: [
      "failed",
      "The training was cut off and did not come to its end. Train again; the engine before it went on serving.",
    ],
  });
  expect(await services.uploads.find("given-up")).toBeUndefined();
});

it("is looked for at the start and again and again, also after a look that failed", async () => {
  const ticks: (() => Promise<void>)[] = [];
  const timer: Timer = { every: (_, work) => (ticks.push(work), async () => {}) };
  const problems: unknown[] = [];
  let isDown = true;
  const jobs = {
    ...services.jobs,
    isAlive: async () => {
      if (isDown) throw new Error("The database is down.");
      return false;
    },
  };
  await services.database.db.insert(imports).values({ ...importRow, id: "i1", jobId: "gone", status: "running" });
  await services.uploads.keep("orphan", new Blob(["a"]).stream(), "a.csv");
  await watchRuns({ ...services, jobs }, { timer, onProblem: (problem) => problems.push(problem) });
  expect(problems).toEqual([new Error("The database is down.")]);
  isDown = false;
  for (const tick of ticks) await tick();
  expect(await importsAndRuns()).toMatchObject({ i1: ["failed", expect.any(String)] });
  expect(await services.uploads.find("orphan")).toBeDefined();
  await watchRuns({ ...services, jobs }, { timer });
  expect(await services.uploads.find("orphan")).toBeUndefined();
});

it("a job that failed for good is no longer alive, one that waits is", async () => {
  let tries = 0;
  const work = {
    train: async () => {},
    import: () => Promise.reject(new Error(`try ${++tries}`)),
  };
  const jobs = await createJobService(services.database.connection, work);
  const id = await jobs.start("import", { importId: "i1" });
  expect(await jobs.isAlive("import", id)).toBe(true);
  await expect.poll(() => jobs.isAlive("import", id), { timeout: 30_000, interval: 200 }).toBe(false);
  expect(tries).toBe(3);
  expect(await jobs.isAlive("import", "11111111-1111-4111-8111-111111111111")).toBe(false);
  await jobs.close();
}, 40_000);
