/** Checks limits of age and country, of products and of requests alike. */
import { InvalidInput } from "../errors.ts";
import type { Restrictions } from "./product.ts";

/** @throws InvalidInput naming the field */
export function checkRestrictions({ minimumAge = 0, ...lists }: Restrictions, path: string): void {
  checkYears(`${path}.minimumAge`, minimumAge);
  for (const [field, countries] of Object.entries(lists)) checkCountries(`${path}.${field}`, countries);
}

/** @throws InvalidInput unless `years` is a whole number, zero or more */
export function checkYears(path: string, years: number): void {
  if (!Number.isInteger(years) || years < 0) throw new InvalidInput(path, years, "whole years");
}

/** @throws InvalidInput unless all are two capital letters */
export function checkCountries(path: string, countries: readonly string[]): void {
  for (const country of countries)
    if (!/^[A-Z]{2}$/.test(country)) throw new InvalidInput(path, country, 'an ISO 3166-1 code such as "DE"');
}
