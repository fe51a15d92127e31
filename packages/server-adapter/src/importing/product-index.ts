/** Finds a product of the products file by what order lines call it: id, SKU, title, or title and options. */
import type { Product } from "@basketlift/engine/catalogue";
import { plainCode } from "./pseudo-products.ts";

/**
 * @returns a function from a code to a product id. Exact ids win over spellings that differ in case and spaces, those
 * over titles; a title that several products share finds none.
 */
export function createProductIndex(products: readonly Product[]): (code: string) => string | undefined {
  const exact = new Map<string, string>();
  const plain = new Map<string, string>();
  const titles = new Map<string, string | undefined>();
  for (const { id } of products) exact.set(id, id);
  for (const { id, variants } of products)
    for (const variant of variants) if (!exact.has(variant.id)) exact.set(variant.id, id);
  for (const [code, id] of exact) if (!plain.has(plainCode(code))) plain.set(plainCode(code), id);
  for (const { id, title, variants } of products) {
    const names = [title];
    for (const { options } of variants) if (options) names.push(`${title} - ${Object.values(options).join(" / ")}`);
    for (const name of new Set(names.map(plainCode)))
      titles.set(name, titles.has(name) && titles.get(name) !== id ? undefined : id);
  }
  return (code) => exact.get(code) ?? plain.get(plainCode(code)) ?? titles.get(plainCode(code));
}
