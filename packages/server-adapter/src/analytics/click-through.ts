/**
 * `GET /analytics/ctr`: how often what was seen was clicked. Sessions are the honest units - one eager shopper is one
 * session, however often they click - and items stand beside them. Never a goal by itself: clicks are easily bought with
 * curiosity.
 */
import { shareWithInterval } from "@basketlift/engine/experiments";
import { sql, type SQL } from "drizzle-orm";
import { trustworthy } from "../ingest/event-flaws.ts";
import type { Handlers } from "../server/handler.ts";
import type { Database } from "../server/services.ts";
import { at, loadUnits, readPeriod, type Period } from "./period.ts";

/** `ranking` tells the orders of the server from those that devices made of them. */
type Split = "placement" | "strategy" | "position" | "ranking";

export const clickThroughHandler: Handlers["clickThrough"] = async ({ query }, services) => {
  const { db } = services.database;
  const period = await readPeriod(query, await loadUnits(db), services.now(), db);
  const [sessions, items] = await Promise.all([countSessions(db, period, query.by), countItems(db, period, query.by)]);
  const bySession = new Map(sessions.map((row) => [row.key, row]));
  const rows = items.map(({ key, impressions, clicks }) => {
    const { seen, clicked } = bySession.get(key) ?? { seen: 0, clicked: 0 };
    return {
      key,
      sessions: seen,
      sessionsWithClick: clicked,
      clickThrough: shareWithInterval(clicked, seen),
      impressions,
      clicks,
      // An item may be clicked twice, or before it was half in view for a second.
      itemClickThrough: shareWithInterval(Math.min(clicks, impressions), impressions),
    };
  });
  return { by: query.by, rows };
};

/** Sessions that saw something, and those of them that clicked. */
async function countSessions(db: Database, { from, until }: Period, by: Split) {
  // Distinct rows are hashed and leave few to be sorted; no join, for new events have no statistics to plan one by.
  const { rows } = await db.execute<{ key: string; seen: number; clicked: number }>(sql`
    with deed as (
      select distinct ${eventKeys[by]} as key, event.session_id, event.kind
      from events event join decisions decision on decision.id = event.decision_id
      where event.kind in ('impression', 'click') and event.session_id is not null and decision.status <> 'holdout'
        and event.occurred_at >= ${at(from)} and event.occurred_at < ${at(until)} and ${sql.raw(trustworthy("event"))}
    ),
    session as (
      select key, bool_or(kind = 'impression') as seen, bool_or(kind = 'click') as clicked
      from deed group by key, session_id
    )
    select key, (count(*) filter (where seen))::integer as seen,
      (count(*) filter (where seen and clicked))::integer as clicked
    from session group by key`);
  return rows;
}

/** Items seen and clicked, most seen first; positions from the front. */
async function countItems(db: Database, { from, until }: Period, by: Split) {
  const { rows } = await db.execute<{ key: string; impressions: number; clicks: number }>(sql`
    select ${rollupKeys[by]} as key, sum(impressions)::integer as impressions, sum(clicks)::integer as clicks
    from rollups
    where bucket >= date_bin('15 minutes', ${at(from)}, timestamptz '1970-01-01T00:00:00Z') and bucket < ${at(until)}
    group by 1 having sum(impressions) + sum(clicks) > 0
    order by ${by === "position" ? sql`min(position)` : sql`2 desc, 1`}`);
  return rows;
}

const eventKeys: Readonly<Record<Split, SQL>> = {
  placement: sql`decision.placement`,
  strategy: sql`decision.strategy_id`,
  position: sql`coalesce(event.position, -1)::text`,
  ranking: sql`case when event.child_decision_id is null then 'server' else 'device' end`,
};
const rollupKeys: Readonly<Record<Split, SQL>> = {
  placement: sql`placement`,
  strategy: sql`strategy`,
  position: sql`position::text`,
  ranking: sql`case when is_reranked then 'device' else 'server' end`,
};
