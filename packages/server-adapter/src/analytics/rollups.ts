/**
 * What happened to recommendations, counted in 15-minute UTC buckets by placement, strategy, position and whether the
 * shopper saw the order of a device. Kept while events are stored, in the same transaction, and made again from the log
 * to the same figures. Days are cut in the shop's time zone when they are read: every time zone's offset is a multiple of
 * 15 minutes.
 *
 * An event counts when it belongs to a decision of this shop and can be trusted (`ingest/event-flaws.ts`). Placement and
 * strategy are those of the decision, never what the page claims.
 */
import type { Pool } from "pg";
import { trustworthy } from "../ingest/event-flaws.ts";

/** Length of a bucket, as an interval of PostgreSQL. */
export const bucketLength = "15 minutes";

/** Position of events that name none. */
const noPosition = -1;

/** Counts of `source`, a table or a name of a `with` clause that has the columns of `events`. */
const countsOf = (source: string): string => `
    select date_bin('${bucketLength}', event.occurred_at, timestamptz '1970-01-01T00:00:00Z') as bucket,
      decision.placement, decision.strategy_id as strategy, coalesce(event.position, ${noPosition})::smallint as position,
      event.child_decision_id is not null as is_reranked,
      count(*) filter (where event.kind = 'impression') as impressions,
      count(*) filter (where event.kind = 'click') as clicks,
      count(*) filter (where event.kind = 'add-to-cart') as add_to_carts
    from ${source} event join decisions decision on decision.id = event.decision_id
    where event.kind in ('impression', 'click', 'add-to-cart') and ${trustworthy("event")} and decision.status <> 'holdout'
    group by 1, 2, 3, 4, 5`;

const into =
  "insert into rollups (bucket, placement, strategy, position, is_reranked, impressions, clicks, add_to_carts)";

/**
 * The statement that adds events to the rollups. Rows are touched in order, so that two servers never wait for each
 * other.
 * @param source name of a `with` clause that returns the inserted rows of `events`
 */
export function countFresh(source: string): string {
  return `${into}
    select * from (${countsOf(source)}) counted order by bucket, placement, strategy, position, is_reranked
    on conflict (bucket, placement, strategy, position, is_reranked) do update set
      impressions = rollups.impressions + excluded.impressions,
      clicks = rollups.clicks + excluded.clicks,
      add_to_carts = rollups.add_to_carts + excluded.add_to_carts`;
}

/**
 * Counts the whole log again. Events that are stored meanwhile wait for it: the lock comes first, so the count sees
 * every event whose own count was committed, and none of which it was not.
 */
export async function rebuildRollups(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("lock table rollups in exclusive mode");
    await client.query("delete from rollups");
    await client.query(`${into} ${countsOf("events")}`);
    await client.query("commit");
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}
