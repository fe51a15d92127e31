/** Values as they were read, in words that mean the same everywhere. */
import { currencyExponent } from "@basketlift/engine/catalogue";

/** @example formatMoney(255, "GBP"); // "2.55 GBP" */
export function formatMoney(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  return `${(minor / 10 ** exponent).toFixed(exponent)} ${currency}`;
}
