/** What products are called in order lines: the commonest text that is not blank. */
import type { StagedColumn } from "./staged-table.ts";

export interface Titles {
  /** Title by product index, "" where no line describes the product. */
  readonly of: readonly string[];
  /** Products with more than one description. */
  readonly several: number;
}

/**
 * @param product product index plus one by row, 0 for none
 * @param sells whether a row sells something. The words of those that do not ("damaged", "check") count only where there
 * are no others.
 */
export function commonestTitles(
  names: StagedColumn,
  product: Uint32Array,
  products: number,
  sells: (row: number) => boolean,
): Titles {
  const width = names.texts.length;
  const counts = new Map<number, number>();
  for (const [row, name] of names.codes.entries()) {
    if (name === 0 || product[row] === 0) continue;
    const key = (product[row] - 1) * width + name;
    // A line that sells outweighs all that do not.
    counts.set(key, (counts.get(key) ?? 0) + (sells(row) ? 1e9 : 1));
  }
  const best = new Float64Array(products);
  const title: string[] = Array.from({ length: products }, () => "");
  const descriptions = new Uint32Array(products);
  for (const [key, count] of counts) {
    const index = Math.floor(key / width);
    descriptions[index]++;
    if (count <= best[index]) continue;
    best[index] = count;
    title[index] = names.texts[key % width].replaceAll(/\s+/g, " ");
  }
  return { of: title, several: descriptions.reduce((sum, count) => sum + (count > 1 ? 1 : 0), 0) };
}
