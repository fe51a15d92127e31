/**
 * How alike two products are to a shopper, from 0 to 1, by what every catalogue knows of them: their place in the tree
 * of categories counts three quarters, their brand one. Wu and Palmer, "Verb semantics and lexical selection", ACL 1994:
 * likeness in a tree is twice the depth of the closest common ancestor over the sum of both depths.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";

const brandShare = 0.25;

/**
 * @returns 1 for products of one category and brand; products without a category are alike in brand alone
 * @example
 * likeness(catalogue, mug, cup); // 0.75 for two brands on one shelf
 */
export function likeness({ products, categoryOf, brandOf }: Catalogue, one: number, other: number): number {
  const sameBrand = brandOf[one] >= 0 && brandOf[one] === brandOf[other] ? brandShare : 0;
  if (categoryOf[one] < 0 || categoryOf[other] < 0) return sameBrand;
  if (categoryOf[one] === categoryOf[other]) return 1 - brandShare + sameBrand;
  const path = products[one].category ?? [];
  const otherPath = products[other].category ?? [];
  let common = 0;
  while (common < path.length && path[common] === otherPath[common]) common++;
  return ((1 - brandShare) * 2 * common) / (path.length + otherPath.length) + sameBrand;
}
