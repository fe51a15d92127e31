/**
 * What handlers work with: the state at the edges of the server. Made once at start, given to every handler; tests give
 * their own.
 */
import type { Engine } from "@basketlift/engine";
import type { Receipt } from "@basketlift/engine/decision";
import type { PublicSnapshot } from "@basketlift/engine/snapshot";
import type { Incidence } from "@basketlift/engine/matrix";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import type * as schema from "../database/schema.ts";
import type { EventRow } from "../ingest/event-row.ts";

export type Database = NodePgDatabase<typeof schema>;

/** Where the data lies, and whether it answers. */
export interface DatabaseService {
  readonly kind: "embedded" | "postgresql";
  readonly pool: Pool;
  readonly db: Database;
  /** Undefined while up; otherwise why not, in words. Kept by a probe that runs every second. */
  problem(): string | undefined;
  close(): Promise<void>;
}

/** The engine that serves; absent until the first training. Swapped without a pause when a newer one is published. */
export interface EngineService {
  current(): ServingEngine | undefined;
  /** The engine as it was at a version that receipts name; undefined when it is gone. */
  at(version: string): Promise<Engine | undefined>;
}

/** What a training left behind, with the catalogue as it is now. */
export interface ServingEngine {
  readonly engine: Engine;
  readonly runId: string;
  readonly trainedAt: Date;
  /** What browsers re-rank with. */
  readonly snapshot?: PublicSnapshot;
  /** Orders x products: what affinities were found in. */
  readonly baskets?: Incidence;
}

/** Durable, grouped writes: `append` resolves once the row is committed, with others of the same few milliseconds. */
export interface GroupWriter<Row> {
  append(rows: readonly Row[]): Promise<void>;
  /** Rows not yet committed. */
  waiting(): number;
  /** Commits what waits, then refuses more. */
  close(): Promise<void>;
}

/** A decision on its way to the log. Logged without waiting: an answer never hangs on the log. */
export interface DecisionLog {
  record(receipt: Receipt, circumstances: { readonly sessionId?: string | undefined }): void;
  waiting(): number;
  close(): Promise<void>;
}

/** Queued work, on pg-boss. */
export interface JobService {
  /** @returns the job's id */
  start(kind: "train" | "import", data: Readonly<Record<string, unknown>>): Promise<string>;
  /** Whether a job waits, runs, or will be tried again. */
  isAlive(kind: "train" | "import", id: string): Promise<boolean>;
  close(): Promise<void>;
}

/** Uploaded files that wait for their import. */
export interface Uploads {
  /**
   * @param fileName as the sender calls it: reports name it, so the file keeps it
   * @throws ProblemError when nothing was sent, or whatever ended the stream; then nothing is kept
   */
  keep(importId: string, stream: ReadableStream<Uint8Array> | null, fileName: string): Promise<void>;
  /** @returns the path of the file on this machine; undefined when there is none */
  find(importId: string): Promise<string | undefined>;
  /** It may be gone already. */
  remove(importId: string): Promise<void>;
  /** Removes what is no longer waited for. */
  removeAllBut(importIds: ReadonlySet<string>): Promise<void>;
}

/** Signs receipts and checks shopper tokens. */
export interface Secrets {
  /** At least 32 bytes, made at the first start and kept in the data directory or the environment. */
  readonly receiptKey: Uint8Array<ArrayBuffer>;
  readonly shopperKey: Uint8Array<ArrayBuffer>;
}

/** Who calls. Filled by the permission check before a handler runs. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "storefront"; readonly keyId: string; readonly customerId?: string }
  | { readonly kind: "secret"; readonly keyId: string; readonly scopes: readonly ("read" | "write" | "admin")[] }
  | {
      readonly kind: "person";
      readonly id: string;
      readonly email: string;
      readonly role: "viewer" | "editor" | "admin" | "owner";
      /** Signed in with a one-time password: may do nothing but change it. */
      readonly mustChangePassword: boolean;
    };

export interface Services {
  readonly database: DatabaseService;
  readonly engine: EngineService;
  readonly events: GroupWriter<EventRow>;
  readonly decisions: DecisionLog;
  readonly jobs: JobService;
  readonly uploads: Uploads;
  readonly secrets: Secrets;
  /** Milliseconds since 1970, UTC; tests set it. */
  readonly now: () => number;
}
