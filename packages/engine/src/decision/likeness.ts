/**
 * How alike two products are to a shopper, from 0 to 1, by what every catalogue knows of them: their place in the tree
 * of categories counts three quarters, their brand one. Wu and Palmer, "Verb semantics and lexical selection", ACL 1994:
 * likeness in a tree is twice the depth of the closest common ancestor over the sum of both depths.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";

const brandShare = 0.25;

/** Paths by category, for as long as the catalogue lives. */
const knownPaths = new WeakMap<Catalogue["categories"], readonly (readonly string[])[]>();

function pathsOf({ categories }: Catalogue): readonly (readonly string[])[] {
  const paths = knownPaths.get(categories) ?? Array.from(categories.all, (path) => path.split(" / "));
  knownPaths.set(categories, paths);
  return paths;
}

/**
 * Likeness to one product, remembering what it found of each category.
 * @returns 1 for products of one category and brand; products without a category are alike in brand alone
 * @example
 * likenessTo(catalogue, mug)(cup); // 0.75 for two brands on one shelf
 */
export function likenessTo(catalogue: Catalogue, one: number): (other: number) => number {
  const { categoryOf, brandOf } = catalogue;
  const paths = pathsOf(catalogue);
  const category = categoryOf[one];
  const brand = brandOf[one];
  const known = new Map<number, number>();
  function inTree(other: number): number {
    if (category < 0 || other < 0) return 0;
    const found = known.get(other) ?? (1 - brandShare) * treeLikeness(paths[category], paths[other]);
    known.set(other, found);
    return found;
  }
  return (other) => inTree(categoryOf[other]) + (brand >= 0 && brand === brandOf[other] ? brandShare : 0);
}

function treeLikeness(path: readonly string[], other: readonly string[]): number {
  let common = 0;
  while (common < path.length && path[common] === other[common]) common++;
  return (2 * common) / (path.length + other.length);
}
