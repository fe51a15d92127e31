/** Limits of age and country on products, asked for every product of a decision over a shop that has any. */
import type { Catalogue } from "./catalogue.ts";
import type { Product } from "./product.ts";

/** What is known of who would buy. */
export interface Buyer {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** In years; undefined where nobody asked. */
  readonly age?: number | undefined;
}

/** Why a product may not be sold to a buyer. */
export type RestrictionObstacle = "age-limit" | "country-limit";

/** By catalogue, which never changes. */
const known = new WeakMap<Catalogue, boolean>();

/**
 * @returns whether the catalogue holds a product that is not for everybody
 * @example
 * if (hasRestrictions(catalogue)) askForAge();
 */
export function hasRestrictions(catalogue: Catalogue): boolean {
  const found = known.get(catalogue) ?? catalogue.products.some(({ restrictions }) => restrictions !== undefined);
  known.set(catalogue, found);
  return found;
}

/**
 * @param sellsToUnknownAge whether a buyer of unknown age counts as old enough, where the shop checks it later
 * @returns undefined when the product may be sold to this buyer
 * @example
 * restrictionOf(wine, { country: "DE" }); // "age-limit"
 */
export function restrictionOf(
  { restrictions = {} }: Product,
  { country, age }: Buyer,
  sellsToUnknownAge = false,
): RestrictionObstacle | undefined {
  const { minimumAge = 0, countries, excludedCountries } = restrictions;
  if ((countries && !countries.includes(country)) || excludedCountries?.includes(country)) return "country-limit";
  if (minimumAge === 0) return undefined;
  const isOldEnough = age === undefined ? sellsToUnknownAge : age >= minimumAge;
  return isOldEnough ? undefined : "age-limit";
}
