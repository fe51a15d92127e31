/** Narrows the shop's products to a category and to words, and says which categories there are. */
import type { Product } from "@basketlift/engine/catalogue";

const separator = " / ";

export interface ProductFilter {
  /** Category path, joined with " / "; all of its subcategories count. */
  readonly category: string;
  readonly search: string;
}

/** A category with how many products lie in and below it. */
export interface CategoryCount {
  /** Full path, joined with " / ". */
  readonly path: string;
  readonly name: string;
  readonly products: number;
}

/** @returns a function from filter to products, in the order they were given */
export function createProductSearch(products: readonly Product[]): (filter: ProductFilter) => readonly Product[] {
  const entries = products.map((product) => ({
    product,
    category: pathOf(product) + separator,
    text: [product.title, product.brand ?? "", product.id, ...(product.category ?? [])].join(" ").toLocaleLowerCase(),
  }));
  return ({ category, search }) => {
    const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const found = entries.filter(
      (entry) =>
        (category === "" || entry.category.startsWith(category + separator)) &&
        words.every((word) => entry.text.includes(word)),
    );
    return found.map(({ product }) => product);
  };
}

/** @returns the categories right below `parent`, the top ones by default, in the shop's order of their bestsellers */
export function categoriesBelow(products: readonly Product[], parent = ""): readonly CategoryCount[] {
  const level = parent === "" ? 0 : parent.split(separator).length;
  const counts = new Map<string, number>();
  for (const product of products) {
    const path = pathOf(product);
    const name = product.category?.[level];
    if (name === undefined || (parent !== "" && !path.startsWith(parent + separator))) continue;
    const child = parent === "" ? name : parent + separator + name;
    counts.set(child, (counts.get(child) ?? 0) + 1);
  }
  return Array.from(counts, ([path, count]) => ({ path, name: path.split(separator).at(-1) ?? path, products: count }));
}

/** A category and all that it lies in, the top one first. */
export function ancestry(category: readonly string[]): readonly { readonly path: string; readonly name: string }[] {
  return category.map((name, level) => ({ name, path: category.slice(0, level + 1).join(separator) }));
}

const pathOf = ({ category = [] }: Product): string => category.join(separator);
