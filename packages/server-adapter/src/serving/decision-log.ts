/**
 * The log of decisions. Answers never wait for it: rows are committed in groups behind their backs, and while the
 * database is down they are kept, the oldest going first when there are too many.
 */
import type { Receipt } from "@basketlift/engine/decision";
import type { Pool } from "pg";
import { isDataFault } from "../database/data-fault.ts";
import { systemTimer, type Timer } from "../database/timer.ts";
import { createGroupWriter } from "../ingest/group-writer.ts";
import type { DecisionLog } from "../server/services.ts";

/** One row of `decisions`. */
interface DecisionRow {
  readonly id: string;
  readonly decidedAt: string;
  readonly placement: string;
  readonly strategyId: string;
  readonly strategyVersion: number;
  readonly status: string;
  readonly arm: string;
  readonly stateVersion: string;
  readonly visitorId: string | null;
  readonly sessionId: string | null;
  readonly customerId: string | null;
  readonly receipt: Receipt;
}

export interface DecisionLogOptions {
  /** Rows kept while the database does not take them. */
  readonly capacity?: number;
  readonly timer?: Timer;
}

/** A log that tells how it is doing. */
export interface StoredDecisionLog extends DecisionLog {
  /** Decisions that were lost since the start: too many waited, or the database can never hold them. */
  dropped(): number;
}

/** Milliseconds between two tries to write what was kept. */
const retryInterval = 1000;
/** Milliseconds a decision waits for company. */
const linger = 25;
const retryRows = 1000;

/**
 * @example
 * const decisions = createDecisionLog(database.pool);
 * decisions.record(recommendation.receipt, { sessionId });
 */
export function createDecisionLog(
  pool: Pool,
  { capacity = 50_000, timer = systemTimer }: DecisionLogOptions = {},
): StoredDecisionLog {
  const writer = createGroupWriter<DecisionRow>({
    write: (rows) => insertDecisions(pool, rows),
    linger,
    groupRows: retryRows,
    capacity,
    isFaultOfRows: isDataFault,
  });
  const kept: DecisionRow[] = [];
  let dropped = 0;

  function keep(rows: readonly DecisionRow[], error: unknown): void {
    if (isDataFault(error)) {
      dropped += rows.length;
      return;
    }
    for (const row of rows) kept.push(row);
    const excess = Math.max(0, kept.length - capacity);
    kept.splice(0, excess);
    dropped += excess;
  }

  function write(rows: readonly DecisionRow[]): Promise<void> {
    return writer.append(rows).catch((error: unknown) => keep(rows, error));
  }

  /** One by one in appends, so that one broken row is told from its neighbours. */
  async function retry(): Promise<void> {
    if (kept.length > 0) await Promise.all(kept.splice(0, retryRows).map((row) => write([row])));
  }

  const stop = timer.every(retryInterval, retry);
  return {
    record(receipt, circumstances) {
      void write([rowOf(receipt, circumstances)]);
    },
    waiting: () => writer.waiting() + kept.length,
    dropped: () => dropped,
    async close() {
      await stop();
      await retry();
      await writer.close();
    },
  };
}

function rowOf(receipt: Receipt, { sessionId }: Parameters<DecisionLog["record"]>[1]): DecisionRow {
  const { request, strategy } = receipt;
  return {
    id: receipt.decisionId,
    decidedAt: receipt.decidedAt,
    placement: request.placement,
    strategyId: strategy.id,
    strategyVersion: strategy.version,
    status: receipt.status,
    arm: receipt.arm,
    stateVersion: receipt.stateVersion,
    visitorId: request.visitorId ?? null,
    sessionId: sessionId ?? null,
    customerId: request.customerId ?? null,
    receipt,
  };
}

/** Sorted, so that two servers that meet the same visitors never wait for each other. */
const insert = `
  with logged as (
    insert into decisions (id, decided_at, placement, strategy_id, strategy_version, status, arm, state_version,
      visitor_id, session_id, customer_id, receipt)
    select "id", "decidedAt", "placement", "strategyId", "strategyVersion", "status", "arm", "stateVersion",
      "visitorId", "sessionId", "customerId", "receipt"
    from jsonb_to_recordset($1::jsonb) as row("id" text, "decidedAt" timestamptz, "placement" text,
      "strategyId" text, "strategyVersion" integer, "status" text, "arm" text, "stateVersion" text,
      "visitorId" text, "sessionId" text, "customerId" text, "receipt" jsonb)
    order by "id"
    on conflict (id) do nothing
    returning visitor_id, arm, decided_at
  )
  insert into visitors (id, arm, first_seen_at)
  select distinct on (visitor_id) visitor_id, arm, decided_at from logged
  where visitor_id is not null and arm <> 'unassigned'
  order by visitor_id, decided_at
  on conflict (id) do nothing`;

async function insertDecisions(pool: Pool, rows: readonly DecisionRow[]): Promise<void> {
  await pool.query(insert, [JSON.stringify(rows)]);
}
