/** Figures within sentences: amounts, shares, chances and intervals as a merchant reads them. */
import { currencyExponent, formatMoney } from "../catalogue/money.ts";
import { InvalidOption } from "../errors.ts";
import type { Effect } from "./effects.ts";

/** What a metric is counted in. Money is in minor units of its currency. */
export type Unit = { readonly kind: "money"; readonly currency: string } | { readonly kind: "share" | "number" };

export interface Wording {
  /** How large a figure is. */
  readonly amount: (value: number) => string;
  /** The same with its sign. */
  readonly signed: (value: number) => string;
  readonly percent: (share: number) => string;
  readonly chance: (probability: number) => string;
  readonly whole: (count: number) => string;
  /** "95% interval +€0.24 to +€0.60". */
  readonly interval: (effect: Pick<Effect, "lower" | "upper" | "level">) => string;
}

/**
 * @param unit of the metric
 * @param locale BCP 47, for the way figures are written; the words around them are English
 * @throws InvalidInput when the currency is no ISO 4217 code; InvalidOption when the locale is none
 * @example
 * wordingOf({ kind: "money", currency: "EUR" }).signed(42); // "+€0.42"
 */
export function wordingOf(unit: Unit, locale = "en"): Wording {
  requireLocale(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  if (unit.kind === "money") currencyExponent(unit.currency, "unit.currency");
  const amount = (value: number): string => {
    if (unit.kind === "money") return formatMoney(roundedMoney(value), unit.currency, locale);
    if (unit.kind === "share") return `${number.format(100 * value)} percentage points`;
    return number.format(value);
  };
  const signed = (value: number): string => `${value < 0 ? "-" : "+"}${amount(Math.abs(value))}`;
  return {
    amount,
    signed,
    percent: (share) => percent.format(share),
    chance: (probability) => chanceInWords(probability, percent),
    whole: (count) => whole.format(count),
    interval: ({ lower, upper, level }) => `${percent.format(level)} interval ${signed(lower)} to ${signed(upper)}`,
  };
}

function requireLocale(locale: string): void {
  try {
    Intl.getCanonicalLocales(locale);
  } catch {
    throw new InvalidOption("locale", locale, 'a language tag of BCP 47, such as "en" or "de-AT"');
  }
}

/** -0 would be written with its sign. */
function roundedMoney(value: number): number {
  return Math.round(value) || 0;
}

/** Never certain: a model said so, not the world. */
function chanceInWords(probability: number, percent: Intl.NumberFormat): string {
  if (probability > 0.999) return `over ${percent.format(0.999)}`;
  if (probability < 0.001) return `under ${percent.format(0.001)}`;
  return percent.format(Math.round(probability * 1000) / 1000);
}
