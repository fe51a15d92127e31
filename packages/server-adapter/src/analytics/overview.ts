/** `GET /analytics/overview`: how the shop does, beside the period before, and what would help most. */
import type { Moments } from "@basketlift/engine/statistics";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import type { Handlers } from "../server/handler.ts";
import { attributionInWords, loadAttribution, type AttributedRevenue } from "./attribution.ts";
import { changeOfCounts, changeOfDays, changeOfMeans, type Change } from "./change.ts";
import {
  loadAudience,
  loadDailyOrders,
  loadDailyViews,
  type Audience,
  type DailyOrders,
  type DailyViews,
  type Dated,
} from "./daily.ts";
import { suggestActions } from "./next-actions.ts";
import { daysOf, loadUnits, periodBefore, readPeriod } from "./period.ts";

type Overview = RouteOutput<BasketliftContract["analyticsOverview"]>;
type Figure = Overview["visitors"];

export const overviewHandler: Handlers["analyticsOverview"] = async ({ query }, services) => {
  const { db } = services.database;
  const units = await loadUnits(db);
  const period = await readPeriod(query, units, services.now(), db);
  const before = periodBefore(period);
  const span = { from: before.from, until: period.until };
  const [days, daysBefore, orders, views, attributed, audience, nextActions] = await Promise.all([
    daysOf(period, units, db),
    daysOf(before, units, db),
    loadDailyOrders(db, span, period, units),
    loadDailyViews(db, span, period, units),
    loadAttribution(db, span, period, units),
    loadAudience(db, period, before),
    suggestActions(services),
  ]);
  const calendar = { days, daysBefore };
  return {
    from: new Date(period.from).toISOString(),
    until: new Date(period.until).toISOString(),
    currency: units.currency,
    visitors: visitorFigure(audience, days.length),
    views: summed(views, calendar, ({ impressions }) => impressions),
    clicks: summed(views, calendar, ({ clicks }) => clicks),
    orders: summed(orders, calendar, (row) => row.orders),
    netRevenue: summed(orders, calendar, ({ netRevenue }) => netRevenue),
    averageOrderValue: orderValueFigure(orders),
    attributedRevenue: summed(attributed, calendar, ({ revenue }) => revenue),
    attribution: attributionInWords,
    days: days.map((day) => dayRow(day, orders, views, attributed)),
    placements: placementRows(views, attributed),
    withoutConsent: audience.events === 0 ? 0 : audience.eventsWithoutConsent / audience.events,
    nextActions,
  };
};

interface Calendar {
  readonly days: readonly string[];
  readonly daysBefore: readonly string[];
}

/** A figure that adds up over days. */
function summed<Row extends Dated>(
  rows: readonly Row[],
  { days, daysBefore }: Calendar,
  valueOf: (row: Row) => number,
): Figure {
  const current = byDay(rows, days, true, valueOf);
  const before = byDay(rows, daysBefore, false, valueOf);
  return figure(total(current), total(before), changeOfDays(current, before));
}

/** A value a day, zero on days without a row. */
function byDay<Row extends Dated>(
  rows: readonly Row[],
  days: readonly string[],
  isCurrent: boolean,
  valueOf: (row: Row) => number,
): readonly number[] {
  const sums = new Map(days.map((day) => [day, 0]));
  for (const row of rows) {
    if (row.isCurrent === isCurrent) sums.set(row.day, (sums.get(row.day) ?? 0) + valueOf(row));
  }
  return [...sums.values()];
}

function visitorFigure({ visitors, visitorsBefore }: Audience, days: number): Figure {
  return figure(visitors, visitorsBefore, changeOfCounts(visitors, visitorsBefore, days));
}

/** Orders are the units of their mean. */
function orderValueFigure(orders: readonly DailyOrders[]): Figure {
  const current = momentsOfOrders(orders.filter(({ isCurrent }) => isCurrent));
  const before = momentsOfOrders(orders.filter(({ isCurrent }) => !isCurrent));
  return figure(current.mean, before.mean, changeOfMeans(current, before));
}

function momentsOfOrders(rows: readonly DailyOrders[]): Moments {
  const count = total(rows.map(({ orders }) => orders));
  const mean = count === 0 ? 0 : total(rows.map(({ netRevenue }) => netRevenue)) / count;
  const squares = total(rows.map((row) => row.squares));
  return { count, mean, variance: count < 2 ? 0 : Math.max(0, squares - count * mean ** 2) / (count - 1) };
}

function figure(value: number, before: number, change: Change | undefined): Figure {
  return { value, before, change: change ?? null };
}

function dayRow(
  day: string,
  orders: readonly DailyOrders[],
  views: readonly DailyViews[],
  attributed: readonly AttributedRevenue[],
): Overview["days"][number] {
  const on = <Row extends Dated>(rows: readonly Row[], valueOf: (row: Row) => number): number =>
    total(rows.filter((row) => row.isCurrent && row.day === day).map(valueOf));
  return {
    day,
    netRevenue: on(orders, ({ netRevenue }) => netRevenue),
    attributedRevenue: on(attributed, ({ revenue }) => revenue),
    attributedByPlacement: byPlacement(attributed.filter((row) => row.isCurrent && row.day === day)),
    orders: on(orders, (row) => row.orders),
    impressions: on(views, ({ impressions }) => impressions),
    clicks: on(views, ({ clicks }) => clicks),
  };
}

/** A day has one row a placement. */
function byPlacement(rows: readonly AttributedRevenue[]): Record<string, number> {
  return Object.fromEntries(rows.map(({ placement, revenue }) => [placement, revenue]));
}

/** Those seen most first. */
function placementRows(views: readonly DailyViews[], attributed: readonly AttributedRevenue[]): Overview["placements"] {
  const rows = new Map<string, Overview["placements"][number]>();
  const rowOf = (placement: string) => {
    let row = rows.get(placement);
    if (!row) rows.set(placement, (row = { placement, impressions: 0, clicks: 0, attributedRevenue: 0 }));
    return row;
  };
  for (const { isCurrent, placement, impressions, clicks } of views) {
    if (!isCurrent) continue;
    rowOf(placement).impressions += impressions;
    rowOf(placement).clicks += clicks;
  }
  for (const { isCurrent, placement, revenue } of attributed) {
    if (isCurrent) rowOf(placement).attributedRevenue += revenue;
  }
  return [...rows.values()].toSorted((a, b) => b.impressions - a.impressions || (a.placement < b.placement ? -1 : 1));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
