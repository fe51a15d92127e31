/** What handlers work with, for tests: a fresh database, writers that commit at once, and whatever a test puts in place. */
import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decisions, events } from "../src/database/schema.ts";
import type { OpenedDatabase } from "../src/database/open.ts";
import { createUploads } from "../src/ingest/uploads.ts";
import type { DecisionLog, GroupWriter, JobService, Services } from "../src/server/services.ts";
import { openTestDatabase } from "./test-database.ts";

export interface TestServices extends Services {
  readonly database: OpenedDatabase;
  /** What was asked of `jobs`, unless a test brought its own. */
  readonly startedJobs: { readonly id: string; readonly kind: string; readonly data: unknown }[];
  close(): Promise<void>;
}

/** What a test replaces; most need the database for it. */
export type Overrides = Partial<Omit<Services, "database" | "engine">> & {
  readonly engine?: Partial<Services["engine"]>;
};

/** Midnight UTC of a Monday, well away from any change of clocks. */
export const testNow = Date.UTC(2026, 5, 15);

/**
 * On the embedded database, or on the server that TEST_DATABASE_URL names.
 * @example
 * const services = await createTestServices({ now: () => Date.UTC(2026, 0, 1) });
 * afterAll(() => services.close());
 */
export async function createTestServices(
  overrides: Overrides | ((database: OpenedDatabase) => Overrides) = {},
): Promise<TestServices> {
  const database = await openTestDatabase();
  const uploadFolder = join(tmpdir(), `basketlift-uploads-${randomUUID()}`);
  const startedJobs: { id: string; kind: string; data: unknown }[] = [];
  const { engine, ...given } = typeof overrides === "function" ? overrides(database) : overrides;
  const services: Services = {
    database,
    engine: { current: () => undefined, at: async () => undefined, ...engine },
    events: eventWriter(database),
    decisions: decisionLog(database),
    jobs: jobRecorder(startedJobs),
    uploads: createUploads(uploadFolder),
    secrets: { receiptKey: new Uint8Array(32).fill(1), shopperKey: new Uint8Array(32).fill(2) },
    now: () => testNow,
    ...given,
  };
  return {
    ...services,
    database,
    startedJobs,
    async close() {
      await services.jobs.close();
      await services.events.close();
      await services.decisions.close();
      await rm(uploadFolder, { recursive: true, force: true });
      await database.close();
    },
  };
}

function eventWriter({ db }: OpenedDatabase): GroupWriter<typeof events.$inferInsert> {
  return {
    append: async (rows) =>
      void (await db
        .insert(events)
        .values([...rows])
        .onConflictDoNothing()),
    waiting: () => 0,
    close: async () => {},
  };
}

function decisionLog({ db }: OpenedDatabase): DecisionLog {
  const writing: Promise<unknown>[] = [];
  return {
    record(receipt, { sessionId }) {
      const { decisionId: id, decidedAt, request, strategy, status, arm, stateVersion } = receipt;
      const row: typeof decisions.$inferInsert = {
        id,
        decidedAt: new Date(decidedAt),
        placement: request.placement,
        strategyId: strategy.id,
        strategyVersion: strategy.version,
        status,
        arm,
        stateVersion,
        visitorId: request.visitorId,
        sessionId,
        customerId: request.customerId,
        receipt,
      };
      writing.push(db.insert(decisions).values(row));
    },
    waiting: () => 0,
    close: async () => void (await Promise.all(writing)),
  };
}

function jobRecorder(started: { id: string; kind: string; data: unknown }[]): JobService {
  return {
    async start(kind, data) {
      const id = randomUUID();
      started.push({ id, kind, data });
      return id;
    },
    isAlive: async (_, id) => started.some((job) => job.id === id),
    close: async () => {},
  };
}
