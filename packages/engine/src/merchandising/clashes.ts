/** Which actions get in one another's way when they apply to the same answer. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Action, Pin } from "./action.ts";
import type { ProductSet, ProductSets } from "./product-sets.ts";

/** What actions are judged against. */
export interface Ground {
  readonly catalogue: Catalogue;
  readonly sets: ProductSets;
  readonly at: number;
}

/** @returns whether `taken`, which was heeded before, denies an action its wish; two that want the same agree */
export function isLost(action: Action, taken: Action): boolean {
  if (action.type === "replace-strategy") return taken.type === action.type && taken.strategy !== action.strategy;
  const isSamePlace = action.type === "pin" && taken.type === "pin" && taken.position === action.position;
  return isSamePlace && taken.product !== action.product;
}

/** @returns whether two actions want the same place for the same product, or the same strategy */
export function isSameWish(one: Action, other: Action): boolean {
  if (one.type === "replace-strategy") return other.type === one.type && other.strategy === one.strategy;
  const arePins = one.type === "pin" && other.type === "pin";
  return arePins && other.position === one.position && other.product === one.product;
}

/** @returns how the two undo one another in every market, in words; undefined when they do not */
export function clashOf(one: Action, other: Action, ground: Ground): string | undefined {
  return clashOneWay(one, other, ground) ?? clashOneWay(other, one, ground);
}

function clashOneWay(one: Action, other: Action, ground: Ground): string | undefined {
  if (one.type === "pin") return isRefused(one, other, ground) ? `${one.product} is pinned and left out` : undefined;
  const isOpposed = one.type === "boost" && other.type === "bury";
  if (isOpposed && inEveryMarket(ground, (setOf) => isSame(setOf(one), setOf(other), ground.catalogue))) {
    return "the same products are boosted and buried";
  }
  const bothOnly = one.type === "filter" && other.type === "filter" && one.show === "only" && other.show === "only";
  if (bothOnly && inEveryMarket(ground, (setOf) => isDisjoint(setOf(one), setOf(other)))) {
    return "each shows only products that the other leaves out, so that nothing can be shown";
  }
  const isOnlyNever = one.type === "filter" && other.type === "filter" && one.show === "only" && other.show === "never";
  if (isOnlyNever && inEveryMarket(ground, (setOf) => isWithin(setOf(one), setOf(other)))) {
    return "the only products to be shown are left out, so that nothing can be shown";
  }
  return undefined;
}

type ActionOfProducts = Extract<Action, { products: unknown }>;
type SetOf = (action: ActionOfProducts) => ProductSet;

function inEveryMarket({ catalogue, sets, at }: Ground, holds: (setOf: SetOf) => boolean): boolean {
  return catalogue.markets.every((market) => holds(({ products }) => sets.of(products, market, at)));
}

function isRefused({ product }: Pin, other: Action, ground: Ground): boolean {
  const index = ground.catalogue.ids.indexOf(product);
  if (index === undefined) return false;
  if (other.type === "filter") {
    return inEveryMarket(ground, (setOf) => setOf(other).has(index) === (other.show === "never"));
  }
  if (other.type !== "cap" || other.most > 0) return false;
  const { products } = other;
  return (
    !products || ground.catalogue.markets.every((market) => ground.sets.of(products, market, ground.at).has(index))
  );
}

function isSame(one: ProductSet, other: ProductSet, { products }: Catalogue): boolean {
  if (one.size === 0 || one.size !== other.size) return false;
  return products.every((_, index) => one.has(index) === other.has(index));
}

function isDisjoint(one: ProductSet, other: ProductSet): boolean {
  return one.size > 0 && other.size > 0 && one.members().every((index) => !other.has(index));
}

function isWithin(inner: ProductSet, outer: ProductSet): boolean {
  return inner.size > 0 && inner.members().every((index) => outer.has(index));
}
