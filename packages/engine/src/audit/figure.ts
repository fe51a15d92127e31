/** Numbers of the evidence report: each carries its unit and, where it is an estimate, its interval. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { wilsonInterval, type Interval } from "../statistics/index.ts";

/**
 * What a figure counts. `money` is in minor units of `currency`; `share` lies in [0, 1]; `ratio` is one number over
 * another (a lift of 2 means twice as often as chance); `metric` is a dimensionless score such as an AUC.
 */
export type Unit =
  | "orders"
  | "lines"
  | "customers"
  | "visitors"
  | "sessions"
  | "products"
  | "pairs"
  | "pieces"
  | "days"
  | "weeks"
  | "money"
  | "share"
  | "ratio"
  | "metric";

/** A number that can be printed without knowing where it came from. */
export interface Figure {
  readonly value: number;
  readonly unit: Unit;
  /** ISO 4217, where the unit is `money`. */
  readonly currency?: string;
  /** Absent for plain counts of what is on file. */
  readonly interval?: FigureInterval;
}

/** Ends of an interval in the unit of its figure. */
export interface FigureInterval extends Interval {
  /** How often intervals made this way hold the truth, for example 0.95. */
  readonly level: number;
}

/** A product as a reader knows it. */
export interface NamedProduct {
  readonly id: string;
  readonly title: string;
}

export function figure(value: number, unit: Exclude<Unit, "money">, interval?: FigureInterval): Figure {
  return { value, unit, ...(interval && { interval }) };
}

/** Money, rounded to whole minor units with both ends of its interval. */
export function money(value: number, currency: string, interval?: FigureInterval): Figure {
  return {
    value: Math.round(value),
    unit: "money",
    currency,
    ...(interval && {
      interval: { lower: Math.round(interval.lower), upper: Math.round(interval.upper), level: interval.level },
    }),
  };
}

/**
 * A share with Wilson's interval.
 * @param whole the denominator, above 0
 */
export function share(part: number, whole: number, level = 0.95): Figure {
  return figure(part / whole, "share", { ...wilsonInterval(part, whole, level), level });
}

/** @param index catalogue index */
export function named({ products }: Catalogue, index: number): NamedProduct {
  const { id, title } = products[index];
  return { id, title };
}
