/** Figures in words: one way to print a count, a share, an amount or a metric, with its interval. */
import { toMajor } from "@basketlift/engine/catalogue";
import type { Figure } from "@basketlift/engine/audit";

/** Prints figures in one locale. */
export interface Words {
  /** The value alone, with its unit's sign where it has one. */
  value(figure: Figure): string;
  /** The value and, where there is one, its interval: `2.4 (2.2 to 2.6)`. */
  estimate(figure: Figure): string;
  date(time: string): string;
  /** @example number(239183); // "239,183" */
  number(value: number): string;
  /** @example count(1, "day"); // "1 day" */
  count(value: number, noun: string): string;
}

/** @param locale BCP 47, of the shop's home market */
export function createWords(locale: string): Words {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
  const metric = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  });
  const share = new Intl.NumberFormat(locale, { style: "percent", maximumSignificantDigits: 3 });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });

  function print(value: number, { unit, currency = "XXX" }: Figure): string {
    switch (unit) {
      case "money":
        return amount(value, currency, locale);
      case "share":
        return value > 0 && value < 1e-6 ? value.toExponential(0) : share.format(value);
      case "metric":
        return metric.format(value);
      case "ratio":
        return short.format(value);
      case "weeks":
        return whole.format(Math.ceil(value));
      default:
        return Math.abs(value) < 100 ? short.format(value) : whole.format(value);
    }
  }
  return {
    value: (figure) => print(figure.value, figure),
    estimate(figure) {
      const { interval } = figure;
      const value = print(figure.value, figure);
      return interval ? `${value} (${print(interval.lower, figure)} to ${print(interval.upper, figure)})` : value;
    },
    date: (time) => dates.format(new Date(time)),
    number: (value) => whole.format(value),
    count: (value, noun) => `${whole.format(value)} ${noun}${value === 1 ? "" : "s"}`,
  };
}

/** Whole units from a thousand on: cents are noise there. */
function amount(minor: number, currency: string, locale: string): string {
  const major = toMajor(minor, currency);
  const options = Math.abs(major) >= 1000 ? { maximumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(locale, { style: "currency", currency, ...options }).format(major);
}
