/**
 * What the autovacuum daemon does for a PostgreSQL server and nobody does for the embedded database: statistics of tables
 * that have changed, without which queries are planned many times too slow, and space of rows that are gone.
 * PostgreSQL manual, "Routine Vacuuming": the same thresholds.
 */
import type { Pool } from "pg";

/** Rows, and share of a table, that change before its statistics are renewed. */
const analyzeThreshold = { rows: 50, share: 0.1 };
/** Rows, and share of a table, that die before their space is freed for others. */
const vacuumThreshold = { rows: 50, share: 0.2 };

interface ChangedTable {
  readonly name: string;
  readonly analyze: boolean;
  readonly vacuum: boolean;
}

/**
 * Looks after the tables that need it, a statement each, so that others get their turns in between.
 * @returns what was done, for example `["analyze orders"]`
 * @example
 * timer.every(600_000, () => tendTables(database.pool));
 */
export async function tendTables(pool: Pool): Promise<readonly string[]> {
  // Counts of what changed are a second late otherwise.
  await pool.query("select pg_stat_force_next_flush()");
  const { rows } = await pool.query<ChangedTable>(
    `select relid::regclass::text as name, n_mod_since_analyze > $1::float8 + $2::float8 * n_live_tup as analyze,
      n_dead_tup > $3::float8 + $4::float8 * n_live_tup as vacuum
    from pg_stat_user_tables order by 1`,
    [analyzeThreshold.rows, analyzeThreshold.share, vacuumThreshold.rows, vacuumThreshold.share],
  );
  const done = rows.flatMap(({ name, analyze, vacuum }) => [
    ...(vacuum ? [`vacuum ${name}`] : []),
    ...(analyze ? [`analyze ${name}`] : []),
  ]);
  for (const statement of done) await pool.query(statement);
  return done;
}
