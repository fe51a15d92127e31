/** What there is to back up and to restore: every table of ours, as the database itself describes it. */
import type { Pool, PoolClient } from "pg";

export interface Table {
  readonly name: string;
  /** Those that hold data, with their types as they stand in SQL. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** @returns all tables by name; the list of applied migrations is not data */
export async function listTables(client: Pool | PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name,
           json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
    group by c.relname
    order by c.relname`);
  return rows;
}
