/**
 * Words of a shop's texts, the same for all spellings of a word that differ in case, width or accents.
 * Scripts written without spaces are cut into overlapping pairs of characters, as search engines index them.
 */

/** Letters of scripts that put no spaces between words. By extensions, so that the Japanese length mark is one. */
const scripts = ["Han", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr"];
const unspaced = `(?=[\\p{L}\\p{M}])[${scripts.map((script) => `\\p{scx=${script}}`).join("")}]`;
const word = new RegExp(`(?:${unspaced})+|\\p{N}+(?:[.,]\\p{N}+)+|(?:(?!${unspaced})[\\p{L}\\p{M}\\p{N}])+`, "gu");
const startsUnspaced = new RegExp(`^${unspaced}`, "u");
const mixed = /^(?=.*\p{N})(?=.*\p{L})/u;
const markup = /<[^<>]*>/g;

/**
 * @param text plain or HTML, in any language
 * @returns its words in order, repetitions kept. Words that mix letters and digits are followed by their parts, so that
 * "500ml" and "500 ml" have words in common.
 * @example
 * tokensOf("Crème 500ml"); // ["creme", "500ml", "500", "ml"]
 */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const [token] of fold(text.replace(markup, " ")).matchAll(word)) {
    if (startsUnspaced.test(token)) tokens.push(...pairsOf(token));
    else tokens.push(token.replaceAll(",", "."));
    if (mixed.test(token)) tokens.push(...(token.match(/\p{N}+|[\p{L}\p{M}]+/gu) ?? []));
  }
  return tokens;
}

/** One form for all spellings that differ in case, width or accents on Latin, Greek and Cyrillic letters. */
export function fold(text: string): string {
  const bare = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  // By way of capitals, which fold what lower case alone leaves apart: the German sharp s and the Greek final sigma.
  return bare.toUpperCase().toLowerCase().replaceAll("\u03c2", "\u03c3").normalize("NFKC");
}

function pairsOf(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, i) => characters[i] + character);
}
