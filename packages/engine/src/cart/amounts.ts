/** Percentages, units and currencies of a cart: what they have to be. */
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";

/**
 * @throws InvalidInput unless `percentage` lies between 0 and 100
 * @example
 * requirePercentage(offer.percentage, "offer.percentage");
 */
export function requirePercentage(percentage: number, path: string): void {
  if (!(percentage >= 0 && percentage <= 100)) throw new InvalidInput(path, percentage, "percent from 0 to 100");
}

/**
 * @throws InvalidInput unless `count` is a positive whole number
 * @example
 * requireUnits(line.quantity, "lines[0].quantity");
 */
export function requireUnits(count: number, path: string): void {
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidInput(path, count, "units, a positive integer");
}

/**
 * @throws InvalidInput when an amount in another currency is to be used in a market
 * @example
 * requireCurrency(offer.currency, market, "offer.currency");
 */
export function requireCurrency(currency: string | undefined, market: Pick<Market, "currency">, path: string): void {
  if (currency !== undefined && currency !== market.currency) {
    throw new InvalidInput(path, currency, `the market's currency (${market.currency}); convert the amount first`);
  }
}

/**
 * @param sum of lines up to this one, in minor units
 * @throws InvalidInput when it is too large to be counted to the unit
 * @example
 * requireWhole(subtotal, line.quantity, "lines[0].quantity");
 */
export function requireWhole(sum: number, quantity: number, path: string): void {
  if (!Number.isSafeInteger(sum)) throw new InvalidInput(path, quantity, "so few that the lines add up to the unit");
}
