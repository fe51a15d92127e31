/** Needs as the merchant declares them: which products need which others, by id, category or attribute. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";

/** Products that fit all that is said; at least one thing is. */
export interface ProductSelector {
  readonly productIds?: readonly string[];
  /** From the root down; products in categories below it fit as well. */
  readonly category?: readonly string[];
  /** Each attribute has this value, or it is among its values. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What some products need to work. */
export interface DeclaredNeed {
  readonly id: string;
  readonly of: ProductSelector;
  readonly needs: ProductSelector;
  /** Attributes in which the two must have a value in common, for example `["mount"]`. */
  readonly sharing?: readonly string[];
  /** Units that each unit needs, for example 4 batteries. One unit for all when left out. */
  readonly perUnit?: number;
  /** For the shopper; made from the titles when left out. */
  readonly reason?: string;
}

/**
 * @throws InvalidInput naming the need and field: an empty id or selector, an unknown product, units that are no positive
 * integer
 * @example
 * checkNeeds([{ id: "film", of: { category: ["Cameras"] }, needs: { category: ["Films"] }, sharing: ["format"] }], catalogue);
 */
export function checkNeeds(needs: readonly DeclaredNeed[], { ids }: Pick<Catalogue, "ids">, path = "needs"): void {
  for (const [index, need] of needs.entries()) {
    const at = `${path}[${index}]`;
    if (!need.id) throw new InvalidInput(`${at}.id`, need.id, "a non-empty id");
    checkSelector(need.of, ids, `${at}.of`);
    checkSelector(need.needs, ids, `${at}.needs`);
    if (need.perUnit !== undefined && !(Number.isSafeInteger(need.perUnit) && need.perUnit > 0)) {
      throw new InvalidInput(`${at}.perUnit`, need.perUnit, "units, a positive integer, or absent");
    }
  }
}

/**
 * @example
 * fits({ category: ["Cameras"] }, product);
 */
export function fits({ productIds, category, attributes = {} }: ProductSelector, product: Product): boolean {
  if (productIds && !productIds.includes(product.id)) return false;
  if (category && !category.every((name, level) => product.category?.[level] === name)) return false;
  return Object.entries(attributes).every(([name, value]) => valuesOf(product, name).includes(value));
}

/**
 * Whether `other` is something that `product` needs.
 * @example
 * answersNeed(need, camera, lens);
 */
export function answersNeed({ needs, sharing = [] }: DeclaredNeed, product: Product, other: Product): boolean {
  if (product.id === other.id || !fits(needs, other)) return false;
  return sharing.every((name) => {
    const own = valuesOf(product, name);
    return valuesOf(other, name).some((value) => own.includes(value));
  });
}

function valuesOf({ attributes = {} }: Product, name: string): readonly string[] {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : [];
  return typeof value === "string" ? [value] : value;
}

function checkSelector(
  { productIds, category, attributes }: ProductSelector,
  ids: Catalogue["ids"],
  path: string,
): void {
  if (!productIds?.length && !category?.length && Object.keys(attributes ?? {}).length === 0) {
    throw new InvalidInput(path, "{}", "a selector by productIds, category or attributes");
  }
  for (const [index, id] of (productIds ?? []).entries()) {
    if (ids.indexOf(id) === undefined) {
      throw new InvalidInput(`${path}.productIds[${index}]`, id, "the id of a product of the catalogue");
    }
  }
}
