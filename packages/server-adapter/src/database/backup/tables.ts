/** What there is to back up and to restore: every table of ours, as the database itself describes it. */
import type { Pool, PoolClient } from "pg";

export interface Table {
  readonly name: string;
  /** Those that hold data, with their types as they stand in SQL. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

interface FoundTable extends Table {
  /** Tables that its foreign keys point at. */
  readonly needs: readonly string[];
}

/** @returns all tables, each behind those its rows point at; the list of applied migrations is not data */
export async function listTables(client: Pool | PoolClient): Promise<Table[]> {
  const { rows } = await client.query<FoundTable>(`
    select c.relname as name,
           array(select needed.relname::text from pg_constraint join pg_class needed on needed.oid = confrelid
                 where contype = 'f' and conrelid = c.oid and confrelid <> c.oid) as needs,
           json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> 'migrations'
    group by c.oid, c.relname
    order by c.relname`);
  return inOrder(rows);
}

function inOrder(tables: readonly FoundTable[]): Table[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const ordered = new Set<FoundTable>();
  const visit = (table: FoundTable | undefined): void => {
    // Taken out first, so that a circle ends.
    if (!table || !byName.delete(table.name)) return;
    for (const needed of table.needs) visit(byName.get(needed));
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return Array.from(ordered, ({ name, columns }) => ({ name, columns }));
}
