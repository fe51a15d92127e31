/** Logged decisions out of the database, and what came of them. */
import type { Receipt } from "@basketlift/engine/decision";
import { and, desc, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import { decisions } from "../database/schema.ts";
import { trustworthy } from "../ingest/event-flaws.ts";
import type { Database } from "../server/services.ts";

export type StoredDecision = typeof decisions.$inferSelect;

/** @returns the receipt of a logged decision; undefined for a row that another program wrote */
export function receiptOf({ receipt }: StoredDecision): Receipt | undefined {
  return isReceipt(receipt) ? receipt : undefined;
}

function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== "object" || value === null) return false;
  return "decisionId" in value && "request" in value && "slate" in value && Array.isArray(value.slate);
}

export interface DecisionFilter {
  readonly placement?: string | undefined;
  readonly customerId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly status?: string | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** Time and id of the last decision seen. */
  readonly after?: readonly [time: number, id: string] | undefined;
}

/** Newest first. */
export function findDecisions(db: Database, filter: DecisionFilter, limit: number): Promise<StoredDecision[]> {
  const { after } = filter;
  const wanted: (SQL | undefined)[] = [
    filter.placement === undefined ? undefined : eq(decisions.placement, filter.placement),
    filter.customerId === undefined ? undefined : eq(decisions.customerId, filter.customerId),
    filter.sessionId === undefined ? undefined : eq(decisions.sessionId, filter.sessionId),
    filter.status === undefined ? undefined : eq(decisions.status, filter.status),
    filter.from && gte(decisions.decidedAt, filter.from),
    filter.until && lt(decisions.decidedAt, filter.until),
    after && sql`(${decisions.decidedAt}, ${decisions.id}) < (${new Date(after[0])}, ${after[1]})`,
  ];
  return db
    .select()
    .from(decisions)
    .where(and(...wanted))
    .orderBy(desc(decisions.decidedAt), desc(decisions.id))
    .limit(limit);
}

export interface Outcomes {
  readonly impressions: number;
  readonly clicks: number;
  readonly addToCarts: number;
  readonly purchases: number;
}

/** How long after a decision an order may still be its outcome. */
const purchaseWindow = "7 days";

/**
 * What came of decisions. A purchase is an order of the same visitor within a week that holds a product of the slate:
 * it came after the decision, not necessarily because of it. Ghosts of the holdout have purchases too; that is the point.
 */
export async function outcomesOf(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Outcomes>> {
  if (ids.length === 0) return new Map();
  const wanted = sql`${JSON.stringify(ids)}::jsonb`;
  const { rows } = await db.execute<{ id: string } & Record<keyof Outcomes, number>>(sql`
    with wanted as (select jsonb_array_elements_text(${wanted}) as id),
    seen as (
      select event.decision_id as id,
        count(*) filter (where event.kind = 'impression')::integer as impressions,
        count(*) filter (where event.kind = 'click')::integer as clicks,
        count(*) filter (where event.kind = 'add-to-cart')::integer as add_to_carts
      from events event join wanted on wanted.id = event.decision_id
      where ${sql.raw(trustworthy("event"))}
      group by 1
    ),
    bought as (
      select decision.id, count(distinct "order".id)::integer as purchases
      from decisions decision join wanted on wanted.id = decision.id
      join orders "order" on "order".visitor_id = decision.visitor_id
        and "order".placed_at >= decision.decided_at
        and "order".placed_at < decision.decided_at + ${sql.raw(`interval '${purchaseWindow}'`)}
      where exists (
        select from jsonb_array_elements("order".lines) line
        join jsonb_array_elements(decision.receipt -> 'slate') shown on shown ->> 'productId' = line ->> 'productId'
        where coalesce((line ->> 'cancelled')::boolean, false) = false
      )
      group by 1
    )
    select wanted.id, coalesce(impressions, 0) as impressions, coalesce(clicks, 0) as clicks,
      coalesce(add_to_carts, 0) as "addToCarts", coalesce(purchases, 0) as purchases
    from wanted left join seen on seen.id = wanted.id left join bought on bought.id = wanted.id`);
  return new Map(rows.map(({ id, ...outcomes }) => [id, outcomes]));
}
