/**
 * `GET /analytics/strategy-comparison`: what each strategy does in each place. Visits are the units of click-through,
 * visitors those of revenue: the orders of one visitor are alike. Strategies in different places meet different shoppers;
 * what recommendations cause is measured by the holdout (`incrementality.ts`).
 */
import { shareWithInterval } from "@basketlift/engine/experiments";
import { normalQuantile } from "@basketlift/engine/statistics";
import { sql } from "drizzle-orm";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import { trustworthy } from "../ingest/event-flaws.ts";
import type { Handlers } from "../server/handler.ts";
import type { Database } from "../server/services.ts";
import { attributionInWords, creditedLines } from "./attribution.ts";
import { at, loadUnits, readPeriod, type Period, type ShopUnits } from "./period.ts";

type Row = RouteOutput<BasketliftContract["strategyComparison"]>["rows"][number];

/** A strategy in a place; null in one of the two is all of them. */
interface Cell extends Record<string, unknown> {
  readonly strategy: string | null;
  readonly placement: string | null;
}
interface Traffic extends Cell {
  readonly seen: number;
  readonly clicked: number;
}
interface Revenue extends Cell {
  readonly buyers: number;
  readonly revenue: number;
  /** Sum over buyers of the square of what is credited from each. */
  readonly squares: number;
}

/** Below this an interval would speak of single orders. */
const fewestBuyers = 5;
const level = 0.95;
const cells = sql`grouping sets ((strategy, placement), (strategy), (placement))`;

export const strategyComparisonHandler: Handlers["strategyComparison"] = async ({ query }, services) => {
  const { db } = services.database;
  const units = await loadUnits(db);
  const period = await readPeriod(query, units, services.now(), db);
  const [traffic, revenue] = await Promise.all([loadTraffic(db, period), loadRevenue(db, period, units)]);
  return {
    from: new Date(period.from).toISOString(),
    until: new Date(period.until).toISOString(),
    currency: units.currency,
    attribution: attributionInWords,
    rows: joined(traffic, revenue),
  };
};

/** Visits that saw something, and those of them that clicked. */
async function loadTraffic(db: Database, { from, until }: Period): Promise<readonly Traffic[]> {
  const { rows } = await db.execute<Traffic>(sql`
    with deed as (
      select distinct decision.strategy_id as strategy, decision.placement, event.session_id, event.kind
      from events event join decisions decision on decision.id = event.decision_id
      where event.kind in ('impression', 'click') and event.session_id is not null and decision.status <> 'holdout'
        and event.occurred_at >= ${at(from)} and event.occurred_at < ${at(until)} and ${sql.raw(trustworthy("event"))}
    ),
    visit as (
      select strategy, placement, session_id, bool_or(kind = 'impression') as seen, bool_or(kind = 'click') as clicked
      from deed group by ${cells}, session_id
    )
    select strategy, placement, (count(*) filter (where seen))::integer as seen,
      (count(*) filter (where seen and clicked))::integer as clicked
    from visit group by strategy, placement`);
  return rows;
}

/** What orders of the period are credited with. */
async function loadRevenue(db: Database, period: Period, units: ShopUnits): Promise<readonly Revenue[]> {
  const { rows } = await db.execute<Revenue>(sql`
    with credited as (${creditedLines(period, units)}),
    spent as (
      select strategy, placement, visitor_id, sum(net) as revenue from credited group by ${cells}, visitor_id
    )
    select strategy, placement, count(*)::integer as buyers, sum(revenue)::float8 as revenue,
      sum(revenue * revenue)::float8 as squares
    from spent group by strategy, placement`);
  return rows;
}

/** Those seen most first. */
function joined(traffic: readonly Traffic[], revenue: readonly Revenue[]): Row[] {
  const keyOf = ({ strategy, placement }: Cell): string => JSON.stringify([strategy, placement]);
  const visits = new Map(traffic.map((row) => [keyOf(row), row]));
  const earned = new Map(revenue.map((row) => [keyOf(row), row]));
  const all = new Map<string, Cell>([...traffic, ...revenue].map((row) => [keyOf(row), row]));
  return Array.from(all, ([key, { strategy, placement }]) => {
    const { seen = 0, clicked = 0 } = visits.get(key) ?? {};
    const sum = earned.get(key);
    return {
      strategy,
      placement,
      sessions: seen,
      sessionsWithClick: clicked,
      clickThrough: shareWithInterval(clicked, seen, level),
      buyers: sum?.buyers ?? 0,
      netRevenue: Math.round(sum?.revenue ?? 0),
      revenue: sum ? totalWithInterval(sum) : null,
    };
  }).toSorted((a, b) => b.sessions - a.sessions || (keyOf(a) < keyOf(b) ? -1 : 1));
}

/**
 * A sum over buyers who come by chance, each with an amount of their own: a compound Poisson sum, whose variance is the
 * sum of the squared amounts. Normal limits; none where there are too few buyers for them.
 */
function totalWithInterval({ buyers, revenue, squares }: Revenue): Row["revenue"] {
  if (buyers < fewestBuyers) return null;
  const reach = normalQuantile((1 + level) / 2) * Math.sqrt(squares);
  return { value: revenue, lower: Math.max(0, revenue - reach), upper: revenue + reach, level };
}
