/** What happened in a shop day by day, out of the live tables and the rollups. */
import { sql } from "drizzle-orm";
import { trustworthy } from "../ingest/event-flaws.ts";
import type { Database } from "../server/services.ts";
import { at, dayOf, type Period, type ShopUnits } from "./period.ts";

/** A row of either period: that which was asked for, or the one before it. */
export interface Dated {
  /** In the shop's time zone. */
  readonly day: string;
  readonly isCurrent: boolean;
}

export interface DailyOrders extends Dated {
  /** That brought in something: cancelled and wholly refunded ones do not count. */
  readonly orders: number;
  /** Minor units. */
  readonly netRevenue: number;
  /** Sum of the squares of their nets. */
  readonly squares: number;
}

/** Orders in the home market's currency. */
export async function loadDailyOrders(
  db: Database,
  span: Period,
  current: Period,
  { currency, timeZone }: ShopUnits,
): Promise<readonly DailyOrders[]> {
  const { rows } = await db.execute<{ [Column in keyof DailyOrders]: DailyOrders[Column] }>(sql`
    select ${dayOf("placed_at", timeZone)} as day, placed_at >= ${at(current.from)} as "isCurrent",
      count(*)::integer as orders, sum(net)::float8 as "netRevenue", sum(net::float8 * net::float8) as squares
    from orders
    where placed_at >= ${at(span.from)} and placed_at < ${at(span.until)} and currency = ${currency} and net > 0
    group by 1, 2`);
  return rows;
}

export interface DailyViews extends Dated {
  readonly placement: string;
  readonly impressions: number;
  readonly clicks: number;
}

/** Recommended products that were seen and clicked. Cut to a quarter of an hour. */
export async function loadDailyViews(
  db: Database,
  span: Period,
  current: Period,
  { timeZone }: ShopUnits,
): Promise<readonly DailyViews[]> {
  const { rows } = await db.execute<{ [Column in keyof DailyViews]: DailyViews[Column] }>(sql`
    select ${dayOf("bucket", timeZone)} as day, bucket >= ${at(current.from)} as "isCurrent", placement,
      sum(impressions)::integer as impressions, sum(clicks)::integer as clicks
    from rollups where bucket >= ${at(span.from)} and bucket < ${at(span.until)}
    group by 1, 2, 3`);
  return rows;
}

export interface Audience {
  /** Distinct, consenting, no machines. */
  readonly visitors: number;
  readonly visitorsBefore: number;
  /** Of the period that was asked for. */
  readonly events: number;
  readonly eventsWithoutConsent: number;
}

/** Who was there in a period, and in the one before it. */
export async function loadAudience(db: Database, current: Period, before: Period): Promise<Audience> {
  const seen = ({ from, until }: Period) => sql`
    occurred_at >= ${at(from)} and occurred_at < ${at(until)} and ${sql.raw(trustworthy("event"))}`;
  // Distinct rows are hashed, distinct counts are sorted: here that is five times slower.
  const visitorsOf = (period: Period) => sql`
    (select count(visitor_id) from (select distinct visitor_id from events event where ${seen(period)}) visitor)::integer`;
  const { rows } = await db.execute<{ [Column in keyof Audience]: Audience[Column] }>(sql`
    select ${visitorsOf(current)} as visitors, ${visitorsOf(before)} as "visitorsBefore", count(*)::integer as events,
      (count(*) filter (where not consent_measurement))::integer as "eventsWithoutConsent"
    from events event where ${seen(current)}`);
  return rows[0];
}
