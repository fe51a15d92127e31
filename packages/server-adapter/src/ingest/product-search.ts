/**
 * Products by a few letters, the likeliest first:
 *
 * 0. what was typed begins the title or the id, or its last word begins the title's last word: the first and the last word
 *    of a title are the ones that name the thing, as in "Round Stoneware Teapot" and "Théière ronde";
 * 1. every typed word begins a word of title or id, in any order;
 * 2. every typed word stands somewhere in title or id.
 *
 * Alike ones go by title, then id: a page follows the one before it whatever was added meanwhile. The first two are found by
 * an index of words; the third reads every title, and only where the first two do not fill the page.
 */
import { and, asc, sql, type SQL } from "drizzle-orm";
import { lastTitleWord, productWords, wordsOf } from "../database/product-words.ts";
import { products } from "../database/schema.ts";
import type { Database } from "../server/services.ts";

export interface FoundProduct {
  readonly rank: number;
  readonly id: string;
  readonly title: string;
  readonly body: (typeof products.$inferSelect)["body"];
}

/** Where a found product stands in the list. */
export type SearchPlace = readonly [rank: number, title: string, id: string];

export interface ProductSearch {
  readonly text: string;
  /** Narrows the products further. */
  readonly where: SQL | undefined;
  readonly after: SearchPlace | undefined;
  readonly count: number;
}

const insideWords = 2;

/** @returns at most `count` products after a place, the likeliest first */
export async function searchProducts(db: Database, search: ProductSearch): Promise<readonly FoundProduct[]> {
  const words = wordsOf(search.text);
  const begun = (search.after?.[0] ?? 0) < insideWords ? await findBegun(db, search, words) : [];
  if (begun.length === search.count) return begun;
  return [...begun, ...(await findInside(db, search, words, search.count - begun.length))];
}

/** Products of which every typed word begins a word. */
async function findBegun(
  db: Database,
  { text, where, after, count }: ProductSearch,
  words: readonly string[],
): Promise<readonly FoundProduct[]> {
  const last = words.at(-1);
  if (last === undefined) return [];
  const rank = sql<number>`(case when ${begins("title", text)} or ${begins("id", text)} or ${begins("title", last)}
    or starts_with(lower(${lastTitleWord}), lower(${last})) then 0 else 1 end)`;
  return db
    .select({ rank: rank.as("rank"), id: products.id, title: products.title, body: products.body })
    .from(products)
    .where(and(begunBy(words), where, after && sql`(${rank}, title, id) > (${after[0]}, ${after[1]}, ${after[2]})`))
    .orderBy(sql`rank`, asc(products.title), asc(products.id))
    .limit(count);
}

/** Products in which every typed word stands inside of another. */
async function findInside(
  db: Database,
  { text, where, after }: ProductSearch,
  words: readonly string[],
  count: number,
): Promise<readonly FoundProduct[]> {
  const typed = text.split(/\s+/).filter((word) => word !== "");
  const isInside = typed.map((word) => {
    const pattern = `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    return sql`(title ilike ${pattern} or id ilike ${pattern})`;
  });
  return db
    .select({ rank: sql<number>`${insideWords}::integer`, id: products.id, title: products.title, body: products.body })
    .from(products)
    .where(
      and(
        ...isInside,
        words.length > 0 ? sql`not ${begunBy(words)}` : undefined,
        where,
        after?.[0] === insideWords ? sql`(title, id) > (${after[1]}, ${after[2]})` : undefined,
      ),
    )
    .orderBy(asc(products.title), asc(products.id))
    .limit(count);
}

/** Words hold no punctuation, so nothing in them is an operator. */
function begunBy(words: readonly string[]): SQL {
  return sql`${productWords} @@ to_tsquery('simple', ${words.map((word) => `${word}:*`).join(" & ")})`;
}

function begins(column: "title" | "id", text: string): SQL {
  return sql`starts_with(lower(${sql.raw(column)}), lower(${text}))`;
}
