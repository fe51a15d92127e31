/** Money as integer minor units of the currency's own exponent: 1999 GBP is 19.99, 1999 JPY is 1999. */
import { InvalidInput } from "../errors.ts";

/** An amount in minor units of a currency that stands beside it. Always an integer. */
export type Minor = number;

/** ISO 4217 currencies whose exponent is not 2. */
const exponents: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/**
 * @param currency ISO 4217 code in capitals
 * @param path where the currency stands, for the error
 * @returns how many decimal digits one major unit has
 * @throws InvalidInput when `currency` is not three capital letters
 * @example
 * currencyExponent("JPY"); // 0
 */
export function currencyExponent(currency: string, path = "currency"): number {
  if (!/^[A-Z]{3}$/.test(currency)) throw new InvalidInput(path, currency, 'an ISO 4217 code such as "EUR"');
  return exponents[currency] ?? 2;
}

/**
 * Rounds to the nearest minor unit.
 * @throws InvalidInput when `major` is not a finite number
 * @example
 * toMinor(19.99, "GBP"); // 1999
 */
export function toMinor(major: number, currency: string): Minor {
  if (!Number.isFinite(major)) throw new InvalidInput("major", major, "an amount such as 19.99");
  return Math.round(major * 10 ** currencyExponent(currency));
}

/**
 * The inverse of `toMinor`, for display and for arithmetic that is not money any more.
 * @example
 * toMajor(1999, "GBP"); // 19.99
 */
export function toMajor(minor: Minor, currency: string): number {
  return minor / 10 ** currencyExponent(currency);
}

/**
 * Shows every minor digit: the runtime's own tables drop those of some currencies (IQD, LYD, AFN) in daily use.
 * @param locale BCP 47; the runtime's own when left out
 * @example
 * formatMoney(1999, "GBP", "en-GB"); // "£19.99"
 */
export function formatMoney(minor: Minor, currency: string, locale?: string): string {
  const digits = currencyExponent(currency);
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(toMajor(minor, currency));
}

/**
 * A share of an amount, half a unit upwards. Exact: percentages are counted in ten-thousandths, and the amount is divided
 * first.
 * @param amount minor units, zero or more
 * @param percentage 0 to 100, at most four decimals
 * @example
 * percentageOf(1999, 12.5); // 250: 249.875
 */
export function percentageOf(amount: Minor, percentage: number): Minor {
  const parts = Math.round(percentage * 10_000);
  const rest = amount % 1_000_000;
  return ((amount - rest) / 1_000_000) * parts + Math.floor((rest * parts + 500_000) / 1_000_000);
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
