/**
 * How processes learn that something they keep in memory has changed: whoever changes it raises a number in the same
 * transaction, everybody reads the numbers twice a second. Works on every database, survives one that is down.
 */
import { sql } from "drizzle-orm";
import type { Database } from "../server/services.ts";
import { versions } from "./schema.ts";
import { systemTimer, type Timer } from "./timer.ts";

/** What processes keep in memory. */
export type Subject = "engine" | "settings" | "keys" | "products" | "orders" | "people";

/** A drizzle database or one of its transactions. */
export type Writer = Pick<Database, "insert">;

/**
 * Tells every process that the subject changed, once the transaction commits.
 * @example
 * await db.transaction(async (tx) => {
 *   await tx.update(engines).set({ serving: true }).where(eq(engines.runId, runId));
 *   await bump(tx, "engine");
 * });
 */
export async function bump(writer: Writer, subject: Subject): Promise<void> {
  await writer
    .insert(versions)
    .values({ subject, version: 1 })
    .onConflictDoUpdate({ target: versions.subject, set: { version: sql`${versions.version} + 1` } });
}

export interface VersionPoller {
  /**
   * The handler is called at the first reading after this, so that no change is missed between loading and listening,
   * then whenever the version is another one; again at the next reading when it fails.
   * @returns ends it
   */
  onChange(subject: Subject, handler: () => Promise<void> | void): () => void;
  /** Reads now. Resolves when all handlers are done; never rejects. */
  poll(): Promise<void>;
  close(): Promise<void>;
}

export interface VersionPollerOptions {
  /** Milliseconds between two readings. */
  interval?: number;
  timer?: Timer;
  /** A handler failed, or the database did not answer. */
  onProblem?: (error: unknown) => void;
}

/** One for each process. */
export function pollVersions(
  db: Pick<Database, "select">,
  { interval = 500, timer = systemTimer, onProblem = () => {} }: VersionPollerOptions = {},
): VersionPoller {
  interface Subscription {
    readonly subject: Subject;
    readonly handler: () => Promise<void> | void;
    seen: number | undefined;
  }
  const subscriptions = new Set<Subscription>();

  async function tell(subscription: Subscription, version: number): Promise<void> {
    if (version === subscription.seen) return;
    try {
      await subscription.handler();
      subscription.seen = version;
    } catch (error) {
      onProblem(error);
    }
  }

  async function read(): Promise<void> {
    if (subscriptions.size === 0) return;
    try {
      const rows = await db.select().from(versions);
      const current = new Map(rows.map(({ subject, version }) => [subject, version]));
      await Promise.all(Array.from(subscriptions, (own) => tell(own, current.get(own.subject) ?? 0)));
    } catch (error) {
      onProblem(error);
    }
  }

  /** A reading asked for while another runs comes after it: no handler runs twice at once. */
  let last = Promise.resolve();
  const poll = (): Promise<void> => (last = last.then(read));
  const stop = timer.every(interval, poll);
  return {
    onChange(subject, handler) {
      const subscription: Subscription = { subject, handler, seen: undefined };
      subscriptions.add(subscription);
      return () => void subscriptions.delete(subscription);
    },
    poll,
    async close() {
      subscriptions.clear();
      await stop();
      await last;
    },
  };
}
