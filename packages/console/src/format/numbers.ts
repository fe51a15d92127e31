/** Numbers as this reader writes them. */
import { currencyExponent, formatMoney, toMajor } from "@basketlift/engine/catalogue";
import type { Estimate } from "../api/contract.ts";

const integer = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const wholePercent = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const signedPercent = new Intl.NumberFormat(undefined, {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

export const formatInteger = (value: number): string => integer.format(value);
export const formatCompact = (value: number): string => compact.format(value);
export const formatPercent = (share: number): string => percent.format(share);
export const formatWholePercent = (share: number): string => wholePercent.format(share);
/** For relative changes: always with its sign. */
export const formatChange = (share: number): string => signedPercent.format(share);

export function formatDecimal(value: number, digits = 2): string {
  return value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Small probabilities and error rates. */
export function formatRate(value: number): string {
  if (value > 0 && value < 1e-6) return "< 0.000001";
  return value.toLocaleString(undefined, { maximumSignificantDigits: 2 });
}

/** @param format how each end is written */
export function formatInterval({ lower, upper }: Estimate, format: (value: number) => string = formatChange): string {
  return `${format(lower)} to ${format(upper)}`;
}

/** Amounts to the last minor unit: `£1,234.50`. */
export const formatAmount = (minor: number, currency: string): string => formatMoney(Math.round(minor), currency);

/** Amounts without cents, for figures to be taken in at a glance: `£1,235`. */
export function formatRoundAmount(minor: number, currency: string): string {
  return new Intl.NumberFormat(undefined, { style: "currency", currency, maximumFractionDigits: 0 }).format(
    toMajor(minor, currency),
  );
}

/** Amounts on an axis: `£1.2K`. */
export function formatAxisAmount(minor: number, currency: string): string {
  return new Intl.NumberFormat(undefined, {
    style: "currency",
    currency,
    notation: "compact",
    maximumFractionDigits: Math.min(1, currencyExponent(currency)),
  }).format(toMajor(minor, currency));
}
