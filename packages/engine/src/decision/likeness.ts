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
 * What a category and others, by index, add to the likeness of their products: 0.75 for one and the same.
 * @returns 0 where a product has none, which is -1
 */
export function categoryLikeness(catalogue: Catalogue, one: number): (other: number) => number {
  const paths = pathsOf(catalogue);
  const path = paths[one];
  return (other) => {
    if (one < 0 || other < 0) return 0;
    const otherPath = paths[other];
    let common = 0;
    while (common < path.length && path[common] === otherPath[common]) common++;
    return ((1 - brandShare) * 2 * common) / (path.length + otherPath.length);
  };
}

/** What two brands, by index, add to it. */
export function brandLikeness(one: number, other: number): number {
  return one >= 0 && one === other ? brandShare : 0;
}
