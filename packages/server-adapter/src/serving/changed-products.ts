/** The products that changed since a time, out of the database, page by page. */
import type { Product } from "@basketlift/engine/catalogue";
import { and, asc, eq, gt, gte, or, sql } from "drizzle-orm";
import { products, removedProducts } from "../database/schema.ts";
import type { Database } from "../server/services.ts";

/** Clocks of several servers differ, and a transaction commits after it took its time: look back this far. */
const overlap = 60_000;
const productsPerPage = 1000;

export interface ChangedProducts {
  readonly changed: readonly Product[];
  /** All changes up to here are among them. */
  readonly until: Date;
}

/**
 * Those that were removed are among them, as products that are no longer sold.
 * @param since what was read up to here may come again: changes are noted a little after they are made
 */
export async function productsChangedSince(db: Database, since: Date): Promise<ChangedProducts> {
  const from = new Date(since.getTime() - overlap);
  const changed: Product[] = [...(await productsRemovedSince(db, from))];
  let last: { readonly updatedAt: Date; readonly id: string } | undefined;
  for (;;) {
    const page = await db
      .select({ id: products.id, body: products.body, updatedAt: products.updatedAt })
      .from(products)
      .where(
        last
          ? or(
              gt(products.updatedAt, last.updatedAt),
              and(eq(products.updatedAt, last.updatedAt), gt(products.id, last.id)),
            )
          : gte(products.updatedAt, from),
      )
      .orderBy(asc(products.updatedAt), asc(products.id))
      .limit(productsPerPage);
    for (const { body } of page) changed.push(body);
    last = page.at(-1) ?? last;
    if (page.length < productsPerPage) return { changed, until: last?.updatedAt ?? since };
  }
}

async function productsRemovedSince(db: Database, from: Date): Promise<readonly Product[]> {
  const isGone = sql`not exists (select from products where products.id = ${removedProducts.id})`;
  const rows = await db
    .select({ body: removedProducts.body })
    .from(removedProducts)
    .where(and(gte(removedProducts.removedAt, from), isGone));
  return rows.map(({ body }) => body);
}
