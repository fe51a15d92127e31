/**
 * What is known of a cart while it is open, as numbers a regression can use: logarithms, because carts differ by factors,
 * and squares of the two that need not act one way. Standardised by the carts that the regression is fitted on.
 */
import type { Minor } from "../catalogue/money.ts";
import { InvalidInput } from "../errors.ts";
import { momentsOf } from "../statistics/index.ts";

/** A cart at one moment. */
export interface CartSnapshot {
  /** What is in it, in minor units. */
  readonly value: Minor;
  /** Different products or variants. */
  readonly lines: number;
  readonly units: number;
  /** Since the first thing was put in. */
  readonly minutes: number;
  /** Visits of this shopper so far, this one included. */
  readonly sessions: number;
  /** Whether the shopper has signed in or bought before. */
  readonly isKnown: boolean;
}

/** Snapshots of carts in columns of one length, isKnown as 0 or 1. */
export type SnapshotColumns = { readonly [Field in keyof CartSnapshot]: ArrayLike<number> };

/** What was added or subtracted to standardise features, kept with a model. JSON-able. */
export interface FeatureScale {
  readonly means: readonly number[];
  /** 1 / standard deviation; 0 for what never changes. */
  readonly inverses: readonly number[];
}

/** Features of carts, row after row. */
export interface FeatureRows {
  readonly width: number;
  readonly values: Float64Array;
}

const fields = ["value", "lines", "units", "minutes", "sessions", "isKnown"] as const;

/** How many features a cart has. */
export const featureCount = 8;

/**
 * @returns the scale on which the given rows have mean 0 and variance 1
 * @example
 * const scale = scaleOf(featureRows(carts));
 */
export function scaleOf({ width, values }: FeatureRows): FeatureScale {
  const columns = Array.from({ length: width }, (_, column) =>
    momentsOf(Float64Array.from({ length: values.length / width }, (_, row) => values[row * width + column])),
  );
  return {
    means: columns.map(({ mean }) => mean),
    inverses: columns.map(({ variance }) => (variance > 1e-12 ? 1 / Math.sqrt(variance) : 0)),
  };
}

/**
 * @returns the same rows on the given scale
 * @example
 * const rows = scaled(featureRows(carts), scale);
 */
export function scaled({ width, values }: FeatureRows, { means, inverses }: FeatureScale): FeatureRows {
  return { width, values: values.map((value, cell) => (value - means[cell % width]) * inverses[cell % width]) };
}

/**
 * @returns features of each cart, unscaled
 * @throws InvalidInput naming the column and row: columns of another length, amounts or counts that cannot be
 * @example
 * featureRows(carts).values.length; // carts x featureCount
 */
export function featureRows(carts: SnapshotColumns, path = "carts"): FeatureRows {
  const rows = carts.value.length;
  for (const field of fields) requireLength(carts[field], rows, `${path}.${field}`);
  const values = new Float64Array(rows * featureCount);
  for (let row = 0; row < rows; row++) {
    const snapshot = {
      value: carts.value[row],
      lines: carts.lines[row],
      units: carts.units[row],
      minutes: carts.minutes[row],
      sessions: carts.sessions[row],
      isKnown: carts.isKnown[row] === 1,
    };
    values.set(
      featuresOf(snapshot, (field) => `${path}.${field}[${row}]`),
      row * featureCount,
    );
  }
  return { width: featureCount, values };
}

/**
 * @param pathOf where a field stands, for errors
 * @throws InvalidInput when an amount or count cannot be
 * @example
 * featuresOf({ value: 4000, lines: 2, units: 3, minutes: 12, sessions: 1, isKnown: false });
 */
export function featuresOf(
  { value, lines, units, minutes, sessions, isKnown }: CartSnapshot,
  pathOf: (field: string) => string = (field) => `cart.${field}`,
): number[] {
  requireAtLeast(value, 1, pathOf("value"), "an amount above zero, in minor units");
  requireAtLeast(lines, 1, pathOf("lines"), "a count of at least 1");
  requireAtLeast(units, 1, pathOf("units"), "a count of at least 1");
  requireAtLeast(minutes, 0, pathOf("minutes"), "minutes, zero or more");
  requireAtLeast(sessions, 1, pathOf("sessions"), "a count of at least 1");
  const logValue = Math.log(value);
  const logMinutes = Math.log1p(minutes);
  return [
    logValue,
    // Squares around typical amounts and times, so that they do not repeat what the plain logarithms say.
    (logValue - 8) ** 2,
    Math.log(lines),
    Math.log(units),
    logMinutes,
    (logMinutes - 3) ** 2,
    Math.log(sessions),
    isKnown ? 1 : 0,
  ];
}

/**
 * @throws InvalidInput unless a column has this many rows
 * @example
 * requireLength(carts.completed, rows, "carts.completed");
 */
export function requireLength(column: ArrayLike<number>, rows: number, path: string): void {
  if (column.length !== rows) throw new InvalidInput(path, `${column.length} rows`, `one for each of ${rows} carts`);
}

function requireAtLeast(value: number, least: number, path: string, expected: string): void {
  if (!(value >= least && value < Infinity)) throw new InvalidInput(path, value, expected);
}
