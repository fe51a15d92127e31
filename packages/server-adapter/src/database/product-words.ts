/**
 * The words of a product's title and id, as an index holds them and a search asks for them. Punctuation is ASCII's, by
 * code point: what a letter is would depend on the locale of the database.
 */
import { sql } from "drizzle-orm";

/** As PostgreSQL and JavaScript both read it. */
const punctuation = "[!-/:-@[-`{-~]+";

/** A `tsvector` of words as they are written, none left out and none stemmed. */
export const productWords = sql.raw(
  `to_tsvector('simple', regexp_replace(title || ' ' || id, '${punctuation}', ' ', 'g'))`,
);

/** The last word of a title. */
export const lastTitleWord = sql.raw(`split_part(rtrim(regexp_replace(title, '${punctuation}', ' ', 'g')), ' ', -1)`);

/** @example wordsOf("t-shirt, blue"); // ["t", "shirt", "blue"] */
export function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(new RegExp(punctuation.replace("@[", String.raw`@\[`), "g"), " ")
    .split(/\s+/)
    .filter((word) => word !== "");
}
