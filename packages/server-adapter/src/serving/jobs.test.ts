import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { createJobService, type JobWork } from "./jobs.ts";
import { TrainingError } from "./training.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()), 60_000);
afterAll(() => services.close());

describe("queued work", () => {
  it("runs, is tried again after a failure, and not after one that trying cannot mend", async () => {
    const log: string[] = [];
    const work: JobWork = {
      async train({ runId }) {
        log.push(`train ${String(runId)}`);
        throw new TrainingError("no products");
      },
      async import({ importId }) {
        log.push(`import ${String(importId)}`);
        if (log.filter((line) => line.startsWith("import")).length === 1) throw new Error("the database hiccuped");
      },
    };
    const jobs = await createJobService(services.database.connection, work);
    await jobs.start("train", { runId: "r1" });
    await jobs.start("import", { importId: "i1" });
    await expect
      .poll(() => log.toSorted(), { timeout: 20_000, interval: 100 })
      .toEqual(["import i1", "import i1", "train r1"]);
    await jobs.close();
  });

  it("queues one training behind the one that runs, and no more", async () => {
    let release = (): void => {};
    const started: string[] = [];
    const work: JobWork = {
      train: ({ runId }, { signal }) =>
        new Promise((resolve, reject) => {
          started.push(String(runId));
          release = resolve;
          signal.addEventListener("abort", () => reject(new Error("stopped")));
        }),
      import: async () => {},
    };
    const jobs = await createJobService(services.database.connection, work);
    const running = await jobs.start("train", { runId: "first" });
    await expect.poll(() => started, { timeout: 10_000 }).toEqual(["first"]);
    const waiting = await jobs.start("train", { runId: "second" });
    expect(waiting).not.toBe(running);
    expect(await jobs.start("train", { runId: "third" })).toBe(waiting);
    release();
    await expect.poll(() => started, { timeout: 10_000 }).toEqual(["first", "second"]);
    release();
    await jobs.close();
  });

  it("takes up at once what a crash cut off, where nobody else works on the database", async () => {
    const started: string[] = [];
    const never: JobWork = {
      train: async () => {},
      import: ({ importId }) => new Promise(() => started.push(`cut ${String(importId)}`)),
    };
    const crashed = await createJobService(services.database.connection, never);
    await crashed.start("import", { importId: "i9" });
    await expect.poll(() => started, { timeout: 10_000 }).toEqual(["cut i9"]);
    const work: JobWork = {
      train: async () => {},
      import: async ({ importId }) => void started.push(`again ${String(importId)}`),
    };
    const next = await createJobService(services.database.connection, work, { alone: true });
    await expect.poll(() => started, { timeout: 20_000 }).toEqual(["cut i9", "again i9"]);
    await next.close();
  });

  it("does not give up what a dying server cut off, however often, but what fails by itself", async () => {
    let tries = 0;
    const never: JobWork = { train: async () => {}, import: () => new Promise(() => (tries += 1)) };
    let id = "";
    for (let death = 1; death <= 4; death++) {
      const dying = await createJobService(services.database.connection, never, { alone: true });
      if (death === 1) id = await dying.start("import", {});
      await expect.poll(() => tries, { timeout: 20_000 }).toBe(death);
    }
    const failing: JobWork = {
      train: async () => {},
      async import() {
        tries += 1;
        throw new Error("the disk is full");
      },
    };
    const next = await createJobService(services.database.connection, failing, { alone: true });
    await expect.poll(() => next.isAlive("import", id), { timeout: 60_000, interval: 100 }).toBe(false);
    expect(tries).toBe(4 + 3);
    await next.close();
  });

  it("does not count it as a failure that the database went away", async () => {
    let tries = 0;
    const work: JobWork = {
      train: async () => {},
      async import() {
        tries += 1;
        if (tries <= 3) throw new Error("Connection terminated unexpectedly");
      },
    };
    const jobs = await createJobService(services.database.connection, work);
    await jobs.start("import", {});
    await expect.poll(() => tries, { timeout: 90_000, interval: 100 }).toBe(4);
    await jobs.close();
  });

  it("says that the database is down when it is, and lets the server start", async () => {
    const noted: unknown[] = [];
    const jobs = await createJobService(
      { host: "/nowhere", user: "nobody" },
      { train: async () => {}, import: async () => {} },
      { onProblem: (problem) => noted.push(problem), timer: { every: () => async () => {} } },
    );
    await expect(jobs.start("train", {})).rejects.toMatchObject({ code: "database-down" });
    expect(noted.length).toBeGreaterThan(0);
    await jobs.close();
  });
});
