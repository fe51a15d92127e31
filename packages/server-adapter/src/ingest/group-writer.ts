/**
 * Group commit: rows that arrive within a few milliseconds of one another share one transaction, because a commit costs
 * far more than a row. Every caller still waits for its own rows to be durable, and hears when they are not.
 */
import { ProblemError } from "../server/problem.ts";
import type { GroupWriter } from "../server/services.ts";

export interface GroupWriterOptions<Row> {
  /** Commits rows, all or none. Called by one group at a time; must take a row that was written before as done. */
  readonly write: (rows: readonly Row[]) => Promise<void>;
  /** How long the first row of a group waits for company, in milliseconds. */
  readonly linger?: number;
  /** Rows of one transaction. Rows appended together stay together, also when they are more. */
  readonly groupRows?: number;
  /** Rows that may wait; beyond them `append` refuses, so that a slow database never fills the memory. */
  readonly capacity?: number;
  /**
   * Whether a failure is the fault of some row rather than of the database. Then each append of the group is tried
   * alone, so that one client's broken row never costs another its events.
   */
  readonly isFaultOfRows?: (error: unknown) => boolean;
}

interface Append<Row> {
  readonly rows: readonly Row[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * @example
 * const events = createGroupWriter({ write: (rows) => insertEvents(pool, rows) });
 * await events.append([event]); // durable now
 */
export function createGroupWriter<Row>({
  write,
  linger = 4,
  groupRows = 2_000,
  capacity = 20_000,
  isFaultOfRows = () => false,
}: GroupWriterOptions<Row>): GroupWriter<Row> {
  let queue: Append<Row>[] = [];
  let waiting = 0;
  let isClosed = false;
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, isClosed ? 0 : linger));
    while (queue.length > 0) await commit(takeGroup());
    working = undefined;
  }

  function takeGroup(): readonly Append<Row>[] {
    let rows = 0;
    const next = queue.findIndex((append, index) => {
      rows += append.rows.length;
      return index > 0 && rows > groupRows;
    });
    const group = next < 0 ? queue : queue.slice(0, next);
    queue = next < 0 ? [] : queue.slice(next);
    return group;
  }

  async function commit(group: readonly Append<Row>[]): Promise<void> {
    try {
      await write(group.flatMap(({ rows }) => rows));
      settle(group, ({ resolve }) => resolve());
    } catch (error) {
      if (group.length > 1 && isFaultOfRows(error)) {
        for (const append of group) await commit([append]);
      } else {
        settle(group, ({ reject }) => reject(error));
      }
    }
  }

  function settle(group: readonly Append<Row>[], tell: (append: Append<Row>) => void): void {
    for (const append of group) {
      waiting -= append.rows.length;
      tell(append);
    }
  }

  return {
    append(rows) {
      if (rows.length === 0) return Promise.resolve();
      if (isClosed) return Promise.reject(overloaded("The server is stopping; send it again."));
      if (waiting + rows.length > capacity) {
        return Promise.reject(overloaded(`${waiting} rows wait to be stored already; send it again in a moment.`));
      }
      waiting += rows.length;
      return new Promise<void>((resolve, reject) => {
        queue.push({ rows, resolve, reject });
        working ??= work();
      });
    },
    waiting: () => waiting,
    async close() {
      isClosed = true;
      await working;
    },
  };
}

function overloaded(detail: string): ProblemError {
  return new ProblemError("overloaded", detail, { headers: { "Retry-After": "1" } });
}
