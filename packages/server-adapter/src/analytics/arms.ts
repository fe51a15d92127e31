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

/** Sums over the visitors of an arm who bought; those who did not add nothing to them. */
interface ArmRow extends Record<string, unknown> {
  readonly arm: string;
  readonly visitors: number;
  readonly buyers: number;
  readonly orders: number;
  readonly netRevenue: number;
  readonly squares: number;
  readonly orderSquares: number;
  /** Of net revenue and orders. */
  readonly products: number;
}

/** Visitors first seen in the period, and their orders from then until its end, in the home market's currency. */
export async function loadArms(db: Database, { from, until }: Period, { currency }: ShopUnits): Promise<Partial<Arms>> {
  const { rows } = await db.execute<ArmRow>(sql`
    with spent as (
      select visitor.id, visitor.arm, count(*)::float8 as orders, sum(bought.net)::float8 as revenue
      from orders bought join visitors visitor on visitor.id = bought.visitor_id
      where bought.placed_at >= ${at(from)} and bought.placed_at < ${at(until)} and bought.visitor_id is not null
        and bought.currency = ${currency} and bought.net > 0
        and visitor.first_seen_at >= ${at(from)} and visitor.first_seen_at <= bought.placed_at
      group by visitor.id
    ),
    bought as (
      select arm, count(*) as buyers, sum(orders) as orders, sum(revenue) as revenue,
        sum(revenue * revenue) as squares, sum(orders * orders) as order_squares, sum(revenue * orders) as products
      from spent group by arm
    ),
    assigned as (
      select arm, count(*) as visitors from visitors
      where first_seen_at >= ${at(from)} and first_seen_at < ${at(until)} group by arm
    )
    select arm, visitors::integer as visitors, coalesce(buyers, 0)::integer as buyers,
      coalesce(orders, 0)::integer as orders, coalesce(revenue, 0) as "netRevenue", coalesce(squares, 0) as squares,
      coalesce(order_squares, 0) as "orderSquares", coalesce(products, 0) as products
    from assigned left join bought using (arm)`);
  return Object.fromEntries(rows.map((row) => [row.arm, factsOf(row)]));
}

/** When the first visitor was assigned, in milliseconds since 1970, UTC. */
export async function startOfMeasurement(db: Database): Promise<number | undefined> {
  const { rows } = await db.execute<{ first: number | null }>(
    sql`select extract(epoch from min(first_seen_at))::float8 * 1000 as first from visitors`,
  );
  return rows[0].first ?? undefined;
}

function factsOf({ visitors, buyers, orders, netRevenue, squares, orderSquares, products }: ArmRow): ArmFacts {
  /** Unbiased, from sums over all visitors. */
  const covariance = (sumA: number, sumB: number, sumOfProducts: number): number =>
    visitors < 2 ? 0 : (sumOfProducts - (sumA * sumB) / visitors) / (visitors - 1);
  return {
    visitors,
    buyers,
    orders,
    netRevenue,
    squares,
    revenue: { mean: netRevenue / visitors, variance: covariance(netRevenue, netRevenue, squares) },
    ordersPerVisitor: { mean: orders / visitors, variance: covariance(orders, orders, orderSquares) },
    covariance: covariance(netRevenue, orders, products),
  };
}
