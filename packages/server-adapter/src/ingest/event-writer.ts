/**
 * Stores events: one statement puts new ones into the log and counts them in the rollups, so that both hold exactly the
 * events that were acknowledged, however often each of them was sent.
 */
import type { Pool } from "pg";
import { countFresh } from "../analytics/rollups.ts";
import { isDataFault } from "../database/data-fault.ts";
import type { GroupWriter } from "../server/services.ts";
import type { EventRow } from "./event-row.ts";
import { createGroupWriter } from "./group-writer.ts";

/**
 * The writer of the event log, for `Services.events`.
 * @example
 * const events = createEventWriter(database.pool);
 */
export function createEventWriter(pool: Pool): GroupWriter<EventRow> {
  return createGroupWriter<EventRow>({ write: (rows) => insertEvents(pool, rows), isFaultOfRows: isDataFault });
}

const insert = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) as row("id" text, "kind" text, "occurredAt" timestamptz,
      "receivedAt" timestamptz, "visitorId" text, "sessionId" text, "productId" text, "decisionId" text,
      "childDecisionId" text, "childDecision" jsonb, "position" smallint, "placement" text,
      "consentMeasurement" boolean, "consentPersonalisation" boolean, "userAgent" text, "flaw" text)
  ),
  children as (
    insert into child_decisions (id, parent_id, seen_at, snapshot_version, rerank_version, session, products)
    select distinct on (child."id") child."id", "parentId", "seenAt", "snapshotVersion", "rerankVersion", "session",
      "products"
    from given, jsonb_to_record(given."childDecision") as child("id" text, "parentId" text, "seenAt" timestamptz,
      "snapshotVersion" text, "rerankVersion" integer, "session" jsonb, "products" jsonb)
    where given."childDecision" is not null
    order by child."id", "seenAt"
    on conflict (id) do nothing
  ),
  fresh as (
    insert into events (id, kind, occurred_at, received_at, visitor_id, session_id, product_id, decision_id,
      child_decision_id, position, placement, consent_measurement, consent_personalisation, user_agent, flaw)
    select "id", "kind", "occurredAt", "receivedAt", "visitorId", "sessionId", "productId", "decisionId",
      "childDecisionId", "position", "placement", "consentMeasurement", "consentPersonalisation", "userAgent", "flaw"
    from given
    order by "id"
    on conflict (id) do nothing
    returning *
  )
  ${countFresh("fresh")}`;

/** Sorted by id before they are inserted, so that two servers that get the same events never wait for each other. */
export async function insertEvents(pool: Pool, rows: readonly EventRow[]): Promise<void> {
  await pool.query(insert, [JSON.stringify(rows)]);
}
