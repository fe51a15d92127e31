/** Limits of age and country on products: checked when the catalogue is read, asked for every product of a decision. */
import { InvalidInput } from "../errors.ts";
import type { Product, Restrictions } from "./product.ts";

/** What is known of who would buy. */
export interface Buyer {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** In years; undefined where nobody asked. */
  readonly age?: number | undefined;
}

/** Why a product may not be sold to a buyer. */
export type RestrictionObstacle = "age-limit" | "country-limit";

/** Nobody has to be older than this for anything. */
const oldestMinimumAge = 120;

/** @throws InvalidInput naming the field */
export function checkRestrictions(restrictions: Restrictions, path: string): void {
  const { minimumAge } = restrictions;
  if (minimumAge !== undefined && !(Number.isInteger(minimumAge) && minimumAge >= 0 && minimumAge <= oldestMinimumAge))
    throw new InvalidInput(`${path}.minimumAge`, minimumAge, `whole years from 0 to ${oldestMinimumAge}`);
  for (const field of ["countries", "excludedCountries"] as const) {
    for (const [index, country] of (restrictions[field] ?? []).entries())
      checkCountry(`${path}.${field}[${index}]`, country);
  }
}

/** @throws InvalidInput unless `country` is two capital letters */
export function checkCountry(path: string, country: string): void {
  if (!/^[A-Z]{2}$/.test(country)) throw new InvalidInput(path, country, 'an ISO 3166-1 code such as "DE"');
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
