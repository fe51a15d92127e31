/** Amounts and percentages of a cart: what they have to be, and the share of an amount to the minor unit. */
import { allocate } from "../catalogue/allocation.ts";
import type { Minor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";

/**
 * A share of an amount, half a unit upwards: of two equal remainders `allocate` serves the first.
 * @param percentage 0 to 100
 * @example
 * percentageOf(1999, 12.5); // 250: 249.875
 */
export function percentageOf(amount: Minor, percentage: number): Minor {
  return allocate(amount, [percentage, 100 - percentage])[0];
}

/**
 * @throws InvalidInput unless `amount` is a whole number of minor units, zero or more
 * @example
 * requireMinor(threshold, "threshold");
 */
export function requireMinor(amount: number, path: string): void {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new InvalidInput(path, amount, "a whole number of minor units, zero or more (1999 for 19.99)");
  }
}

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
