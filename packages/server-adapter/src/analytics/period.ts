/** The time that figures are about, and the time of the same length before it. */
import { sql } from "drizzle-orm";
import type { Database } from "../server/services.ts";
import { ProblemError } from "../server/problem.ts";
import { loadMarkets } from "../ingest/markets.ts";

/** From one moment up to, and without, another. Milliseconds since 1970, UTC. */
export interface Period {
  readonly from: number;
  readonly until: number;
}

/** What all figures of the shop are counted in. */
export interface ShopUnits {
  /** Of the home market. Amounts in other currencies are never added to it. */
  readonly currency: string;
  /** Days are cut in it. */
  readonly timeZone: string;
}

export interface PeriodQuery {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Whole weeks, so that weekdays weigh alike. */
const usualDays = 28;
const longest = 1_100 * 86_400_000;

export async function loadUnits(db: Database): Promise<ShopUnits> {
  const [{ currency, timeZone }] = await loadMarkets(db);
  return { currency, timeZone };
}

/**
 * The period that was asked for; the last four weeks up to now, today included, when none was.
 * @throws ProblemError `invalid-request` when it ends before it begins, or is longer than three years
 */
export async function readPeriod(
  { from, until }: PeriodQuery,
  { timeZone }: ShopUnits,
  now: number,
  db: Database,
): Promise<Period> {
  const end = until === undefined ? now : Date.parse(until);
  const begin = from === undefined ? await midnightBefore(end - 1, usualDays - 1, timeZone, db) : Date.parse(from);
  return checkPeriod({ from: begin, until: end });
}

/** @throws ProblemError `invalid-request` */
export function checkPeriod(period: Period): Period {
  const length = period.until - period.from;
  if (length > 0 && length <= longest) return period;
  throw new ProblemError("invalid-request", "The period must end after it begins, and last three years at most.", {
    errors: [{ pointer: "/query/from", detail: "not a time shortly before /query/until" }],
  });
}

/** The period of the same length that ends where this one begins. */
export function periodBefore({ from, until }: Period): Period {
  return { from: from - (until - from), until: from };
}

/** The days of a period in the shop's time zone, `2026-06-15`, oldest first; the first and the last may be cut. */
export async function daysOf(
  { from, until }: Period,
  { timeZone }: ShopUnits,
  db: Database,
): Promise<readonly string[]> {
  const { rows } = await db.execute<{ day: string }>(sql`
    select to_char(day, 'YYYY-MM-DD') as day
    from generate_series(date_trunc('day', ${at(from)} at time zone ${timeZone}),
      ${at(until - 1)} at time zone ${timeZone}, interval '1 day') as day
    order by day`);
  return rows.map(({ day }) => day);
}

async function midnightBefore(moment: number, days: number, timeZone: string, db: Database): Promise<number> {
  const { rows } = await db.execute<{ midnight: number }>(sql`
    select extract(epoch from (date_trunc('day', ${at(moment)} at time zone ${timeZone})
      - make_interval(days => ${days})) at time zone ${timeZone})::float8 * 1000 as midnight`);
  return rows[0].midnight;
}

/** A moment as PostgreSQL takes it. */
export function at(moment: number) {
  return sql`${new Date(moment).toISOString()}::timestamptz`;
}

/** The day of a `timestamptz` column in the shop's time zone. */
export function dayOf(column: string, timeZone: string) {
  return sql`to_char(${sql.raw(column)} at time zone ${sql.raw(quoted(timeZone))}, 'YYYY-MM-DD')`;
}

/**
 * A time zone as a literal: as a parameter it would be another one each time it stands in a statement, and PostgreSQL
 * would not see that a grouped and a selected day are the same.
 */
function quoted(timeZone: string): string {
  return `'${timeZone.replaceAll("'", "''")}'`;
}
