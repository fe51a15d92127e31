/** What is known of a shop, as far as something can be done about it: what `next-actions.ts` advises from. */
import { sql, type SQL } from "drizzle-orm";
import type { Database, Services } from "../server/services.ts";
import { holdoutShare } from "./incrementality.ts";
import { at } from "./period.ts";

/** A place of the shop over the last week. */
export interface PlaceCondition {
  readonly placement: string;
  readonly impressions: number;
  readonly clicks: number;
}

export interface ShopCondition {
  readonly products: number;
  readonly orders: number;
  /** Days since the newest order. */
  readonly newestOrderDays: number | undefined;
  /** Days since the serving engine was trained; undefined without one. */
  readonly engineDays: number | undefined;
  readonly hasPublishableKey: boolean;
  readonly isKeyUsed: boolean;
  /** Of the last week. */
  readonly decisions: number;
  readonly impressions: number;
  readonly companionDecisions: number;
  /** Pairs of products that the engine believes in. */
  readonly affinities: number;
  /** Places of the shop that asked for recommendations in the last week. */
  readonly places: readonly PlaceCondition[];
  /** Orders of the last four weeks, and those of them that say which browser they came from. */
  readonly recentOrders: number;
  readonly recentOrdersWithVisitor: number;
  readonly holdoutShare: number;
  /** Held-out visitors of the last four weeks. */
  readonly heldOutVisitors: number;
}

const day = 86_400_000;

/** Strategies that show companions. */
const companionStrategies = ["companions", "also-bought", "frequently-bought-together"];

interface ConditionRow extends Record<string, unknown> {
  readonly products: number;
  readonly orders: number;
  /** Milliseconds since 1970, UTC. */
  readonly newestOrderAt: number | null;
  readonly keys: number;
  readonly usedKeys: number;
  readonly decisions: number;
  readonly companionDecisions: number;
  readonly impressions: number;
  readonly recentOrders: number;
  readonly recentOrdersWithVisitor: number;
  readonly heldOutVisitors: number;
}

export async function loadCondition({ database: { db }, engine, now }: Services): Promise<ShopCondition> {
  const week = at(now() - 7 * day);
  const month = at(now() - 28 * day);
  const { rows } = await db.execute<ConditionRow>(sql`
    select (select count(*) from products)::integer as products,
      (select count(*) from orders)::integer as orders,
      (select extract(epoch from max(placed_at)) * 1000 from orders)::float8 as "newestOrderAt",
      (select count(*) from api_keys where kind = 'publishable' and revoked_at is null)::integer as keys,
      (select count(*) from api_keys where kind = 'publishable' and last_used_at is not null)::integer as "usedKeys",
      (select count(*) from decisions where decided_at >= ${week})::integer as decisions,
      (select count(*) from decisions
        where decided_at >= ${week} and strategy_id in (${sql.join(companionStrategies, sql`, `)}))::integer
        as "companionDecisions",
      (select coalesce(sum(impressions), 0) from rollups where bucket >= ${week})::integer as impressions,
      (select count(*) from orders where placed_at >= ${month})::integer as "recentOrders",
      (select count(*) from orders where placed_at >= ${month} and visitor_id is not null)::integer
        as "recentOrdersWithVisitor",
      (select count(*) from visitors where arm = 'holdout' and first_seen_at >= ${month})::integer
        as "heldOutVisitors"`);
  const [counts] = rows;
  const places = await loadPlaces(db, week);
  const serving = engine.current();
  return {
    ...counts,
    places,
    newestOrderDays: counts.newestOrderAt === null ? undefined : (now() - counts.newestOrderAt) / day,
    engineDays: serving && (now() - serving.trainedAt.getTime()) / day,
    affinities: serving?.engine.affinities.count.length ?? 0,
    hasPublishableKey: counts.keys > 0,
    isKeyUsed: counts.usedKeys > 0,
    holdoutShare: holdoutShare(engine),
  };
}

async function loadPlaces(db: Database, since: SQL): Promise<readonly PlaceCondition[]> {
  const { rows } = await db.execute<{ [Column in keyof PlaceCondition]: PlaceCondition[Column] }>(sql`
    select asked.placement, coalesce(sum(impressions), 0)::integer as impressions, coalesce(sum(clicks), 0)::integer as clicks
    from (select distinct placement from decisions where decided_at >= ${since}) asked
      left join rollups on rollups.placement = asked.placement and bucket >= ${since}
    group by asked.placement order by asked.placement`);
  return rows;
}
