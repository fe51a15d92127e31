/** The market that an import brought into an empty shop goes with it: the next file may be in another currency. */
import { sql } from "drizzle-orm";
import { passOn } from "./chain.ts";
import type { UndoWork } from "./undo-work.ts";

export async function takeBackMarket({ services: { database }, importId }: UndoWork): Promise<void> {
  await database.db.transaction(async (tx) => {
    const isEmpty = sql`not exists (select from orders) and not exists (select from products)`;
    await tx.execute(sql`
      delete from markets using import_changes noted
      where noted.import_id = ${importId} and noted.kind = 'market' and noted.id = markets.id and ${isEmpty}`);
    const { rows } = await tx.execute<{ id: string }>(sql`
      select noted.id from import_changes noted join markets on markets.id = noted.id
      where noted.import_id = ${importId} and noted.kind = 'market'`);
    const left = rows.map(({ id }) => id);
    if (left.length > 0) await passOn(tx, importId, "market", left);
    await tx.execute(sql`delete from import_changes where import_id = ${importId} and kind = 'market'`);
  });
}
