/** `POST /events`: durable before the answer, idempotent by event id, never a source of revenue. */
import { setTimeout as pause } from "node:timers/promises";
import type { Pool } from "pg";
import type { Handlers } from "../server/handler.ts";
import type { Services } from "../server/services.ts";
import {
  eventRow,
  readEvent,
  type KnownDecision,
  type KnownIds,
  type Reception,
  type StorefrontEvent,
} from "./event-rows.ts";
import type { EventRefusal } from "./event-refusal.ts";
import type { EventRow } from "./event-row.ts";

export const eventHandlers: Pick<Handlers, "sendEvents"> = {
  async sendEvents({ body }, services, { headers }) {
    const userAgent = headers.get("user-agent") ?? undefined;
    const reception = { receivedAt: services.now(), consent: body.consent, userAgent };
    return receiveEvents(body.events, reception, services);
  },
};

export interface ReceivedEvents {
  /** Stored now. */
  readonly accepted: number;
  /** Known already. Two copies sent at the same moment may both count as accepted; one of them is stored. */
  readonly repeated: number;
  readonly refused: (EventRefusal & { readonly index: number })[];
}

/** Stores a batch: what is wrong with one event never costs another. */
export async function receiveEvents(
  inputs: readonly unknown[],
  reception: Reception,
  services: Pick<Services, "database" | "events" | "decisions">,
): Promise<ReceivedEvents> {
  const refused: (EventRefusal & { index: number })[] = [];
  const readable: { readonly index: number; readonly event: StorefrontEvent }[] = [];
  for (const [index, input] of inputs.entries()) {
    const event = readEvent(input, reception.receivedAt);
    if ("code" in event) refused.push({ index, ...event });
    else readable.push({ index, event });
  }
  const known = await lookUp(
    readable.map(({ event }) => event),
    services,
  );
  const rows = new Map<string, EventRow>();
  let repeated = 0;
  for (const { index, event } of readable) {
    const row = eventRow(event, reception, known);
    if ("code" in row) refused.push({ index, ...row });
    else if (known.events.has(event.id) || rows.has(event.id)) repeated++;
    else rows.set(event.id, row);
  }
  await services.events.append([...rows.values()]);
  return { accepted: rows.size, repeated, refused: refused.toSorted((a, b) => a.index - b.index) };
}

interface Known extends KnownIds {
  readonly events: ReadonlySet<string>;
}

/** The log of decisions is written behind their answers: a quick page may be ahead of it. */
const patience = { rounds: 10, milliseconds: 50 };

async function lookUp(
  batch: readonly StorefrontEvent[],
  { database, decisions }: Pick<Services, "database" | "decisions">,
): Promise<Known> {
  let known = await queryKnown(batch, database.pool);
  for (let round = 0; round < patience.rounds && decisions.waiting() > 0 && lacksDecision(batch, known); round++) {
    await pause(patience.milliseconds);
    known = await queryKnown(batch, database.pool);
  }
  return known;
}

function lacksDecision(batch: readonly StorefrontEvent[], { decisions }: KnownIds): boolean {
  return batch.some(({ decisionId }) => decisionId !== undefined && !decisions.has(decisionId));
}

/** A decision's products are read only where a child of it has to be checked. */
const knownQuery = `
  select 'product' as what, id, null as visitor, null as parent, null::jsonb as slate from products where id = any($1::text[])
  union all select 'event', id, null, null, null from events where id = any($2::text[])
  union all select 'decision', id, visitor_id, null,
    case when id = any($4::text[]) then jsonb_path_query_array(receipt, '$.slate[*].productId') end
    from decisions where id = any($3::text[])
  union all select 'decision', child.id, parent.visitor_id, parent.id, null
    from child_decisions child join decisions parent on parent.id = child.parent_id where child.id = any($3::text[])`;

interface KnownRow {
  readonly what: "product" | "event" | "decision";
  readonly id: string;
  readonly visitor: string | null;
  readonly parent: string | null;
  readonly slate: readonly string[] | null;
}

async function queryKnown(batch: readonly StorefrontEvent[], pool: Pool): Promise<Known> {
  const products = new Set<string>();
  const events = new Set<string>();
  const decisions = new Map<string, KnownDecision>();
  const reranked = batch.filter(({ childDecision }) => childDecision !== undefined);
  const { rows } = await pool.query<KnownRow>(knownQuery, [
    distinct(batch.map(({ productId }) => productId)),
    distinct(batch.map(({ id }) => id)),
    distinct(batch.map(({ decisionId }) => decisionId)),
    distinct(reranked.map(({ decisionId }) => decisionId)),
  ]);
  for (const { what, id, visitor, parent, slate } of rows) {
    if (what === "decision") decisions.set(id, { visitorId: visitor, parentId: parent, slate: slate ?? [] });
    else (what === "product" ? products : events).add(id);
  }
  return { products, decisions, events };
}

function distinct(ids: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(ids.filter((id) => id !== undefined))];
}
