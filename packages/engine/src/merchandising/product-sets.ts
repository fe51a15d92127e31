/**
 * Conditions about products as sets of products, worked out once for a catalogue and a market. Categories and brands are
 * compared once each, then looked up; 100,000 products cost a fraction of a millisecond a comparison.
 */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Identifiers } from "../catalogue/identifiers.ts";
import type { Market } from "../catalogue/product.ts";
import {
  addTo,
  bitmapWhere,
  createBitmap,
  fullBitmap,
  intersectWith,
  isIn,
  membersOf,
  uniteWith,
  type Bitmap,
} from "./bitmap.ts";
import { isNegative, type Leaf, type ProductCondition } from "./condition.ts";
import type { ProductField } from "./field.ts";
import { createLeafTest, type FieldValue, type LeafTest } from "./leaf-test.ts";
import { leafKey } from "./predicate.ts";
import { readProduct } from "./read-product.ts";

/** The products of which a condition holds, by catalogue index. */
export interface ProductSet {
  has(product: number): boolean;
  /** Ascending. */
  members(): Uint32Array;
}

/** Sets of one catalogue, for as long as it lives. */
export interface ProductSets {
  /**
   * @param at now, in milliseconds since 1970, UTC; days back from now are counted from the last full hour
   * @returns the same set for the same question, worked out when it is first asked
   */
  of(condition: ProductCondition, market: Market, at: number): ProductSet;
}

const hour = 3_600_000;

/**
 * @example
 * const sets = createProductSets(catalogue);
 * sets.of({ field: "product.brand", operator: "is", value: "Acme" }, market, at).has(0);
 */
export function createProductSets(catalogue: Catalogue): ProductSets {
  const known = new WeakMap<ProductCondition, Map<string, { hour: number; set: ProductSet }>>();
  const leaves = new Map<string, { hour: number; bitmap: Bitmap }>();

  function bitmapOf(condition: ProductCondition, market: Market, at: number): Bitmap {
    if ("all" in condition) return combine(condition.all, intersectWith, fullBitmap(size));
    if ("any" in condition) return combine(condition.any, uniteWith, createBitmap(size));
    if ("not" in condition) return complement(bitmapOf(condition.not, market, at));
    return leafBitmap(condition, market, at);

    function combine(
      parts: readonly ProductCondition[],
      join: (bitmap: Bitmap, other: Bitmap) => void,
      start: Bitmap,
    ): Bitmap {
      for (const part of parts) join(start, bitmapOf(part, market, at));
      return start;
    }
  }

  const size = catalogue.products.length;

  function complement(bitmap: Bitmap): Bitmap {
    const all = fullBitmap(size);
    for (let word = 0; word < all.length; word++) all[word] &= ~bitmap[word];
    return all;
  }

  function leafBitmap(leaf: Leaf<ProductField>, market: Market, at: number): Bitmap {
    const key = `${isOfMarket(leaf.field) ? market.id : ""} ${leafKey(leaf)}`;
    const validAt = hourOf(leaf, at);
    const made = leaves.get(key);
    if (made && made.hour === validAt) return made.bitmap;
    const bitmap = scan(catalogue, market, leaf, validAt);
    leaves.set(key, { hour: validAt, bitmap });
    return bitmap;
  }

  return {
    of(condition, market, at) {
      const byMarket = known.get(condition) ?? new Map<string, { hour: number; set: ProductSet }>();
      known.set(condition, byMarket);
      const made = byMarket.get(market.id);
      const validAt = hourOf(condition, at);
      if (made && made.hour === validAt) return made.set;
      const bitmap = bitmapOf(condition, market, at);
      const set: ProductSet = { has: (product) => isIn(bitmap, product), members: () => membersOf(bitmap) };
      byMarket.set(market.id, { hour: validAt, set });
      return set;
    },
  };
}

/** Fields whose value depends on where it is sold. */
function isOfMarket(field: ProductField): boolean {
  return field === "product.price" || field === "product.availability";
}

/** The hour for which a condition is worked out: 0 when now makes no difference. */
function hourOf(condition: ProductCondition, at: number): number {
  return dependsOnNow(condition) ? Math.floor(at / hour) * hour : 0;
}

function dependsOnNow(condition: ProductCondition): boolean {
  if ("all" in condition) return condition.all.some(dependsOnNow);
  if ("any" in condition) return condition.any.some(dependsOnNow);
  if ("not" in condition) return dependsOnNow(condition.not);
  return condition.operator === "newerThanDays" || condition.operator === "olderThanDays";
}

function scan(catalogue: Catalogue, market: Market, leaf: Leaf<ProductField>, at: number): Bitmap {
  const test = createLeafTest(leaf);
  const size = catalogue.products.length;
  if (leaf.field === "product.category") return scanNames(catalogue.categoryOf, catalogue.categories, test, at);
  if (leaf.field === "product.brand") return scanNames(catalogue.brandOf, catalogue.brands, test, at);
  if (leaf.field === "product.id") return scanIds(catalogue, leaf, test, at);
  const read = (product: number): FieldValue | undefined => readProduct(catalogue, market, product, leaf.field);
  return bitmapWhere(size, (product) => test(read(product), at));
}

/** @param nameOf index into `names` of each product, -1 for none */
function scanNames(nameOf: Int32Array, names: Identifiers, test: LeafTest, at: number): Bitmap {
  const holds = new Uint8Array(names.size);
  for (let name = 0; name < names.size; name++) if (test(names.idOf(name), at)) holds[name] = 1;
  const holdsOfNone = test(undefined, at);
  return bitmapWhere(nameOf.length, (product) => (nameOf[product] < 0 ? holdsOfNone : holds[nameOf[product]] === 1));
}

function scanIds({ ids, products }: Catalogue, leaf: Leaf<ProductField>, test: LeafTest, at: number): Bitmap {
  const { operator, value } = leaf;
  if ((operator !== "is" && operator !== "in") || isNegative(operator)) {
    return bitmapWhere(products.length, (product) => test(products[product].id, at));
  }
  const bitmap = createBitmap(products.length);
  for (const id of Array.isArray(value) ? value : [value]) {
    const product = typeof id === "string" ? ids.indexOf(id) : undefined;
    if (product !== undefined) addTo(bitmap, product);
  }
  return bitmap;
}
