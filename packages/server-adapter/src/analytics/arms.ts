/** The two sides of the holdout: who was assigned, and what they bought since. */
import type { Moments } from "@basketlift/engine/statistics";
import { sql } from "drizzle-orm";
import type { Database } from "../server/services.ts";
import { at, type Period, type ShopUnits } from "./period.ts";

/** Sufficient statistics of one arm. Money is in minor units. */
export interface ArmFacts {
  /** Assigned in the period, whatever they did. */
  readonly visitors: number;
  /** Visitors with an order. */
  readonly buyers: number;
  readonly orders: number;
  readonly netRevenue: number;
  /** Sum over visitors of the square of what each spent. */
  readonly squares: number;
  /** Of net revenue per visitor, those who bought nothing included. */
  readonly revenue: Omit<Moments, "count">;
  readonly ordersPerVisitor: Omit<Moments, "count">;
  /** Of the two, per visitor. */
  readonly covariance: number;
}

export interface Arms {
  readonly treatment: ArmFacts;
  readonly holdout: ArmFacts;
}

const nothing = { mean: 0, variance: 0 };
export const emptyArm: ArmFacts = {
  visitors: 0,
  buyers: 0,
  orders: 0,
  netRevenue: 0,
  squares: 0,
  revenue: nothing,
  ordersPerVisitor: nothing,
  covariance: 0,
};

interface ArmRow extends Record<string, unknown> {
  readonly arm: string;
  readonly visitors: number;
  readonly buyers: number;
  readonly orders: number;
  readonly netRevenue: number;
  readonly squares: number;
  readonly revenueMean: number;
  readonly revenueVariance: number | null;
  readonly ordersMean: number;
  readonly ordersVariance: number | null;
  readonly covariance: number | null;
}

/** Visitors first seen in the period, and their orders from then until its end, in the home market's currency. */
export async function loadArms(db: Database, { from, until }: Period, { currency }: ShopUnits): Promise<Partial<Arms>> {
  const { rows } = await db.execute<ArmRow>(sql`
    with spent as (
      select visitor.arm, count(bought.id)::float8 as orders, coalesce(sum(bought.net), 0)::float8 as revenue
      from visitors visitor left join orders bought on bought.visitor_id = visitor.id
        and bought.placed_at >= visitor.first_seen_at and bought.placed_at < ${at(until)}
        and bought.currency = ${currency} and bought.net > 0
      where visitor.first_seen_at >= ${at(from)} and visitor.first_seen_at < ${at(until)}
      group by visitor.id
    )
    select arm, count(*)::integer as visitors, (count(*) filter (where orders > 0))::integer as buyers,
      sum(orders)::integer as orders, sum(revenue) as "netRevenue", sum(revenue * revenue) as squares,
      avg(revenue) as "revenueMean", var_samp(revenue) as "revenueVariance",
      avg(orders) as "ordersMean", var_samp(orders) as "ordersVariance", covar_samp(revenue, orders) as covariance
    from spent group by arm`);
  return Object.fromEntries(rows.map((row) => [row.arm, factsOf(row)]));
}

/** When the first visitor was assigned, in milliseconds since 1970, UTC. */
export async function startOfMeasurement(db: Database): Promise<number | undefined> {
  const { rows } = await db.execute<{ first: number | null }>(
    sql`select extract(epoch from min(first_seen_at))::float8 * 1000 as first from visitors`,
  );
  return rows[0].first ?? undefined;
}

function factsOf(row: ArmRow): ArmFacts {
  const { visitors, buyers, orders, netRevenue, squares, covariance } = row;
  return {
    visitors,
    buyers,
    orders,
    netRevenue,
    squares,
    revenue: { mean: row.revenueMean, variance: row.revenueVariance ?? 0 },
    ordersPerVisitor: { mean: row.ordersMean, variance: row.ordersVariance ?? 0 },
    covariance: covariance ?? 0,
  };
}
